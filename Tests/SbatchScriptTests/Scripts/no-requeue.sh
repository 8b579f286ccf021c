#!/bin/bash
# hansa: refused line=3 says=node fails
#SBATCH --no-requeue
#SBATCH --time=10
./append_to_database
