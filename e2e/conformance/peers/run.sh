#!/bin/bash
# Starts another server of the same models, in the foreground: run.sh PEER PORT MODELS.
# The first start makes its virtual environment.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: run.sh PEER PORT MODELS

  PEER     kserve    REST on PORT, gRPC on PORT + 1
           mlserver  REST on PORT, gRPC on PORT + 1, metrics on PORT + 2
           fastapi   REST with JSON on PORT
           loop      no server: runs each model in a loop of Python for PORT seconds, the ceiling of the others
  MODELS   a folder with NAME/model.onnx for each model, as models.sh makes it

Needs Python 3.11 as python3.11, with venv, and a package index for its pip. The virtual environments are kept in
${XDG_CACHE_HOME:-~/.cache}/modelservice/peers.
TEXT
}

fail() {
  echo "peers: $*" >&2
  exit 1
}

# environment NAME: its folder in VENV, made beside its place so that one that was cut short is not taken for whole
environment() {
  local requirements=$HERE/requirements-$1.txt cache=${XDG_CACHE_HOME:-$HOME/.cache}/modelservice/peers
  VENV=$cache/$1-$(sha256sum "$requirements" | cut -c1-12)
  [ ! -x "$VENV/bin/python" ] || return 0
  command -v python3.11 >/dev/null || fail "python3.11 is missing: these servers are compared on Python 3.11"
  echo "peers: installing $1 into $VENV" >&2
  mkdir -p "$cache"
  rm -rf "$VENV.partial"
  python3.11 -m venv "$VENV.partial"
  "$VENV.partial/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" ||
    fail "pip could not install $requirements: check that pip reaches a package index"
  mv "$VENV.partial" "$VENV"
}

case ${1-} in
  -h | --help) usage && exit ;;
esac
[ $# = 3 ] || { usage >&2 && exit 2; }
PEER=$1 PORT=$2 MODELS=$(realpath "$3")
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PYTHONPATH=$HERE PYTHONDONTWRITEBYTECODE=1 MODELS

case $PEER in
  kserve)
    environment kserve
    exec "$VENV/bin/python" "$HERE/kserve_server.py" --http_port "$PORT" --grpc_port $((PORT + 1)) --enable_latency_logging false
    ;;
  mlserver)
    environment mlserver
    WORK=$(mktemp -d)
    trap 'rm -rf "$WORK"' EXIT
    "$VENV/bin/python" "$HERE/mlserver_settings.py" "$WORK"
    export MLSERVER_HTTP_PORT=$PORT MLSERVER_GRPC_PORT=$((PORT + 1)) MLSERVER_METRICS_PORT=$((PORT + 2))
    export MLSERVER_PARALLEL_WORKERS=0 MLSERVER_DEBUG=false
    "$VENV/bin/python" -m mlserver.cli.main start "$WORK" &
    SERVER=$!
    trap 'kill "$SERVER" 2>/dev/null; wait "$SERVER" || true; rm -rf "$WORK"' EXIT
    trap 'exit 143' TERM INT
    wait "$SERVER"
    ;;
  fastapi)
    environment fastapi
    exec "$VENV/bin/python" -m uvicorn fastapi_server:app --host 127.0.0.1 --port "$PORT" --loop uvloop --http httptools --no-access-log
    ;;
  loop)
    environment fastapi
    exec "$VENV/bin/python" "$HERE/loop.py" "$PORT"
    ;;
  *) usage >&2 && exit 2 ;;
esac
