#!/bin/bash
# train.sh PROGRAM ARCHIVE OUT.aot: starts the image as a pod would, lets training/train.py send it real requests, and keeps what
# the JVM learnt as its AOT cache. The image runs as its own user in a network and a process tree of its own.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# inside PROGRAM ROOT OUT WORDS...: in the new namespaces, which end with this function
inside() {
  local root=$2 out=$3
  ip link set lo up
  mkdir -p "$root/dev"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev" # without it the JVM makes its random numbers in another way than in a pod
  mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
  PYTHONDONTWRITEBYTECODE=1 python3 "$HERE/training/train.py" "$@" || {
    tail -n 20 "$out.log" >&2
    echo "train.sh: the training failed, see above and $out.log" >&2
    exit 1
  }
}

case ${1:?train.sh PROGRAM ARCHIVE OUT.aot} in
  --inside)
    shift
    inside "$@"
    ;;
  *)
    [ "$(id -u)" = 0 ] || {
      echo "train.sh: needs root, to start the image in a root folder of its own" >&2
      exit 1
    }
    root=$(mktemp -d)
    trap 'rm -rf --one-file-system "$root"' EXIT
    python3 "$HERE/unpack.py" "$2" "$root" >"$3.command"
    mapfile -t command <"$3.command"
    rm "$3.command"
    unshare --mount --net --pid --fork --kill-child "$0" --inside "$1" "$root" "$3" "${command[@]}"
    ;;
esac
