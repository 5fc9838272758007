#!/bin/bash
# The program of an unpacked image on this machine, in the foreground: image.sh [--memory MIB] COMMAND ROOT MODEL ARGUMENTS...
#   --memory   the most that it may take, as a pod's limit: it is killed beyond that
#   COMMAND    a file with its environment and entry point, as deploy/images/unpack.py prints them
#   ROOT       the unpacked image
#   MODEL      a model's folder; the program finds it as /models/NAME and gets "serve /models/NAME ARGUMENTS..."
# It runs as the image's user, with the files that a container runtime mounts, in the network and process tree of the caller.
set -euo pipefail

inside() {
  local root=$2 model=/models/${3##*/} words settings=() folder
  mapfile -t words <"$1"
  while [[ ${words[0]} == *=* ]]; do
    settings+=("${words[0]}")
    words=("${words[@]:1}")
  done
  for folder in proc sys dev tmp "$model"; do mkdir -p "$root/$folder"; done
  mount --rbind /proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mount --rbind /dev "$root/dev"
  [ -z "${GROUP:-}" ] || mount --bind "$GROUP" "$root${GROUP%/*}" # a container sees its own cgroup as the first
  mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
  touch "$root/etc/hosts"
  mount --bind /etc/hosts "$root/etc/hosts"
  mount --bind "$3" "$root$model"
  exec env -i "${settings[@]}" /usr/bin/unshare --root="$root" --wd=/deployments --setgid=65532 --setuid=65532 \
    "${words[@]}" serve "$model" "${@:4}"
}

# confine MIB: into a cgroup of its own, GROUP, which the next call removes
confine() {
  local parent=/sys/fs/cgroup limit=memory.max
  [ ! -d "$parent/memory" ] || parent=$parent/memory limit=memory.limit_in_bytes # version 1
  rmdir "$parent"/modelservice-bench-* 2>/dev/null || true
  export GROUP=$parent/modelservice-bench-$$
  mkdir "$GROUP"
  echo "$(($1 << 20))" >"$GROUP/$limit"
  echo $$ >"$GROUP/cgroup.procs"
}

case $1 in
  --inside) inside "${@:2}" ;;
  *)
    [ "$(id -u)" = 0 ] || {
      echo "image.sh: needs root, to start the image in a root folder of its own" >&2
      exit 1
    }
    if [ "$1" = --memory ]; then
      confine "$2"
      shift 2
    fi
    exec unshare --mount --propagation private "$0" --inside "$@"
    ;;
esac
