#!/bin/bash
# hansa: accepted walltime=600
#SBATCH --mail-type=END,FAIL --mail-user=someone@example.org
#SBATCH --comment="nightly run"
#SBATCH --time=10
./run
