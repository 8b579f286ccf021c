#!/bin/bash
# hansa: accepted cores=2 walltime=1200 memory=4096
#SBATCH --time=10 -c 8
#SBATCH --time=20
#SBATCH -c2
./run
