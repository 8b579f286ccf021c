#!/bin/bash
# hansa: refused line=3 says=dependsOn
#SBATCH --dependency=afterok:123456:123457
#SBATCH --time=10
./collect
