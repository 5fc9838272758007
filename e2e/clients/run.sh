#!/bin/bash
# Unmodified Python clients against a server of the model `simple`.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: run.sh CLIENT [--http HOST:PORT] [--grpc HOST:PORT] [--model NAME] [test_*.py ...]

  CLIENT   triton    tritonclient: REST, gRPC, streams, shared memory; its tests are test_triton_*.py
           kserve    KServe's inference clients: test_kserve_*.py

Other arguments are pytest's; without a file, all tests of the client run. Needs Python 3.11 as python3.11, with venv,
and a package index for its pip. The virtual environments are kept in ${XDG_CACHE_HOME:-~/.cache}/modelservice/clients:
one for each client, because both define the protocol's messages and do not fit into one process.
TEXT
}

# environment NAME: its folder in VENV, made beside its place so that one that was cut short is not taken for whole
environment() {
  local requirements=$HERE/requirements-$1.txt cache=${XDG_CACHE_HOME:-$HOME/.cache}/modelservice/clients
  VENV=$cache/$1-$(sha256sum "$requirements" | cut -c1-12)
  [ ! -x "$VENV/bin/python" ] || return 0
  echo "clients: installing $1 into $VENV" >&2
  mkdir -p "$cache"
  rm -rf "$VENV.partial"
  python3.11 -m venv "$VENV.partial"
  "$VENV.partial/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
  mv "$VENV.partial" "$VENV"
}

case ${1-} in
  -h | --help) usage && exit ;;
  triton | kserve) CLIENT=$1 && shift ;;
  *) usage >&2 && exit 2 ;;
esac
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
environment "$CLIENT"
cd "$HERE"
case " $* " in
  *" test_"*) ;;
  *) set -- "$@" "test_${CLIENT}_"*.py ;;
esac
exec env PYTHONDONTWRITEBYTECODE=1 "$VENV/bin/python" -m pytest -p no:cacheprovider -q "$@"
