#!/bin/tcsh
# hansa: accepted name=old-style walltime=129600
#SBATCH --job-name="old style"
#SBATCH --time=1-12
#SBATCH --open-mode=append
setenv OMP_NUM_THREADS 1
./a.out < input.dat
