# The sites' data files (sites/<site>.conf) and what is written from them: slurm.conf, gres.conf, slurmdbd.conf, the folder of
# commands. Sourced by `clusters`. A data file has one fact a line, `word values…`, and is never run:
#   accounting slurmdbd|none
#   account NAME                        charged by everybody whom this clone's user runs jobs for
#   node COUNT Slurm's words…           node shapes; cores and memory are tokens, not this machine's
#   qos NAME sacctmgr's words…
#   partition NAME NODES Slurm's words… NODES: numbers of nodes, as 1-3
#   userqos NAME,…                      the QoS that the account may ask for; the first one is the default
#   option KEY=VALUE                    any line of slurm.conf
#   deny COMMAND [WORDS]                what users of that site may not call

facts() { # facts SITE WORD: the rest of each such line
  local word rest
  while read -r word rest; do if [ "$word" = "$2" ]; then printf '%s\n' "$rest"; fi; done <"$sites/$1.conf"
}
has_accounting() { [ "$(facts "$1" accounting)" = slurmdbd ]; }
node_count() { local sum=0 count rest; while read -r count rest; do sum=$((sum + count)); done < <(facts "$1" node); echo "$sum"; }

# Sets the variables that stand for a site: its names, folders and ports.
enter() { # enter SITE
  site=$1
  [ -r "$sites/$site.conf" ] || die "there is no site '$site'; known: $(cd "$sites" && echo *.conf | sed 's/\.conf//g')"
  etc=$data/$site/etc state=$data/$site/state log=$data/$site/log bin=$data/$site/bin
  run=$home/$site/run spool=$home/$site/spool tmp=$home/$site/tmp
  nodes=$(node_count "$site")
  port=$(awk -v site="$site" '$1 == site {print $2}' "$data/ports" 2>/dev/null)
  export SLURM_CONF=$etc/slurm.conf
}
open_folders() { # as root, other users' jobs come by here; an ordinary user's home is closed to all others anyway
  mkdir -p "$etc/munge" "$state" "$log" "$bin" "$run" "$spool" "$tmp"
  chmod 0755 "$data/$site" "$home/$site" "$etc" "$log" "$bin" "$run" "$spool"
  chmod 0700 "$etc/munge" "$state"
  chmod 1777 "$tmp"
  local node
  for node in $(node_names); do
    mkdir -p "$spool/$node" "$tmp/$node"; chmod 0755 "$spool/$node"; chmod 1777 "$tmp/$node"
  done
}
node_names() { local i; for ((i = 1; i <= nodes; i++)); do echo "$site-n$i"; done; }

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
block_is_free() { local i; for ((i = $1; i < $1 + block; i++)); do port_is_free "$i" || return 1; done; }
# A block of ports below those that the kernel gives away, from the hash of the folder, so that two clones rarely ask for the
# same; kept from then on, unless somebody else has taken one while this site was down.
block=16
choose_ports() {
  if [ -n "$port" ] && { any_alive "$site" || block_is_free "$port"; }; then return; fi
  local try=$((10000 + block * (0x$(printf '%s %s' "$folder" "$site" | sha256sum | cut -c1-6) % 1300))) round
  for ((round = 0; round < 1300; round++)); do
    if ! grep -q " $try\$" "$data/ports" 2>/dev/null && block_is_free "$try"; then
      { grep -v "^$site " "$data/ports" 2>/dev/null || true; echo "$site $try"; } >"$data/ports.new"
      mv "$data/ports.new" "$data/ports"; port=$try; return
    fi
    try=$((try + block)); [ $try -lt 30800 ] || try=10000
  done
  die "no $block free ports in a row below 30800 on 127.0.0.1"
}

# A later line wins, and Slurm warns on every command where a key comes twice: so it replaces the earlier one.
put_option() { sed -i "/^${1%%=*}=/d" "$etc/slurm.conf.new"; printf '%s\n' "$1" >>"$etc/slurm.conf.new"; }

