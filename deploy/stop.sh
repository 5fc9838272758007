#!/bin/bash
# Removes what run.sh made: the service, its Secret, the operator, and the API unless somebody else has services.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tools.sh
. "$HERE/tools.sh"
# shellcheck source=target.sh
. "$HERE/target.sh"

if [ -z "$CONTEXT" ] && ! "$CLUSTER" running; then
  echo "the local cluster does not run: nothing to remove"
  exit
fi
use_cluster
if kubectl get crd modelservices.serving.modelservice.io >/dev/null 2>&1; then
  kubectl delete --filename "$HERE/samples/image-classification.yaml" --ignore-not-found
  kubectl wait --for=delete --timeout=60s pod --selector serving.modelservice.io/service=espresso
fi
kubectl delete secret store-keys --ignore-not-found
helm uninstall modelservice-operator --namespace modelservice-system --ignore-not-found --wait
kubectl delete namespace modelservice-system --ignore-not-found
left=$(kubectl get modelservices --all-namespaces --no-headers 2>/dev/null) || true
[ -n "$left" ] || kubectl delete crd modelservices.serving.modelservice.io --ignore-not-found
