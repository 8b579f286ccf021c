#!/bin/bash
# hansa: refused line=3 says=into the script
#SBATCH --wrap="./run"
#SBATCH --time=10
