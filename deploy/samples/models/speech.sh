#!/bin/bash
# speech.sh OUT.wav [RATE]: two spoken sentences with silence around them, mono, 16 bits. Needs espeak-ng and sox.
set -euo pipefail
out=${1:?speech.sh OUT.wav [RATE]}
rate=${2:-16000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

espeak-ng -v en -s 150 -w "$work/one.wav" "A cup of coffee, please."
espeak-ng -v en -s 150 -w "$work/two.wav" "And one for my friend."
sox -n -r 22050 -c 1 -b 16 "$work/silence.wav" trim 0 0.8
# -R and -D: the same bytes each time
sox -R "$work/silence.wav" "$work/one.wav" "$work/silence.wav" "$work/two.wav" "$work/silence.wav" -D -b 16 -c 1 -r "$rate" "$out"
