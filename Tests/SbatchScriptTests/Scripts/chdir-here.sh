#!/bin/bash
# hansa: refused line=3 says=where you stand
#SBATCH -D ./results
#SBATCH --time=10
./run
