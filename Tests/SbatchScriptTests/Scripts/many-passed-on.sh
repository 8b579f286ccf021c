#!/bin/bash
# hansa: accepted options=--switches=1@60,--tmp=20G,--cpu-freq=high,--threads-per-core=1,--use-min-nodes walltime=600
#SBATCH --switches=1@60 --tmp=20G
#SBATCH --cpu-freq=high --threads-per-core=1 --use-min-nodes
#SBATCH --time=10
./run
