#!/bin/bash
# Builds the images of the operator and the runtime: target/images/{operator,runtime}.tar, or pushed to PUSH=registry/prefix.
# What did not change is not built again: the applications since their sources, the base image and the trained cache since
# their inputs (kept in the cache folder).
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../tools.sh
. "$HERE/../tools.sh"
ARCHIVES=$ROOT/target/images
KEPT=${CACHE:?}/images

# current FILE SOURCE...: whether the file is newer than its sources
current() {
  local file=$1
  shift
  [ -f "$file" ] && [ -z "$(find "$@" -type f -newer "$file" -print -quit)" ]
}

applications() {
  cd "$ROOT"
  local api=(pom.xml crds/pom.xml crds/src/main)
  current operator/target/quarkus-app/quarkus-run.jar "${api[@]}" operator/pom.xml operator/src/main &&
    current runtime/target/quarkus-app/quarkus-run.jar "${api[@]}" runtime/pom.xml runtime/src/main &&
    current deploy/images/target/images.jar pom.xml deploy/images/pom.xml deploy/images/src/main && return
  maven --quiet package -DskipTests --projects operator,runtime,deploy/images --also-make
}

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

# trained_cache: prints the path of the runtime's AOT cache, trained in the very image that it is for
trained_cache() {
  local untrained=$HERE/target/untrained.tar model=$ROOT/runtime/src/test/models/colours digest cache
  digest=$(image runtime localhost/modelservice/runtime:untrained archive="$untrained")
  cache=$KEPT/$({ echo "$digest"; cat "$HERE"/{train.sh,unpack.py} "$HERE"/training/* "$model"/*; } | sha256sum | cut -c1-16).aot
  if [ ! -f "$cache" ]; then
    echo "images: training the runtime's AOT cache" >&2
    "$HERE/train.sh" "$untrained" "$model" "$cache.part"
    mv "$cache.part" "$cache"
  fi
  rm "$untrained"
  echo "$cache"
}

# deliver PROGRAM [KEY=VALUE...]: pushes the image or writes its archive, and notes the digest beside it
deliver() {
  local program=$1 name=${PUSH:-localhost/modelservice}/$1:$VERSION
  shift
  [ -n "${PUSH:-}" ] || set -- "$@" archive="$ARCHIVES/$program.tar"
  image "$program" "$name" "$@" >"$ARCHIVES/$program.digest"
  echo "$name $(<"$ARCHIVES/$program.digest")"
}

packages python3:python3 curl:curl ip:iproute2 unshare:util-linux
mkdir -p "$ARCHIVES" "$KEPT"
applications
base=$(base_image)
cache=$(trained_cache)
deliver operator
deliver runtime aot="$cache"
