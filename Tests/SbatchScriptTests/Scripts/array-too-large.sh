#!/bin/bash
# hansa: refused line=3 says=1000000
#SBATCH --array=0-3999999
#SBATCH --time=1
true
