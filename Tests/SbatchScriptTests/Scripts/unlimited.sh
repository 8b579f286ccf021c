#!/bin/bash
# hansa: refused line=3 says=budget
#SBATCH --time=UNLIMITED
./serve
