#!/bin/bash
# hansa: refused line=1 says=walltime
echo "sbatch takes this, with the partition's own walltime"
