#!/bin/bash
# hansa: refused line=4 says=iconv
#SBATCH --time=10
echo café
