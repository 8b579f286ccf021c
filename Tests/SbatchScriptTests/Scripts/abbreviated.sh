#!/bin/bash
# hansa: accepted cores=4 name=short walltime=600 memory=8192
#SBATCH --job=short --cpus-per-t=4
#SBATCH -t 10 --partit=debug
./run
