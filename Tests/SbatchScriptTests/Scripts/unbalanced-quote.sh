#!/bin/bash
# hansa: refused line=3 says=close it
#SBATCH --comment="half
#SBATCH --time=10
./run
