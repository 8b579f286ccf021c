#!/bin/bash
# hansa: refused line=3 says=one site only
#SBATCH --exclude=nid00[1-4]
#SBATCH --time=10
./run
