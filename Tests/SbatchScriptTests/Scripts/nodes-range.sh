#!/bin/bash
# hansa: accepted nodes=2 ranks=1 walltime=3600
#SBATCH -N 2-4
#SBATCH -t 60
srun ./elastic