write_slurm_conf() {
  local me; me=$(id -un)
  cat >"$etc/slurm.conf.new" <<CONF
# Written by ops/slurm/clusters at every start, from ops/slurm/sites/$site.conf and the settings of this folder.
ClusterName=$site
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$me
SlurmdUser=$me
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
AuthType=auth/munge
AuthInfo=socket=$run/munge,cred_expire=10
CredType=cred/munge
StateSaveLocation=$state
SlurmdSpoolDir=$spool/%n
TmpFS=$tmp/%n
SlurmctldPidFile=$run/slurmctld.pid
SlurmdPidFile=$run/slurmd-%n.pid
SlurmctldLogFile=$log/slurmctld.log
SlurmdLogFile=$log/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
TaskProlog=$etc/task-prolog
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2
PriorityType=priority/multifactor
PriorityWeightQOS=1000
PriorityFlags=MAX_TRES
PriorityDecayHalfLife=0
PriorityUsageResetPeriod=NONE
SlurmdParameters=config_overrides
GresTypes=gpu
MpiDefault=none
DefMemPerCPU=1000
JobRequeue=0
ReturnToService=2
EnforcePartLimits=ALL
InactiveLimit=0
MinJobAge=300
SlurmctldTimeout=30
SlurmdTimeout=60
MessageTimeout=10
TCPTimeout=2
KillWait=10
PropagateResourceLimitsExcept=MEMLOCK
CONF
  if has_accounting "$site"; then
    cat >>"$etc/slurm.conf.new" <<CONF
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort=$((port + 1))
AccountingStoragePass=$run/munge
AccountingStorageEnforce=associations,limits,qos,safe
AccountingStoreFlags=job_comment
AccountingStorageTRES=gres/gpu
JobCompType=jobcomp/none
CONF
  else
    cat >>"$etc/slurm.conf.new" <<CONF
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$log/jobcomp.txt
CONF
  fi
  local line
  while read -r line; do put_option "$line"; done < <(facts "$site" option)
  while read -r line; do put_option "$line"; done < <(grep -E '^[A-Z]' "$data/settings" 2>/dev/null)
  write_nodes_and_partitions
  mv "$etc/slurm.conf.new" "$etc/slurm.conf"
}

write_nodes_and_partitions() {
  local first=1 count rest last name range
  while read -r count rest; do
    last=$((first + count - 1))
    printf 'NodeName=%s-n[%d-%d] NodeHostname=%s NodeAddr=%s Port=[%d-%d] TmpDisk=0 State=UNKNOWN %s\n' "$site" "$first" "$last" \
      "$(uname -n | cut -d. -f1)" "$node_address" $((port + 1 + first)) $((port + 1 + last)) "$rest" >>"$etc/slurm.conf.new"
    first=$((last + 1))
  done < <(facts "$site" node)
  while read -r name range rest; do
    # Without accounting there is no QoS.
    has_accounting "$site" || rest=$(sed -E 's/(^| )(QOS|AllowQos)=[^ ]*//g' <<<"$rest")
    printf 'PartitionName=%s Nodes=%s-n[%s] State=UP DefaultTime=01:00:00 %s\n' "$name" "$site" "$range" "$rest" >>"$etc/slurm.conf.new"
  done < <(facts "$site" partition)
}

# A GPU is a name for /dev/null (Slurm wants a device): there is none on this machine, they are tokens as the cores are.
write_gres_conf() {
  : >"$etc/gres.conf.new"
  local first=1 count rest last type devices i
  while read -r count rest; do
    last=$((first + count - 1))
    if [[ $rest =~ Gres=gpu:([^: ]+):([0-9]+) ]]; then
      type=${BASH_REMATCH[1]} devices=${BASH_REMATCH[2]}
      for ((i = 0; i < devices; i++)); do ln -sfn /dev/null "$etc/gpu$i"; done
      printf 'NodeName=%s-n[%d-%d] Name=gpu Type=%s File=%s/gpu[0-%d]\n' "$site" "$first" "$last" "$type" "$etc" $((devices - 1)) \
        >>"$etc/gres.conf.new"
    fi
    first=$((last + 1))
  done < <(facts "$site" node)
  mv "$etc/gres.conf.new" "$etc/gres.conf"
}

