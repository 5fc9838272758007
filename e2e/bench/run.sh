#!/bin/bash
# The benchmarks: tables on standard output and in e2e/bench/RESULTS.md. A cluster that was not there before is gone afterwards.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../../deploy/tools.sh
. "$HERE/../../deploy/tools.sh"
# shellcheck source=../../deploy/target.sh
. "$HERE/../../deploy/target.sh"

images_reach_cluster bench
"$ROOT/deploy/images/build.sh"
"$ROOT/deploy/samples/models/prepare.sh" "$ROOT/target/samples"
"$CLUSTER" running || [ -n "$CONTEXT" ] || trap '"$CLUSTER" down && "$HERE/../cluster/check-down"' EXIT
use_cluster
use_images
maven --quiet package --projects e2e --also-make -DskipTests --activate-profiles bench
cd "$ROOT/e2e"
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp 'target/test-classes:target/libraries/*' io.modelservice.e2e.bench.Bench
