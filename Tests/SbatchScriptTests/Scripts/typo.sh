#!/bin/bash
# hansa: refused line=3 says=did you mean --cpus-per-task
#SBATCH --cpus-per-taks=4
#SBATCH --time=10
./run
