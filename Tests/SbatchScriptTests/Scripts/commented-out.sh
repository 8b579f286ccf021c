#!/bin/bash
# hansa: accepted cores=1 walltime=600 memory=2048
##SBATCH --exclusive
# SBATCH --mem=100G
 #SBATCH --cpus-per-task=128
#SBATCH --time=10
./run
#SBATCH --nodes=100
