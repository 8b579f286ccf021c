#!/bin/bash
# hansa: refused line=3 says=before the start
#SBATCH --signal=B:USR1@600
#SBATCH --time=5
./a
