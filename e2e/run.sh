#!/bin/bash
# The tests on the real cluster, all or those of STORY. A cluster that was not there before is gone afterwards.
# What the tests need is in the environment: KUBECONFIG, OPERATOR_IMAGE, RUNTIME_IMAGE, PATH with kubectl and helm, and SCALE
# when it is set.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../deploy/tools.sh
. "$HERE/../deploy/tools.sh"
# shellcheck source=../deploy/target.sh
. "$HERE/../deploy/target.sh"

# summary: the line that counts; a skipped test counts as failed
summary() {
  python3 - "$HERE"/target/*-reports/TEST-*.xml <<'PY'
import sys
import xml.etree.ElementTree as xml

suites = [xml.parse(path).getroot().attrib for path in sys.argv[1:]]
total = sum(int(suite["tests"]) for suite in suites)
failed = sum(int(suite[kind]) for suite in suites for kind in ("failures", "errors", "skipped"))
print(f"{total - failed} passed, {failed} failed")
sys.exit(failed > 0 or total == 0)
PY
}

images_reach_cluster e2e
"$ROOT/deploy/images/build.sh"
"$ROOT/deploy/samples/models/prepare.sh" "$ROOT/target/samples" \
  image-classification image-feature-extraction text-embedding voice-activity-detection
"$CLUSTER" running || [ -n "$CONTEXT" ] || trap '"$CLUSTER" down && "$HERE/cluster/check-down"' EXIT
use_cluster
use_images
rm -rf "$HERE"/target/*-reports
# the modules it needs are only packed: their own tests are `make check`
maven verify --projects e2e --also-make -DskipTests --activate-profiles cluster ${STORY:+-Dgroups="$STORY"} || true
summary
