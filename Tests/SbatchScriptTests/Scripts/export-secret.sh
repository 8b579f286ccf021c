#!/bin/bash
# hansa: refused line=3 says=HF_TOKEN
#SBATCH --export=ALL,HF_TOKEN
#SBATCH --time=10
huggingface-cli download model
