#!/bin/bash
# hansa: accepted folder=/scratch/project/run walltime=600
#SBATCH --chdir=/scratch/project/run
#SBATCH --time=10
./run
