#!/bin/bash
# hansa: accepted name=gpt-small nodes=2 ranks=4 cores=32 memory=245760 devices=4 walltime=43200 stack=cuda
#SBATCH --job-name=gpt-small
#SBATCH --account=EUHPC_D00_000
#SBATCH --partition=boost_usr_prod
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=4
#SBATCH --cpus-per-task=8
#SBATCH --gres=gpu:a100:4
#SBATCH --mem=240G
#SBATCH --time=12:00:00
#SBATCH --output=logs/%x-%j.out
#SBATCH --error=logs/%x-%j.err
set -euo pipefail
module load cuda
export MASTER_ADDR=$(hostname)
srun python train.py --config small.yaml
