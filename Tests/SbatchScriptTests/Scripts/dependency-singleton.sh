#!/bin/bash
# hansa: refused line=3 says=this name
#SBATCH --dependency=singleton
#SBATCH --time=10
./nightly
