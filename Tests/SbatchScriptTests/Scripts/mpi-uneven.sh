#!/bin/bash
# hansa: refused line=4 says=--ntasks-per-node=3
#SBATCH --nodes=4
#SBATCH --ntasks=10
#SBATCH --time=60
srun ./wave
