# shellcheck shell=bash
# A node is a mount namespace in which these folders are its own; from the second on, it is a network namespace as well.
# Node 1 shares the network of the host.

FOLDERS=(/var/lib/kubelet /var/lib/containerd /var/lib/cni /var/log/pods /var/log/containers /run/containerd)
PRODUCTS=(NVIDIA-A100-SXM4-40GB NVIDIA-H100-80GB-HBM3) # of the nodes, in turn
MEMORIES=(40960 81559)
ZONES=(zone-a zone-b)

# host: the nodes' network, a bridge; what is changed on the machine is written down for `down`
host() {
  local folder
  mkdir -p "$RECORD"
  echo "$RUN" >"$RECORD/owner"
  for folder in "${FOLDERS[@]}"; do
    [ -d "$folder" ] || { mkdir -p "$folder" && echo "$folder" >>"$RECORD/made"; }
  done
  [ -d /run/mount ] || echo /run/mount >>"$RECORD/made" # mount(8) leaves it
  sysctl net.ipv4.ip_forward vm.overcommit_memory kernel.panic kernel.panic_on_oops >"$RECORD/sysctl"
  [ -d /proc/sys/net/bridge ] || modprobe br_netfilter
  ip link add mscluster0 type bridge
  ip address add "$NET.1/24" dev mscluster0
  ip link set mscluster0 up
  group mscluster
  group mscluster/host
}

# make_node N: its namespaces, its place in the network, its containerd
make_node() {
  local n=$1
  namespaces "$n"
  network "$n"
  group "mscluster/node$n"
  containerd "$n"
}

namespaces() {
  local n=$1 own=$RUN/node$1 net=() folder
  for folder in "${FOLDERS[@]}"; do mkdir -p "$own$folder"; done
  [ "$n" = 1 ] || net=(--net)
  # shellcheck disable=SC2016 # the inner shell expands them
  start "node$n" unshare --mount "${net[@]}" sh -ec '
    own=$0
    for folder; do mount --bind "$own$folder" "$folder"; done
    mount --make-rshared /
    touch "$own/ready"
    exec sleep infinity' "$own" "${FOLDERS[@]}"
  until_true 10 test -e "$own/ready"
}

network() {
  local n=$1 other chain
  if [ "$n" != 1 ]; then
    ip link add "mscluster$n" type veth peer name eth0 netns "$(cat "$RUN/log/node$n.pid")"
    ip link set "mscluster$n" master mscluster0 up
    node "$n" ip link set lo up
    node "$n" ip address add "$NET.$n/24" dev eth0
    node "$n" ip link set eth0 up
    node "$n" ip route add default via "$NET.1"
  fi
  for other in $(seq "$NODES"); do
    [ "$other" = "$n" ] || node "$n" ip route add "$PODS.$other.0/24" via "$NET.$other"
  done
  # a Service that kube-proxy does not know yet is refused; outside of the machine, anything might answer in its name
  for chain in OUTPUT FORWARD; do
    node "$n" iptables --append "$chain" --destination "$SERVICES.0.0/16" --match comment --comment mscluster --jump REJECT
  done
  # without these, Services fail when the pod behind is on the same node
  node "$n" sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1
}

containerd() {
  local n=$1 own=$RUN/node$1
  mkdir -p "$own/var/lib/cni/net.d"
  cat >"$own/var/lib/cni/net.d/10-pods.conflist" <<JSON
{"cniVersion": "1.0.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "mspods0", "isGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "ranges": [[{"subnet": "$PODS.$n.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
JSON
  cat >"$own/containerd.toml" <<'TOML'
version = 3
disabled_plugins = ["io.containerd.nri.v1.nri"]
[plugins."io.containerd.internal.v1.opt"]
  path = "/var/lib/containerd/opt"
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "localhost/pause:1"
[plugins."io.containerd.cri.v1.runtime"]
  netns_mounts_under_state_dir = true
  restrict_oom_score_adj = true
  [plugins."io.containerd.cri.v1.runtime".cni]
    bin_dirs = ["/usr/lib/cni"]
    conf_dir = "/var/lib/cni/net.d"
TOML
  start_in_node "$n" containerd containerd --config "$own/containerd.toml"
  until_true 20 node "$n" ctr version
}

# run_node N: once the API server answers
run_node() {
  local n=$1
  configure_kubelet "$n"
  kubelet "$n"
  proxy "$n"
  until_true 60 test -S "$RUN/node$n/var/lib/kubelet/device-plugins/kubelet.sock"
  start_in_node "$n" gpu gpu --count "$GPUS" --prefix "GPU-node$n-"
}

# Images are never collected: they came from archives, and no registry could bring them back.
configure_kubelet() {
  local n=$1
  cat >"$RUN/node$n/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $NET.$n
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $PKI/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $PKI/node$n.crt
tlsPrivateKeyFile: $PKI/node$n.key
cgroupDriver: cgroupfs
cgroupRoot: /mscluster/node$n
failCgroupV1: false
failSwapOn: false
maxPods: 250
imageGCHighThresholdPercent: 100
clusterDNS: [$SERVICES.0.10]
clusterDomain: cluster.local
resolvConf: ""
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
volumePluginDir: /var/lib/kubelet/volume-plugins
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%}
YAML
}

# kubelet N
kubelet() {
  local n=$1 turn=$((($1 - 1) % 2)) labels
  labels=topology.kubernetes.io/zone=${ZONES[turn]},nvidia.com/gpu.product=${PRODUCTS[turn]}
  labels+=,nvidia.com/gpu.memory=${MEMORIES[turn]},nvidia.com/gpu.count=$GPUS
  start_in_node "$n" kubelet kube kubelet --config="$RUN/node$n/kubelet.yaml" --kubeconfig="$PKI/node$n.kubeconfig" \
    --hostname-override="node$n" --node-ip="$NET.$n" --node-labels="$labels"
}

proxy() {
  local n=$1
  cat >"$RUN/node$n/proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clientConnection: {kubeconfig: $PKI/kube-proxy.kubeconfig}
clusterCIDR: $PODS.0.0/16
conntrack: {maxPerCore: 0}
nodePortAddresses: [$NET.0/24]
healthzBindAddress: $NET.$n:10256
YAML
  start_in_node "$n" kube-proxy kube kube-proxy --config="$RUN/node$n/proxy.yaml" --hostname-override="node$n"
}

remove_network() {
  local link tables rules
  # with the processes went their namespaces, and all that was in them; these are the host's
  for link in $(ip -o link | grep -oE '\<(mscluster[0-9]+|mspods0)\>' | sort -u); do
    ip link delete "$link" 2>/dev/null || true
  done
  for tables in iptables ip6tables; do
    rules=$($tables-save 2>/dev/null) || continue
    ! grep -qE 'KUBE-|CNI-|mscluster' <<<"$rules" || grep -vE 'KUBE-|CNI-|mscluster' <<<"$rules" | $tables-restore
  done
}

# restore_host: takes back what `host` changed, in this clone or in another
restore_host() {
  local run
  [ ! -s "$RECORD/sysctl" ] || sysctl -qp "$RECORD/sysctl"
  [ ! -s "$RECORD/made" ] || tac "$RECORD/made" | xargs rmdir --ignore-fail-on-non-empty
  for run in "$RUN" $(cat "$RECORD/owner" 2>/dev/null); do
    rm -rf --one-file-system "$run"/node[0-9]* "$run"/{etcd,data,volume-plugins,cache}
    rm -f "$run"/log/*.pid
  done
  rm -rf "$RECORD"
}
