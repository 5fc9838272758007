#!/bin/bash
# Builds the images of the operator and the runtime: target/images/{operator,runtime}.tar, or pushed to PUSH=registry/prefix.
# With CUDA=1 also runtime-cuda, whose models may run on NVIDIA's GPUs.
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

# inputs PROGRAM: what its image and its trained cache depend on, as a hash
inputs() {
  {
    echo "$base"
    cd "$ROOT/$1/target/quarkus-app"
    find . -type f -print0 | sort -z | xargs -0 sha256sum
    cat "$HERE"/{train.sh,unpack.py} "$HERE"/{training,src/main/java/io/modelservice/images}/* "$ROOT"/runtime/src/test/models/colours/*
  } | sha256sum | cut -c1-16
}

# trained_cache PROGRAM INPUTS: prints the path of its AOT cache, trained in the very image that it is for
trained_cache() {
  local program=$1 cache=$KEPT/$1-$2.aot untrained=$HERE/target/$1-untrained.tar
  if [ ! -f "$cache" ]; then
    echo "images: training the AOT cache of the $program" >&2
    image "$program" "localhost/modelservice/$program:untrained" archive="$untrained" >/dev/null
    "$HERE/train.sh" "$program" "$untrained" "$cache.part"
    mv "$cache.part" "$cache"
    rm "$cache.part.log" "$untrained"
  fi
  touch "$cache"
  find "$KEPT" -name '*.aot*' -mtime +2 -delete
  echo "$cache"
}

# deliver PROGRAM IMAGE [KEY=VALUE]: pushes the image or writes its archive; notes its digest, and what the last one was made
# from
deliver() {
  local program=$1 image=$2 name=${PUSH:-localhost/modelservice}/$2:$VERSION archive=$ARCHIVES/$2.tar inputs made cache
  shift 2
  inputs=$(inputs "$program")
  made="$name $inputs $*"
  cache=$(trained_cache "$program" "$inputs")
  [ -n "${PUSH:-}" ] || set -- "$@" archive="$archive"
  if [ -n "${PUSH:-}" ] || [ ! -f "$archive" ] || [ "$made" != "$(cat "$ARCHIVES/$image.made" 2>/dev/null || true)" ]; then
    image "$program" "$name" aot="$cache" "$@" >"$ARCHIVES/$image.digest"
    echo "$made" >"$ARCHIVES/$image.made"
  fi
  echo "$name $(<"$ARCHIVES/$image.digest")"
}

packages python3:python3 ip:iproute2 unshare:util-linux openssl:openssl
mkdir -p "$ARCHIVES" "$KEPT"
pack operator runtime deploy/images
base=$(base_image)
deliver operator operator
deliver runtime runtime
[ -z "${CUDA:-}" ] || deliver runtime runtime-cuda cuda="$("$HERE/cuda.sh" "$KEPT")"
