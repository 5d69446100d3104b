# Processes that a script starts and ends together. Each has a session of its own, so that
# Ctrl-C reaches the script alone, which ends them in order. Should the script be killed
# outright, the kernel sends them TERM (setpriv --pdeathsig).

declare -A NAME_OF=()   # process id -> name
declare -A SIGNAL_OF=() # process id -> the signal that ends it, where that is not TERM
GRACE_SECONDS=15

# start NAME COMMAND…: log and process id under $TDKT_VAR.
start() {
  local name=$1 log=$TDKT_VAR/log/$1.log
  shift
  [ ! -s "$log" ] || mv -f "$log" "$log.1"
  setsid setpriv --pdeathsig TERM -- "$@" </dev/null >"$log" 2>&1 9>&- &
  NAME_OF[$!]=$name
  echo $! >"$TDKT_VAR/run/$name.pid"
}

# Waits until one process has ended; its id in ENDED, its exit code as the result.
wait_for_any() {
  ENDED=
  { wait -n -p ENDED "${!NAME_OF[@]}"; } 2>/dev/null # bash would add its own "Killed"
}

is_running() { kill -0 "$1" 2>/dev/null; }

any_running() {
  local pid
  # "return" alone would give the status from before the trap that this may run in.
  for pid in "${!NAME_OF[@]}"; do is_running "$pid" && return 0; done
  return 1
}

end_all() {
  local pid deadline=$((SECONDS + GRACE_SECONDS))
  for pid in "${!NAME_OF[@]}"; do kill -"${SIGNAL_OF[$pid]:-TERM}" "$pid" 2>/dev/null; done
  while any_running && [ $SECONDS -lt $deadline ]; do sleep 0.1; done
  for pid in "${!NAME_OF[@]}"; do
    kill -KILL -- "-$pid" 2>/dev/null # what is left of its session
    forget "$pid"
  done
}

forget() {
  rm -f "$TDKT_VAR/run/${NAME_OF[$1]}.pid"
  unset "NAME_OF[$1]"
}
