#!/bin/bash
# The conformance suite against a server: run.sh --http http://HOST:PORT [--grpc HOST:PORT] ...; --help tells all.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../../deploy/tools.sh
. "$HERE/../../deploy/tools.sh"

maven --quiet package --projects e2e --also-make -DskipTests --activate-profiles bench >&2
exec "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
  -Dslf4j.internal.verbosity=ERROR -cp "$ROOT/e2e/target/test-classes:$ROOT/e2e/target/libraries/*" io.modelservice.e2e.conformance.Conformance "$@"
