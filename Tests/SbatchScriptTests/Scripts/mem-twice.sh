#!/bin/bash
# hansa: refused line=4 says=one of
#SBATCH --mem=8G
#SBATCH --mem-per-cpu=2G
#SBATCH --time=10
true
