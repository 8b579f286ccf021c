#!/bin/bash
# hansa: refused line=3 says=--mem=16G
#SBATCH --mem=1.5G
#SBATCH --time=10
true
