#!/bin/bash
# hansa: accepted nodes=1 exclusive=true memory=1024 walltime=7200
#SBATCH --mem=0
#SBATCH --time=2:00:00
./fill_memory
