#!/bin/bash
# hansa: refused line=3 says=one site only
#SBATCH -C "bigmem&ssd"
#SBATCH --time=10
./big
