#!/bin/bash
# hansa: refused line=3 says=dependsOn
#SBATCH --array=1-10%1
#SBATCH --time=24:00:00
./continue_from_last_checkpoint.sh
