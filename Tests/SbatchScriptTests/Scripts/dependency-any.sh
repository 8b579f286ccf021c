#!/bin/bash
# hansa: refused line=4 says=has ended
#SBATCH --time=10
#SBATCH -d afterany:99?afternotok:100_4
./collect
