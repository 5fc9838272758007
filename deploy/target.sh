# shellcheck shell=bash
# To be sourced after tools.sh: the cluster that a target works on (KUBECONFIG) and the images it uses there.
# CONTEXT names a context of the user's own kubeconfig; without it, it is the local cluster of e2e/cluster.

CLUSTER=$ROOT/e2e/cluster/cluster
CONTEXT=${CONTEXT:-}
PUSH=${PUSH:-}
REGISTRY=${PUSH:-localhost/modelservice}
export OPERATOR_IMAGE=$REGISTRY/operator:$VERSION RUNTIME_IMAGE=$REGISTRY/runtime:$VERSION
export PATH=$ROOT/e2e/cluster/.run/bin:$PATH

# images_reach_cluster TARGET: a cluster elsewhere takes its images from a registry only
images_reach_cluster() {
  [ -z "$CONTEXT" ] || [ -n "$PUSH" ] ||
    die "the cluster of context $CONTEXT needs the images in a registry: make $1 CONTEXT=$CONTEXT PUSH=registry/prefix"
}

# use_cluster: KUBECONFIG is the cluster's; the local one is started if it does not run
use_cluster() {
  if [ -n "$CONTEXT" ]; then
    "$CLUSTER" build kubernetes helm
    TARGET_FILES=$(mktemp -d)
    trap 'rm -rf "$TARGET_FILES"' EXIT
    (umask 077 && kubectl config view --minify --flatten --context="$CONTEXT" >"$TARGET_FILES/kubeconfig")
    KUBECONFIG=$TARGET_FILES/kubeconfig
  else
    "$CLUSTER" running || "$CLUSTER" up
    KUBECONFIG=$("$CLUSTER" kubeconfig)
  fi
  export KUBECONFIG
}

# use_store: the S3 store that holds the sample, as AWS clients name it
use_store() {
  if [ -z "$CONTEXT" ]; then
    export AWS_ENDPOINT_URL=http://172.30.0.1:8333 AWS_ACCESS_KEY_ID=models AWS_SECRET_ACCESS_KEY=models-secret
  elif [ -z "${AWS_ENDPOINT_URL:-}" ] || [ -z "${AWS_ACCESS_KEY_ID:-}" ] || [ -z "${AWS_SECRET_ACCESS_KEY:-}" ]; then
    die "give the S3 store for the sample model in AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
  fi
}

# s3 BUCKET[/KEY] CURL ARGUMENTS...: one request to the store; the keys are not on the command line
s3() {
  local place=$1
  shift
  curl --silent --show-error --fail-with-body --output /dev/null --config - "$@" "$AWS_ENDPOINT_URL/$place" <<CURL
user = "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"
aws-sigv4 = "aws:amz:${AWS_REGION:-us-east-1}:s3"
CURL
}

# use_images: the nodes can start them; a registry has them already
use_images() {
  [ -n "$PUSH" ] || "$CLUSTER" load "$ROOT"/target/images/{operator,runtime}.tar
}
