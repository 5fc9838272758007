#!/bin/bash
# From nothing to a classified photo: images, cluster, chart, sample model, service, request. Leaves it running.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tools.sh
. "$HERE/tools.sh"
# shellcheck source=target.sh
. "$HERE/target.sh"
SAMPLES=$ROOT/target/samples
TIMES=()

# phase NAME COMMAND...: runs a part and notes how long it took
phase() {
  local name=$1 begin=${EPOCHREALTIME/./} took
  shift
  echo "== $name"
  "$@"
  took=$(((${EPOCHREALTIME/./} - begin) / 100000))
  TIMES+=("$(printf '%-16s %4d.%d s' "$name" $((took / 10)) $((took % 10)))")
}

chart() {
  helm upgrade --install modelservice-operator "$ROOT/helm/modelservice-operator" --wait --timeout 5m \
    --namespace modelservice-system --create-namespace \
    --set "image.repository=$REGISTRY/operator,image.tag=$VERSION" \
    --set "runtimeImage.repository=$REGISTRY/runtime,runtimeImage.tag=$VERSION" \
    --set-string "podAnnotations.imageDigest=$(<"$ROOT/target/images/operator.digest")" >/dev/null
}

upload() {
  local file
  "$HERE/samples/models/prepare.sh" "$SAMPLES"
  s3 models --head 2>/dev/null || s3 models --request PUT
  for file in "$SAMPLES"/efficientnet-lite0/*; do
    s3 "models/efficientnet-lite0/$(basename "$file")" --upload-file "$file"
  done
  kubectl create secret generic store-keys --dry-run=client --output yaml \
    --from-env-file=<(printf '%s\n' AWS_{ENDPOINT_URL="$AWS_ENDPOINT_URL",ACCESS_KEY_ID="$AWS_ACCESS_KEY_ID",SECRET_ACCESS_KEY="$AWS_SECRET_ACCESS_KEY"}) |
    kubectl apply --filename - >/dev/null
}

serve() {
  kubectl apply --filename "$HERE/samples/image-classification.yaml"
  kubectl wait --for=condition=Ready --timeout=300s modelservice/espresso >/dev/null || {
    kubectl describe modelservice/espresso
    die "the service is not Ready; its conditions above say why"
  }
}

# The host is a node of the local cluster and reaches the Service; to another cluster it goes through a port-forward.
classify() {
  local address line forward=
  if [ -n "$CONTEXT" ]; then
    exec {line}< <(exec kubectl port-forward service/espresso :80)
    forward=$!
    read -r -u "$line" _ _ address _ # Forwarding from 127.0.0.1:40000 -> 8080
  else
    address=$(kubectl get service espresso --output jsonpath='{.spec.clusterIP}')
  fi
  curl --silent --show-error --fail-with-body --retry 10 --retry-connrefused --retry-delay 1 --header 'Content-Type: image/png' \
    --data-binary @"$SAMPLES/photos/coffee.png" "http://$address/v1/tasks/image-classification" >"$SAMPLES/answer.json"
  [ -z "$forward" ] || kill "$forward"
  python3 -c 'import json, sys; [print("%.4f  %s" % (a["score"], a["label"])) for a in json.load(sys.stdin)]' <"$SAMPLES/answer.json"
}

images_reach_cluster run
use_store
phase images "$HERE/images/build.sh"
phase cluster use_cluster
phase 'load images' use_images
phase chart chart
phase upload upload
phase 'apply to ready' serve
phase classify classify
echo "== times"
printf '%s\n' "${TIMES[@]}"
kubectl get modelservices
[ -n "$CONTEXT" ] || echo "export KUBECONFIG=$KUBECONFIG PATH=$ROOT/e2e/cluster/.run/bin:\$PATH"
