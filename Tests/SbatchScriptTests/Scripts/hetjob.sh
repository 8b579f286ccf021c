#!/bin/bash
# hansa: refused line=4 says=each part
#SBATCH --ntasks=1 --mem=4G --time=10
#SBATCH hetjob
#SBATCH --ntasks=8 --mem=16G
srun --het-group=0,1 ./coupled
