#!/bin/bash
# hansa: accepted nodes=1 ranks=4 devices=4 stack=cuda walltime=3600
#SBATCH -n4 --gpus-per-task=1
#SBATCH --gpu-bind=closest
#SBATCH -t 1:00:00
srun ./infer
