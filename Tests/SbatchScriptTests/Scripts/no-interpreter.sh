# hansa: refused line=1 says=#!/bin/bash
#SBATCH --time=10
./run
