#!/bin/bash
# hansa: accepted signal=10 before=300 children=false walltime=86400
#SBATCH --signal=B:USR1@300
#SBATCH --requeue
#SBATCH --time=24:00:00
trap 'touch stop; wait' USR1
python train.py &
wait
