#!/bin/sh
# hansa: accepted name=minimal.sh nodes=1 ranks=1 cores=1 memory=2048 walltime=300
#SBATCH -t5
hostname
