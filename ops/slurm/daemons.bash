# The daemons of one site: munged, slurmdbd, slurmctld and one slurmd a node. Sourced by `clusters`.

# Open MPI names its segments in /dev/shm after the host, so nodes of one name overwrite each other's: each node gets a name and a
# /dev/shm of its own, and an /etc/hosts that says 127.0.0.1, because slurmd listens on what its host's name resolves to.
# An ordinary user does the same inside a user namespace.
own_namespaces() { if [ "$(id -u)" -ne 0 ]; then echo "--map-current-user --keep-caps"; fi; }
probe_namespaces() {
  node_address=127.0.0.1
  if unshare $(own_namespaces) --uts --mount --propagation slave sh -c 'hostname probe && mount -t tmpfs shm /dev/shm' 2>/dev/null; then
    namespaces=yes; return
  fi
  namespaces=no
  node_address=$(getent ahostsv4 "$(uname -n | cut -d. -f1)" | awk 'NR == 1 {print $1}')
  case $node_address in
  127.*) say "Namespaces are denied here: all nodes bear this host's name, and ranks speak over TCP only." ;;
  *) die "namespaces are denied here, and this host's name resolves to '$node_address', so slurmd would listen beyond 127.0.0.1" ;;
  esac
}

start_munged() { # a daemon and a key for each site: one site's credentials are worth nothing at another
  [ -s "$etc/munge/key" ] || (umask 077; head -c 1024 /dev/urandom >"$etc/munge/key.new"; mv "$etc/munge/key.new" "$etc/munge/key")
  if ! alive "$site.munged"; then
    rm -f "$run"/munge "$run"/munge.lock
    # --force: the folder of the socket may be closed to other users, which is what is wanted.
    spawn "$site.munged" "$log/munged.out" env "HANSA_CLUSTER=$home/$site" munged --foreground --force --key-file="$etc/munge/key" \
      --socket="$run/munge" --pid-file="$run/munged.pid" --log-file="$log/munged.log" --seed-file="$etc/munge/seed" --num-threads=2
  fi
  until_serving "$site.munged" 10 munge --socket "$run/munge" --no-input || { tail -3 "$log/munged.out" >&2; die "munged of $site did not start"; }
}
start_slurmctld() {
  alive "$site.slurmctld" || spawn "$site.slurmctld" "$log/slurmctld.out" env "HANSA_CLUSTER=$home/$site" slurmctld -D
  until_serving "$site.slurmctld" 30 sh -c 'timeout 5 scontrol ping | grep -q UP' || {
    tail -5 "$log/slurmctld.out" >&2; die "slurmctld of $site does not answer; its log is $log/slurmctld.log"; }
}
start_node() { # start_node NODE
  if alive "$site.$1"; then return; fi
  local slurmd=(env "HANSA_CLUSTER_NODE=$home/$site/$1" slurmd -D -N "$1")
  if [ "$namespaces" = yes ]; then
    { echo "127.0.0.1 localhost $1"; cat /etc/hosts; } >"$run/hosts.$1"
    spawn "$site.$1" "$log/$1.out" unshare $(own_namespaces) --uts --mount --propagation slave sh -c \
      'hostname "$1" && mount --bind "$2" /etc/hosts && mount -t tmpfs -o mode=1777 shm /dev/shm && shift 2 && exec "$@"' \
      node "$1" "$run/hosts.$1" "${slurmd[@]}"
  else
    spawn "$site.$1" "$log/$1.out" "${slurmd[@]}"
  fi
}
# A node that an administrator drained is up as well.
nodes_are_up() {
  local states; states=$(timeout 10 sinfo -h -N -o '%N %T' | sort -u) || return 1
  [ "$(grep -c . <<<"$states")" -eq "$nodes" ] && ! grep -qE '\*|down|inval|unk|future|reboot' <<<"$states"
}

daemons() { # all names of a site's daemons, in the order of their start
  echo munged; if has_accounting "$site"; then echo slurmdbd; fi; echo slurmctld; node_names
}
any_alive() { local file; for file in "$data/pids/$1."*; do [ -e "$file" ] && alive "${file##*/}" && return 0; done; return 1; }

start_site() {
  start_munged
  if has_accounting "$site"; then start_slurmdbd; book_site; fi
  start_slurmctld
  local node
  for node in $(node_names); do start_node "$node"; done
  until_true 60 nodes_are_up || { sinfo -N >&2; die "not all nodes of $site came up; their logs are in $log"; }
}
# Jobs that run end in the site's record as with nodes that fail, now and not when somebody looks again; those that wait, wait on.
# (A node comes back by itself when its slurmd does: ReturnToService=2. So the slurmd have to be gone first.)
fail_nodes() {
  if alive "$site.slurmctld"; then
    timeout 5 scontrol update "NodeName=$site-n[1-$nodes]" State=DOWN Reason="ops/slurm/clusters down" >/dev/null 2>&1
  fi
}
# What a job has left: what a node's slurmd started carries its mark, and a job's processes the site's configuration.
job_processes() {
  grep -lsFz -e "HANSA_CLUSTER_NODE=$home/$site/" /proc/[0-9]*/environ | cut -d/ -f3
  grep -lsFzx -e "SLURM_CONF=$etc/slurm.conf" /proc/[0-9]*/environ | xargs -r grep -lsz -e '^SLURM_JOB_ID=' | cut -d/ -f3
}
# Such as the helper processes of a slurmctld that was killed.
daemon_processes() { grep -lsFzx -e "HANSA_CLUSTER=$home/$site" /proc/[0-9]*/environ | cut -d/ -f3; }
kill_all() { # kill_all WHICH: until none is left, since one may have started another meanwhile
  local pids round
  for ((round = 0; round < 100; round++)); do
    pids=$("$1"); [ -n "$pids" ] || return 0
    kill -KILL $pids 2>/dev/null; sleep 0.05
  done
}
stop_site() {
  local node daemon
  for node in $(node_names); do halt "$site.$node" 5 & done; wait
  fail_nodes
  kill_all job_processes
  for daemon in slurmctld slurmdbd munged; do halt "$site.$daemon" 20; done
  kill_all daemon_processes
}
