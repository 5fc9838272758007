#!/bin/bash
# Builds the images of the operator and the runtime: target/images/{operator,runtime}.tar, or pushed to PUSH=registry/prefix.
# What did not change is not built again: the applications since their sources, the base image and the trained caches since
# their inputs (kept in the cache folder).
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../tools.sh
. "$HERE/../tools.sh"
ARCHIVES=$ROOT/target/images
KEPT=${CACHE:?}/images

# base_image: prints its path
base_image() {
  local base
  base=$KEPT/base-$("$HERE/mkbase.sh" --inputs | sha256sum | cut -c1-16).tar
  if [ ! -f "$base" ]; then
    "$HERE/mkbase.sh" "$base.part"
    mv "$base.part" "$base"
  fi
  echo "$base"
}

# image PROGRAM NAME [KEY=VALUE...]: prints the digest
image() {
  local program=$1 name=$2
  shift 2
  "$JAVA_HOME/bin/java" -jar "$HERE/target/images.jar" program="$program" base="$base" name="$name" \
    app="$ROOT/$program/target/quarkus-app" cache="$HERE/target/jib" "$@"
}

# training: what the trained caches depend on, beside the image
training() {
  cat "$HERE"/{train.sh,unpack.py} "$HERE"/training/* "$ROOT"/runtime/src/test/models/colours/*
}

# trained_cache PROGRAM: prints the path of its AOT cache, trained in the very image that it is for
trained_cache() {
  local program=$1 untrained=$HERE/target/$1-untrained.tar digest cache
  digest=$(image "$program" "localhost/modelservice/$program:untrained" archive="$untrained")
  cache=$KEPT/$program-$({ echo "$digest" && training; } | sha256sum | cut -c1-16).aot
  if [ ! -f "$cache" ]; then
    echo "images: training the AOT cache of the $program" >&2
    "$HERE/train.sh" "$program" "$untrained" "$cache.part"
    mv "$cache.part" "$cache"
    rm "$cache.part.log"
  fi
  rm "$untrained"
  touch "$cache"
  find "$KEPT" -name '*.aot*' -mtime +2 -delete
  echo "$cache"
}

# deliver PROGRAM: pushes the image or writes its archive, and notes the digest beside it
deliver() {
  local program=$1 name=${PUSH:-localhost/modelservice}/$1:$VERSION cache destination=()
  [ -n "${PUSH:-}" ] || destination=(archive="$ARCHIVES/$program.tar")
  cache=$(trained_cache "$program")
  image "$program" "$name" aot="$cache" "${destination[@]}" >"$ARCHIVES/$program.digest"
  echo "$name $(<"$ARCHIVES/$program.digest")"
}

packages python3:python3 ip:iproute2 unshare:util-linux openssl:openssl
mkdir -p "$ARCHIVES" "$KEPT"
pack operator runtime deploy/images
base=$(base_image)
deliver operator
deliver runtime
