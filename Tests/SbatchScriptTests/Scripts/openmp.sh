#!/bin/bash
# hansa: accepted cores=64 ranks=1 memory=131072 walltime=14400
#SBATCH --ntasks=1 --cpus-per-task=64
#SBATCH --hint=nomultithread
#SBATCH --mem=128G
#SBATCH --time=04:00:00
export OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK
export OMP_PLACES=cores
./solver
