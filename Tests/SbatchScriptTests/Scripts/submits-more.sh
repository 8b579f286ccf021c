#!/bin/bash
# hansa: accepted mind=sbatch walltime=60
#SBATCH --time=1
./step && sbatch next.sh
