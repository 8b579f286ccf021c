#!/usr/bin/perl -w
# hansa: accepted walltime=600 memory=1024
#SBATCH --mem=1048576K --time=0:10:0
while (<>) { print if length > 20; }
