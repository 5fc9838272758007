# shellcheck shell=bash
# All that the cluster starts, and all that those start, is in one cgroup: that is the record of what `down` may end.

if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  HIERARCHIES=(/sys/fs/cgroup) GROUP=/sys/fs/cgroup/mscluster
else
  HIERARCHIES=(/sys/fs/cgroup/*/) GROUP=/sys/fs/cgroup/pids/mscluster
fi

# group PATH: a cgroup in every hierarchy, able to hold others
group() {
  local hierarchy file controller
  for hierarchy in "${HIERARCHIES[@]}"; do
    mkdir -p "$hierarchy/$1"
    if [ -f "$hierarchy/cgroup.controllers" ] && [ "$hierarchy" = /sys/fs/cgroup ]; then
      # shellcheck disable=SC2013 # words
      for controller in $(cat "$hierarchy/cgroup.controllers"); do
        echo "+$controller" >"$hierarchy/$(dirname "$1")/cgroup.subtree_control"
      done
    elif [ -f "$hierarchy/$1/cpuset.cpus" ]; then
      for file in cpuset.cpus cpuset.mems; do cat "$hierarchy/$(dirname "$1")/$file" >"$hierarchy/$1/$file"; done
    fi
  done
}

# start NAME COMMAND...: in the background; its output is .run/log/NAME.log, its id .run/log/NAME.pid
start() {
  local name=$1
  shift
  # shellcheck disable=SC2016 # the inner shell expands them
  setsid sh -c 'echo $$ >"$0" && exec "$@"' "$GROUP/host/cgroup.procs" "$@" >"$RUN/log/$name.log" 2>&1 </dev/null &
  echo $! >"$RUN/log/$name.pid"
}

# node N COMMAND...: inside node N
node() {
  local n=$1
  shift
  nsenter --target "$(cat "$RUN/log/node$n.pid")" --mount --net -- "$@"
}

# start_in_node N NAME COMMAND...
start_in_node() {
  local n=$1 name=$2
  shift 2
  start "$name$n" nsenter --target "$(cat "$RUN/log/node$n.pid")" --mount --net -- "$@"
}

end_processes() {
  local pids
  for _ in $(seq 100); do
    pids=$(find "$GROUP" -name cgroup.procs -exec cat {} + 2>/dev/null) || true
    [ -n "$pids" ] || return 0
    # shellcheck disable=SC2086 # one word a process
    kill -KILL $pids 2>/dev/null || true
    sleep 0.1
  done
  die "these processes do not end: $pids"
}

remove_groups() {
  local hierarchy
  for hierarchy in "${HIERARCHIES[@]}"; do
    [ ! -d "$hierarchy/mscluster" ] || find "$hierarchy/mscluster" -depth -type d -exec rmdir {} +
  done
}
