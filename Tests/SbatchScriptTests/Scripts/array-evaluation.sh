#!/bin/bash
# hansa: accepted name=score-languages members=36 cores=4 memory=16384 walltime=1800
#SBATCH --job-name=score-languages
#SBATCH --array=0-35
#SBATCH --cpus-per-task=4
#SBATCH --mem=16G
#SBATCH --time=30
languages=(bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv nb is sq sr mk bs tr uk ca eu gl ka)
python score.py --language "${languages[$SLURM_ARRAY_TASK_ID]}"
