#!/bin/bash
# hansa: accepted nodes=8 ranks=128 cores=128 exclusive=true walltime=21600 memory=1024
#SBATCH --nodes=8
#SBATCH --ntasks=1024
#SBATCH --exclusive
#SBATCH --time=6:00:00
#SBATCH --distribution=block:block --contiguous
mpirun -n $SLURM_NTASKS ./wave
