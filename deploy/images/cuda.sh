#!/bin/bash
# cuda.sh KEPT: prints the folder below KEPT with the libraries that the image runtime-cuda has besides: ONNX Runtime's for
# CUDA and TensorRT, and those of CUDA that they load. Downloads them (2.4 GB) unless they are there.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../tools.sh
. "$HERE/../tools.sh"
ONNX_RUNTIME=$(sed -n 's:.*<onnxruntime.version>\(.*\)</onnxruntime.version>.*:\1:p' "$ROOT/pom.xml")

# download FOLDER
download() {
  echo "images: downloading ONNX Runtime for CUDA and CUDA's libraries, 2.4 GB" >&2
  maven --quiet --non-recursive dependency:copy -Dartifact="com.microsoft.onnxruntime:onnxruntime_gpu:$ONNX_RUNTIME" \
    -DoutputDirectory="$1" >&2 || die "Maven could not bring onnxruntime_gpu:$ONNX_RUNTIME: check that it reaches a repository"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary=:all: \
    --python-version 3.11 --implementation cp --abi none --platform manylinux_2_27_x86_64 --platform manylinux2014_x86_64 \
    --dest "$1" --requirement "$HERE/cuda.txt" || die "pip could not download what cuda.txt names: check that it reaches a package index"
}

# unpack FROM TO: the libraries under their own names, and the licences that they come with
unpack() {
  python3 - "$@" <<'PYTHON'
import re
import shutil
import sys
import zipfile
from pathlib import Path

LIBRARY = re.compile(r"(ai/onnxruntime/native/linux-x64|nvidia/\w+/lib)/(?P<name>lib[^/]+\.so[.\d]*)")
NOT_LOADED = re.compile(r"libnvblas|libcufftw|\.alt\.")
LICENCE = re.compile(r".*/(LICENSE|License)[^/]*")

source, target = map(Path, sys.argv[1:])
for path in sorted([*source.glob("*.jar"), *source.glob("*.whl")]):
    with zipfile.ZipFile(path) as package:
        for member in package.namelist():
            if LICENCE.fullmatch(member):
                name = f"{path.name.split('-')[0]}.LICENSE"
            elif (library := LIBRARY.fullmatch(member)) and not NOT_LOADED.search(member):
                name = library["name"]
            else:
                continue
            with package.open(member) as read, open(target / name, "wb") as write:
                shutil.copyfileobj(read, write, 1 << 20)
PYTHON
}

KEPT=${1:?cuda.sh KEPT}
FOLDER=$KEPT/cuda-$({ cat "$HERE"/cuda.{sh,txt} && echo "$ONNX_RUNTIME"; } | sha256sum | cut -c1-16)
if [ ! -d "$FOLDER" ]; then
  packages python3:python3
  work=$(mktemp -d -p "$KEPT")
  trap 'rm -rf "$work"' EXIT
  mkdir "$work/packages" "$work/libraries"
  download "$work/packages"
  unpack "$work/packages" "$work/libraries"
  mv "$work/libraries" "$FOLDER"
fi
echo "$FOLDER"
