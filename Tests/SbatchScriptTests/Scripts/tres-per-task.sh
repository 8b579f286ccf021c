#!/bin/bash
# hansa: accepted ranks=2 cores=16 devices=2 deviceType=a100 stack=cuda
#SBATCH --ntasks=2 --tres-per-task=cpu:8,gres/gpu:a100:1
#SBATCH --time=45
srun ./finetune
