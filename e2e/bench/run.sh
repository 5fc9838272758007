#!/bin/bash
# The benchmarks: tables on standard output and in e2e/bench/RESULTS.md. A cluster that was not there before is gone afterwards.
#   PART=cluster   on the cluster: apply to first answer, one request after the other, the operator's memory
#   PART=servers   without a cluster: the runtime beside other servers of the same models, and its start
#   PART=batching  without a cluster: the runtime with runs that requests share, and without
#   PART=overload  without a cluster: the runtime when three times as many requests come as it can answer
# Without PART, all. Of the servers and of batching: ROUNDS [3], POINT_SECONDS of each figure [5]; of the servers: WARM_SECONDS of full load in each
# encoding before [30]; of their start: STARTS [5]; of the overload: POINT_SECONDS of the peak, OVERLOAD_SECONDS [120].
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../../deploy/tools.sh
. "$HERE/../../deploy/tools.sh"
# shellcheck source=../../deploy/target.sh
. "$HERE/../../deploy/target.sh"
WORK=$ROOT/target/bench
PART=${PART:-servers batching overload cluster}

# measure PART
measure() (
  cd "$ROOT/e2e"
  "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -Dslf4j.internal.verbosity=ERROR \
    -cp 'target/test-classes:target/libraries/*' io.modelservice.e2e.bench.Bench "$1"
)

# alone [MODEL...]: the runtime as its image has it, with and without the AOT cache; each model in a folder where it is alone
alone() {
  packages wrk:wrk unshare:util-linux
  "$ROOT/e2e/conformance/models.sh" "$WORK/models"
  local model
  for model in simple efficientnet-lite0 minilm "$@"; do
    mkdir -p "$WORK/alone/$model"
    ln -sfn "$WORK/models/$model" "$WORK/alone/$model/$model"
  done
  [ -z "$PUSH" ] || PUSH='' "$ROOT/deploy/images/build.sh" # the archive too
  rm -rf --one-file-system "$WORK/image"
  mkdir -p "$WORK/image"
  python3 "$ROOT/deploy/images/unpack.py" "$ROOT/target/images/runtime.tar" "$WORK/image" >"$WORK/cached.command"
  sed '/^-XX:AOTCache=/d' "$WORK/cached.command" >"$WORK/uncached.command"
}

servers() {
  packages cc:build-essential
  alone
  cc -O2 -Wall -Wextra -Werror -o "$WORK/loop" "$HERE/loop.c" -ldl -lpthread
  cc -O2 -Wall -Wextra -Werror -o "$WORK/floor" "$HERE/floor.c" -lpthread
  measure servers
}

batching() {
  mkdir -p "$WORK/models"
  "$ROOT/deploy/samples/models/prepare.sh" "$WORK/models" text-embedding
  mkdir -p "$WORK/models/wide"
  cp "$ROOT/runtime/src/test/models/wide/model.onnx" "$WORK/models/wide/"
  alone all-minilm-l6-v2 wide
  measure batching
}

overload() {
  alone
  measure overload
}

cluster() {
  "$ROOT/deploy/samples/models/prepare.sh" "$ROOT/target/samples"
  "$CLUSTER" running || [ -n "$CONTEXT" ] || trap '"$CLUSTER" down && "$HERE/../cluster/check-down"' EXIT
  use_cluster
  use_images
  measure cluster
}

for part in $PART; do
  case $part in
    cluster) images_reach_cluster bench ;;
    batching | servers | overload) ;;
    *) die "PART is batching, cluster, overload or servers, not '$part'" ;;
  esac
done
"$ROOT/deploy/images/build.sh"
maven --quiet package --projects e2e --also-make -DskipTests --activate-profiles bench
for part in $PART; do "$part"; done
