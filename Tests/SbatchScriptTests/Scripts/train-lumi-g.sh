#!/bin/bash -e
# hansa: accepted name=ablation nodes=4 ranks=8 cores=56 memory=491520 devices=8 walltime=86400 stack=rocm exclusive=true
#SBATCH -J ablation -A project_465000001
#SBATCH -p standard-g -N 4 --ntasks-per-node=8 -c 7
#SBATCH --gpus-per-node=mi250:8   # eight GCDs
#SBATCH --mem 480G --exclusive
#SBATCH -t 1-00:00:00
export NCCL_SOCKET_IFNAME=hsn
srun ./select_gpu python -u train.py
