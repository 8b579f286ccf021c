#!/bin/bash
# hansa: accepted nodes=2 devices=4 deviceType=h100 cores=80 stack=cuda memory=524288
#SBATCH --nodes=2
#SBATCH --gpus=h100:8
#SBATCH --cpus-per-gpu=20
#SBATCH --mem-per-gpu=128G
#SBATCH --time=8:00:00
torchrun --nnodes=2 --nproc-per-node=4 pretrain.py
