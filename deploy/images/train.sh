#!/bin/bash
# train.sh ARCHIVE OUT.aot: starts the image as a pod would, has training/runtime.sh send it real requests, and keeps what
# the JVM learnt as its AOT cache. The image runs as its own user in a network and a process tree of its own.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

die() {
  echo "train.sh: $*" >&2
  exit 1
}

# inside ROOT OUT ENVIRONMENT AND COMMAND...: in the new namespaces, which end with this function
inside() {
  local root=$1 out=$2 java environment=()
  shift 2
  while [[ $1 == *=* ]]; do
    environment+=("$1")
    shift
  done
  shift # java: the option that makes the cache comes before the others
  ip link set lo up
  mount -t proc proc "$root/proc"
  mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
  "$HERE/training/runtime.sh" prepare "$root/tmp"
  mapfile -t -O ${#environment[@]} environment < <("$HERE/training/runtime.sh" environment)
  env -i "${environment[@]}" unshare --root="$root" --wd=/deployments --setgid=65532 --setuid=65532 \
    java -XX:AOTCacheOutput=/tmp/app.aot "$@" >"$out.log" 2>&1 &
  java=$!
  "$HERE/training/runtime.sh" drive "$java" || die "the training failed: $(tail -n 20 "$out.log")"
  kill -TERM "$java"
  wait "$java" || [ $? = 143 ] || die "the program did not end well: $(tail -n 20 "$out.log")"
  cp "$root/tmp/app.aot" "$out" || die "the JVM left no cache: $(tail -n 20 "$out.log")"
}

case ${1:?train.sh ARCHIVE OUT.aot} in
  --inside)
    shift
    inside "$@"
    ;;
  *)
    [ "$(id -u)" = 0 ] || die "needs root, to start the image in a root folder of its own"
    root=$(mktemp -d)
    trap 'rm -rf --one-file-system "$root"' EXIT
    python3 "$HERE/unpack.py" "$1" "$root" >"$2.command"
    mapfile -t command <"$2.command"
    unshare --mount --net --pid --fork --kill-child "$0" --inside "$root" "$2" "${command[@]}"
    ;;
esac
