#!/bin/bash
# hansa: refused line=1 says=byte order mark
#SBATCH --time=10
./run
