#!/bin/sh
# hansa: accepted members=8 name=sweep walltime=7200
#SBATCH -a1,3,10-20:2%4 -J sweep
#SBATCH -t 2:0:0
./sweep --seed $SLURM_ARRAY_TASK_ID
