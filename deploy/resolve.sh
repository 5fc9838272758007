#!/bin/bash
# Says whether the model at URI can be served, as the task TASK if that is set. Keys of stores are taken from the environment.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tools.sh
. "$HERE/tools.sh"
[ -n "${URI:-}" ] || die "URI must name a model: make resolve URI=s3://bucket/folder, hf://owner/name or file:///a/folder"
program resolve "$URI" ${TASK:+--task "$TASK"}
