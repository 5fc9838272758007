#!/bin/bash
# The runtime alone, on the model folder MODEL, port PORT.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tools.sh
. "$HERE/tools.sh"
[ -f "${MODEL:-}/model.onnx" ] || die "MODEL must be a folder with model.onnx: make serve MODEL=folder [PORT=8080]"
MODEL=$(realpath "$MODEL")
program serve "$MODEL" --port "${PORT:-8080}"
