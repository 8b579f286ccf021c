#!/bin/bash
# hansa: refused line=4 says=--gpus-per-node=3
#SBATCH --nodes=3
#SBATCH --gpus=8
#SBATCH --time=1:00:00
srun ./infer
