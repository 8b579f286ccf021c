#!/bin/bash
# hansa: accepted env=MODEL=base,MODE=fast_{x} walltime=600
#SBATCH --export=NONE,MODEL=base,MODE=fast_{x}
#SBATCH --time=10
./run $MODEL $MODE
