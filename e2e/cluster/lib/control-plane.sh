# shellcheck shell=bash
# etcd, the API server with its audit log, the controllers and the scheduler, on the host.

etcd() {
  start etcd etcd --data-dir "$RUN/etcd" --unsafe-no-fsync --log-level warn --listen-peer-urls http://127.0.0.1:2380 \
    --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379
}

api_server() {
  # shellcheck disable=SC2054 # a list with commas is one flag
  local flags=(
    --etcd-servers=http://127.0.0.1:2379
    --bind-address="$NET.1" --advertise-address="$NET.1" --service-cluster-ip-range="$SERVICES.0.0/16"
    --tls-cert-file="$PKI/apiserver.crt" --tls-private-key-file="$PKI/apiserver.key" --client-ca-file="$PKI/ca.crt"
    --allow-privileged --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction
    --kubelet-client-certificate="$PKI/kubelet-client.crt" --kubelet-client-key="$PKI/kubelet-client.key"
    --kubelet-certificate-authority="$PKI/ca.crt" --kubelet-preferred-address-types=InternalIP
    --service-account-key-file="$PKI/sa.key" --service-account-signing-key-file="$PKI/sa.key"
    --service-account-issuer=https://kubernetes.default.svc
    --audit-policy-file="$HERE/manifests/audit-policy.yaml" --audit-log-path="$RUN/log/audit.log" --audit-log-maxsize=2000
  )
  local aggregation=(
    --requestheader-client-ca-file="$PKI/front-ca.crt" --requestheader-allowed-names=front-proxy
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group
    --requestheader-extra-headers-prefix=X-Remote-Extra-
    --proxy-client-cert-file="$PKI/front-proxy.crt" --proxy-client-key-file="$PKI/front-proxy.key"
  )
  # shellcheck disable=SC2086 # several flags
  start kube-apiserver kube kube-apiserver "${flags[@]}" "${aggregation[@]}" ${APISERVER_FLAGS:-}
}

# component NAME FLAGS...
component() {
  local name=$1 config
  shift
  config=$PKI/$name.kubeconfig
  start "$name" kube "$name" --kubeconfig="$config" --authentication-kubeconfig="$config" \
    --authorization-kubeconfig="$config" --bind-address=127.0.0.1 --leader-elect=false "$@"
}

control_plane() {
  etcd
  api_server
  until_true 60 kubectl get --raw /readyz
  # shellcheck disable=SC2086 # several flags
  component kube-controller-manager --use-service-account-credentials --root-ca-file="$PKI/ca.crt" \
    --service-account-private-key-file="$PKI/sa.key" --cluster-signing-cert-file="$PKI/ca.crt" \
    --cluster-signing-key-file="$PKI/ca.key" --flex-volume-plugin-dir="$RUN/volume-plugins" ${CONTROLLER_FLAGS:-}
  component kube-scheduler
}
