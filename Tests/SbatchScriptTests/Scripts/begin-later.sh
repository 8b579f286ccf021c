#!/bin/bash
# hansa: refused line=3 says=cron
#SBATCH --begin=now+1hour
#SBATCH --time=10
./run
