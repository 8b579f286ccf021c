#!/usr/bin/env bash
# work.sh [lines=FOLDER] KIND …: a drill's workload. Every process that runs keeps a file of its own in the folder (or in
# $DRILL_LINES), attempt,rank,host,pid,starttime.lines, which nobody else writes; the judge believes these files rather than
# agent or coordinator. A line is
#   word epoch.micro host pid starttime task attempt rank [more]
# with start KIND | beat [STEP] (every 0.5 s) | signal NAME | continue STEP | end CODE, and field 22 of /proc/PID/stat for
# starttime. A line is one append: killed at any place, a file misses its last lines and never has half a one before others.
#
#   run SECONDS          runs that long and ends with 0; ranks of an MPI task each do
#   fail SECONDS CODE    ends with that code
#   deaf SECONDS         ignores SIGTERM, SIGINT, SIGHUP and SIGUSR1
#   chain BEATS          beats so often over all its links: saves at SIGUSR1 and ends with 85; the next link goes on from there
#   fork SECONDS N       leaves N children behind that beat for a minute and ignore SIGTERM
set -u
# The clock of these lines is the machine's, whatever was put before the agent that started this.
if [[ ${LD_PRELOAD-} == *faketime* ]]; then
  unset LD_PRELOAD FAKETIME FAKETIME_TIMESTAMP_FILE FAKETIME_NO_CACHE
  exec "$BASH" "$0" "$@"
fi
export LC_ALL=C
folder=${DRILL_LINES-}
if [[ ${1-} == lines=* ]]; then folder=${1#lines=}; shift; fi
kind=${1-}
bad() { echo "work.sh: $1" >&2; exit 64; }
whole() { [[ ${1-} =~ ^[0-9]+$ ]] || bad "$kind wants whole numbers, not '${1-}'"; }
[[ $folder == /* ]] || bad "no folder for the lines"
[[ ${HANSA_TASK-} && ${HANSA_ATTEMPT-} ]] || bad "HANSA_TASK and HANSA_ATTEMPT are not set"
case $kind in
run | deaf | chain) whole "${2-}" ;;
fail | fork) whole "${2-}"; whole "${3-}" ;;
*) bad "there is no kind '$kind'" ;;
esac
umask 022
host=${SLURMD_NODENAME:-$HOSTNAME}
rank=${OMPI_COMM_WORLD_RANK:-${PMIX_RANK:-0}}

# Who writes: after a fork the child is another process, with a file of its own.
identify() {
  pid=$BASHPID
  local stat; read -r stat <"/proc/$pid/stat" || stat=
  local -a fields; read -ra fields <<<"${stat##*) }"
  born=${fields[19]:-0}
  file=$folder/$HANSA_ATTEMPT,$rank,$host,$pid,$born.lines
}
line() { # line WORD [MORE]
  printf '%s %s %s %s %s %s %s %s%s\n' "$1" "$EPOCHREALTIME" "$host" "$pid" "$born" "$HANSA_TASK" "$HANSA_ATTEMPT" "$rank" \
    "${2:+ $2}" >>"$file"
}
# A pause that a signal ends and that starts no process.
exec {idle}<> <(:)
pause() { read -r -t 0.5 -u "$idle" _ || :; }
end() { line end "$1"; exit "$1"; }
beats() { # beats SECONDS
  local until=$((${EPOCHREALTIME/./} + $1 * 1000000))
  while [ "${EPOCHREALTIME/./}" -lt "$until" ]; do pause; line beat; done
}
dies() { line signal "$1"; trap - "$1"; kill -s "$1" "$BASHPID"; }
deafen() { local name; for name in TERM INT HUP USR1; do trap "line signal $name" "$name"; done; }

identify
case $kind in
deaf) deafen ;;
chain) over=; trap 'line signal USR1; over=1' USR1; trap 'dies TERM' TERM ;;
*) trap 'dies TERM' TERM; trap 'line signal USR1' USR1 ;;
esac
line start "$kind"

save() { # save STEP: appears whole or not at all
  local part=$HANSA_CHECKPOINTS/.step-$1.partial
  mkdir -p "$part" && printf '{"step": %d}\n' "$1" >"$part/state.json" && mv -T "$part" "$HANSA_CHECKPOINTS/step-$1"
}
chain() { # chain BEATS
  local step=0 text
  if [[ ${HANSA_RESUME-} && -r $HANSA_RESUME/state.json ]]; then
    read -r text <"$HANSA_RESUME/state.json"; text=${text//[^0-9]/}; step=${text:-0}
  fi
  while [ "$step" -lt "$1" ]; do
    pause; step=$((step + 1)); line beat "$step"
    if [ -n "$over" ]; then save "$step"; line continue "$step"; exit 85; fi
  done
  end 0
}
case $kind in
run | deaf) beats "$2"; end 0 ;;
fail) beats "$2"; end "$3" ;;
chain) chain "$2" ;;
fork)
  for ((child = 1; child <= $3; child++)); do
    (rank=$rank.child$child; identify; deafen; line start child; beats 60; end 0) </dev/null >/dev/null 2>&1 &
  done
  beats "$2"; end 0 ;;
esac
