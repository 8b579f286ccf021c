#!/bin/bash
# hansa: accepted walltime=600 name=writes
#SBATCH -J writes -t 10
cat > inner.sh <<'END'
#!/bin/bash
#SBATCH --nodes=64
srun ./inner {1..3}
END
bash inner.sh
