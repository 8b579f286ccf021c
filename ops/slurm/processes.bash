# Processes that the clusters own, by pid files. Sourced by `clusters`, which sets `data` (see there).
# A pid file holds pid and start time: a recycled pid is nobody's. Every daemon stays in the foreground of a session of its own,
# so that the pid is known before it does anything, and a daemon that cannot start says why in its .out file.

say() { printf '%s\n' "$*"; }
die() { printf 'clusters: %s\n' "$*" >&2; exit 1; }

started() { # the start time of a living process; a zombie is gone, even where its parent takes seconds to notice
  local stat; { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- ${stat##*) }
  [ "$1" != Z ] && [ "$1" != X ] && echo "${20}"
}
alive() { # alive NAME
  local pid time; { read -r pid time <"$data/pids/$1"; } 2>/dev/null || return 1
  [ -n "$time" ] && [ "$(started "$pid")" = "$time" ]
}
pid_of() { alive "$1" && cut -d' ' -f1 "$data/pids/$1"; }
spawn() { # spawn NAME OUTPUT COMMAND…
  local name=$1 output=$2 pid; shift 2
  setsid "$@" </dev/null >"$output" 2>&1 8>&- 9>&- &
  pid=$!
  echo "$pid $(started "$pid")" >"$data/pids/$name"
}
halt() { # halt NAME [SECONDS]: asks, waits, insists
  local pid end=$((SECONDS + ${2:-10}))
  if pid=$(pid_of "$1"); then
    # One that was stopped by a signal could not hear the other.
    kill -TERM "$pid" 2>/dev/null; kill -CONT "$pid" 2>/dev/null
    while alive "$1" && [ $SECONDS -le $end ]; do sleep 0.02; done
    if alive "$1"; then kill -KILL "$pid" 2>/dev/null; fi
    while alive "$1"; do sleep 0.02; done
  fi
  rm -f "$data/pids/$1"
}
until_true() { # until_true SECONDS COMMAND…
  local end=$((SECONDS + $1)); shift
  until "$@" >/dev/null 2>&1; do [ $SECONDS -le "$end" ] || return 1; sleep 0.03; done
}
# Whether a daemon that was just spawned serves, or else is dead: then there is nothing to wait for.
until_serving() { # until_serving NAME SECONDS COMMAND…
  local name=$1 end=$((SECONDS + $2)); shift 2
  until "$@" >/dev/null 2>&1; do
    alive "$name" && [ $SECONDS -le "$end" ] || return 1
    sleep 0.03
  done
}
