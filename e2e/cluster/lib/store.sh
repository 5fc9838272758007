# shellcheck shell=bash
# The S3 store: SeaweedFS on the host. Pods of every node reach it at http://172.30.0.1:8333.

store() {
  mkdir -p "$RUN/data/s3"
  cat >"$RUN/data/s3.json" <<'JSON'
{"identities": [{"name": "models", "credentials": [{"accessKey": "models", "secretKey": "models-secret"}],
                 "actions": ["Admin", "Read", "Write", "List"]}]}
JSON
  # 8080 and 9000 stay free for a runtime on the host
  start store weed server -dir="$RUN/data/s3" -ip="$NET.1" -ip.bind="$NET.1" -master.port=8330 -volume.port=8331 \
    -filer.port=8332 -s3 -s3.port=8333 -s3.config="$RUN/data/s3.json" -master.volumeSizeLimitMB=64 -volume.max=200
}

# bucket NAME: makes it unless it is there
bucket() {
  curl --silent --fail --aws-sigv4 aws:amz:us-east-1:s3 --user models:models-secret --request PUT "http://$NET.1:8333/$1"
}
