#!/bin/bash
# Each parser is tried with inputs that Jazzer makes, MINUTES [10] in all; PARSERS="JSON GRPC" are some of them.
# What a parser does not stand is written into its folder here: from then on it is a test that fails.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../../../../deploy/tools.sh
. "$HERE/../../../../deploy/tools.sh"
MINUTES=${MINUTES:-10}
cd "$ROOT"
maven --quiet test-compile dependency:build-classpath --projects runtime --also-make --activate-profiles fuzz
cd runtime
WORK=target/fuzz
CLASSES=target/test-classes:target/classes:$(<"$WORK/classpath")

# jvm ARGUMENTS...: with these options and no more heap than a small pod has
jvm() {
  "$JAVA_HOME/bin/java" -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -XX:+EnableDynamicAgentLoading -cp "$CLASSES" "$@"
}

# fuzz PARSER SECONDS: its line of the table
fuzz() {
  local seeds=src/test/fuzz/${1,,} log=$WORK/$1.log before after
  mkdir -p "$seeds"
  before=$(find "$seeds" -type f | wc -l)
  jvm -Dparser="$1" com.code_intelligence.jazzer.Jazzer --target_class=io.modelservice.runtime.fuzz.Fuzzing \
    --instrumentation_includes='io.modelservice.**:com.twelvemonkeys.**' --keep_going=10 --reproducer_path="$WORK" \
    -artifact_prefix="$seeds/" -max_total_time="$2" -max_len=16384 -timeout=20 -rss_limit_mb=0 -print_final_stats=1 \
    "$WORK/corpus/$1" >"$log" 2>&1 || true
  after=$(find "$seeds" -type f | wc -l)
  printf '%-14s %12s %9s\n' "${1,,}" "$(tries "$log")" $((after - before))
}

# tries LOG: how many inputs there were; the last number that Jazzer wrote, if it could not end
tries() {
  sed -n 's/^stat::number_of_executed_units: *//p; s/^#\([0-9]*\)[[:space:]].*/\1/p' "$1" | tail -1
}

mkdir -p "$WORK"
mapfile -t all < <(jvm io.modelservice.runtime.fuzz.Corpus "$WORK/corpus")
read -ra wanted <<<"${PARSERS:-${all[*]}}"
printf '%-14s %12s %9s\n' parser 'inputs tried' findings
table=$(for parser in "${wanted[@]}"; do fuzz "$parser" $((MINUTES * 60 / ${#wanted[@]})) | tee --append /dev/stderr; done)
! awk '$3 > 0 || $2 == "" { found = 1 } END { exit !found }' <<<"$table"
