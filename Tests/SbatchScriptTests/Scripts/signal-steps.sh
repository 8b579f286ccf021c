#!/bin/bash
# hansa: accepted signal=15 before=90 children=true walltime=14400
#SBATCH --signal=SIGTERM@90
#SBATCH --time=4:00:00
srun python lightning.py
