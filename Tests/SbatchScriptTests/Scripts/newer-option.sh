#!/bin/bash
# hansa: accepted options=--segment=4 nodes=4
#SBATCH --nodes=4 --segment=4
#SBATCH --time=10
srun ./run
