#!/bin/bash
# hansa: refused line=1 says=--time
#SBATCH --ntasks=1
#SBATCH --mem=4G
./preprocess corpus.txt
