#!/bin/bash
# hansa: refused line=3 also=5 says=--mem=16G
#SBATCH --mem=lots
#SBATCH --time=10
#SBATCH --dependency=afterok:1
./run
