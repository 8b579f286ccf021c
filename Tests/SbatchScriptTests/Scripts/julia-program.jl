#!/usr/bin/env -S julia --threads=8
# hansa: accepted cores=8 memory=32768 walltime=1200
#SBATCH -c8 --mem=32768 -t 20:00
println(Threads.nthreads())
