#!/bin/bash
# hansa: refused line=3 says=ends before
#SBATCH --array=10-1
#SBATCH --time=10
echo $SLURM_ARRAY_TASK_ID
