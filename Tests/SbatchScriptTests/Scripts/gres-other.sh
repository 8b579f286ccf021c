#!/bin/bash
# hansa: refused line=3 says=--sites
#SBATCH --gres=nvme:200
#SBATCH --time=1:00:00
cp data /scratch/local
