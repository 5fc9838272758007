# shellcheck shell=bash
# Binaries are built once a machine: each module folder has a recipe, `build`, and its result stays in the cache under
# the hash of the folder, so that neither a fresh clone nor a second start builds anything.

CACHE=${XDG_CACHE_HOME:-~/.cache}/modelservice/cluster
MODULES=(kubernetes etcd containerd coredns helm store registry gcs azurite) # coredns is packed by a program of kubernetes
declare -A PROGRAMS=( # and the Debian packages they are in
  [runc]=runc [iptables]=iptables [conntrack]=conntrack [ip]=iproute2 [nsenter]=util-linux [openssl]=openssl
  [sysctl]=procps [curl]=curl [python3]=python3 [node]=nodejs [npm]=npm)

packages() {
  local missing=() program
  for program in "${!PROGRAMS[@]}"; do
    command -v "$program" >/dev/null || missing+=("${PROGRAMS[$program]}")
  done
  [ -x /usr/lib/cni/bridge ] || missing+=(containernetworking-plugins)
  [ -d /proc/sys/net/bridge ] || command -v modprobe >/dev/null || missing+=(kmod)
  python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
  [ ${#missing[@]} != 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    die "missing Debian packages, install them: ${missing[*]}"
  fi
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"
}

# module NAME: where the module's binaries are or will be
module() {
  local hash
  hash=$(cd "$HERE/$1" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
  echo "$CACHE/$1-${hash:0:16}"
}

# with_go: a Go that can build the modules is on the path
with_go() {
  local have
  have=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null) || have=
  printf 'go1.26\n%s\n' "$have" | sort -VC || build_module go
}

# build_module NAME: builds it unless it is there, and links its programs into .run/bin
build_module() {
  local name=$1 folder
  folder=$(module "$name")
  if [ ! -d "$folder" ]; then
    echo "building $name" >&2
    [ ! -f "$HERE/$name/go.mod" ] || with_go
    rm -rf "$folder.part"
    mkdir -p "$folder.part"/{bin,images}
    (cd "$HERE/$name" && CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false" ./build "$folder.part")
    mv "$folder.part" "$folder"
  fi
  find "$folder/bin" -mindepth 1 -exec ln -sf -t "$RUN/bin" {} +
}

# build [MODULE...]
build() {
  packages
  mkdir -p "$RUN/bin" "$CACHE"
  find "$RUN/bin" -xtype l -delete
  [ $# != 0 ] || set -- "${MODULES[@]}"
  local name
  (
    flock 9
    for name; do build_module "$name"; done
  ) 9>"$CACHE/lock"
}