# What a site sets for every job: the addresses that Open MPI may use here, and that ranks which wait give way, because there are
# fewer cores than Slurm counts. Ranks on one node speak through /dev/shm only and open no port. Where nodes share /dev/shm (no
# namespaces), those of several nodes do not use it: see daemons.bash.
write_task_prolog() {
  {
    echo '#!/bin/sh'
    echo "echo export SLURM_CONF=$etc/slurm.conf"
    echo 'echo export OMPI_MCA_mpi_yield_when_idle=1'
    echo 'echo export OMPI_MCA_oob_tcp_if_include=lo'
    echo 'echo export OMPI_MCA_btl_tcp_if_include=lo'
    echo '[ "${SLURM_JOB_NUM_NODES:-2}" -gt 1 ] || echo export OMPI_MCA_btl=self,vader'
    [ "$namespaces" = yes ] || echo '[ "${SLURM_JOB_NUM_NODES:-2}" -eq 1 ] || echo export OMPI_MCA_btl=self,tcp'
    [ "$(id -u)" -ne 0 ] || printf 'echo export %s=1\n' OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM
  } >"$etc/task-prolog.new"
  chmod 0755 "$etc/task-prolog.new"; mv "$etc/task-prolog.new" "$etc/task-prolog"
}

# The commands as users of that site have them. Slurm's own PrivateData never binds the user who runs the daemons, which is whom
# jobs here mostly run as; so what it denies to others is denied here too, in its words.
write_commands() {
  local command words call
  for command in sbatch squeue sacct scancel scontrol sinfo srun salloc sattach sacctmgr sreport sshare sstat sprio sdiag; do
    ln -sfn "$(command -v "$command")" "$bin/$command"
  done
  while read -r command words; do
    rm -f "$bin/$command"
    call='slurm_load_node'; [ "$command" != scontrol ] || call='slurm_load_node error'
    {
      echo '#!/bin/sh'
      echo "# What users of $site may not ask; written from ops/slurm/sites/$site.conf."
      [ -z "$words" ] || echo "case \"\$*\" in *\"$words\"*) ;; *) exec $(command -v "$command") \"\$@\" ;; esac"
      echo "echo '$call: Access/permission denied' >&2"
      echo 'exit 1'
    } >"$bin/$command"
    chmod 0755 "$bin/$command"
  done < <(facts "$site" deny)
}

write_slurmdbd_conf() {
  (umask 077; cat >"$etc/slurmdbd.conf.new") <<CONF
# Written by ops/slurm/clusters at every start.
AuthType=auth/munge
AuthInfo=socket=$run/munge
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort=$((port + 1))
CommunicationParameters=NoInAddrAny
SlurmUser=$(id -un)
PidFile=$run/slurmdbd.pid
LogFile=$log/slurmdbd.log
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=slurm_${site//-/_}
StoragePass=$(cat "$etc/munge/storage")
StorageLoc=slurm_${site//-/_}
CONF
  # The accounting keeps to itself what the controller does; of nodes it knows nothing that it could keep.
  local private; private=$(facts "$site" option | sed -n 's/^PrivateData=//p' | tr , '\n' | grep -vx 'nodes\|partitions' | paste -sd ,)
  [ -z "$private" ] || echo "PrivateData=$private" >>"$etc/slurmdbd.conf.new"
  mv "$etc/slurmdbd.conf.new" "$etc/slurmdbd.conf"
}

configure() {
  choose_ports; open_folders
  [ -s "$etc/munge/storage" ] || (umask 077; head -c 18 /dev/urandom | base64 | tr '+/' '-_' >"$etc/munge/storage")
  write_slurm_conf; write_gres_conf; write_task_prolog; write_commands
  if has_accounting "$site"; then write_slurmdbd_conf; fi
}
