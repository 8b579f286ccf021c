#!/bin/bash
# hansa: refused line=1 says=sed
#SBATCH --time=10
./run
