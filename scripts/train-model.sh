#!/usr/bin/env bash
# From ImageNet weights to a published model, float32 and 8 bits: draws a catalogue to learn attributes from, trains in three parts, each from the one before, judges, quantises.
set -euo pipefail
root=$(dirname "$(dirname "$(realpath "${BASH_SOURCE[0]}")")")

usage() {
  cat <<'EOF'
Trains the model of models/jewelry-mobilenetv2-128 anew; under 90 minutes on two cores.

  scripts/train-model.sh PHOTOS WEIGHTS [OUT]

  PHOTOS   folder whose sub-folders are categories
  WEIGHTS  ImageNet weights, safetensors, batch norm folded
  OUT      folder to publish into (artifacts/model/jewelry-mobilenetv2-128); the 8-bit model goes beside it, with -int8 added

Stopped, it goes on where it was when called again. SEED (1) and VERSION (2.1.0) may be set in the environment. The recipes of its three parts are
services/trainer/recipes/jewelry.json, jewelry-further.json and jewelry-last.json; the models of the first two stay in OUT.parts.
EOF
}

case "${1-}" in -h|--help) usage; exit 0 ;; esac
[ $# -ge 2 ] && [ $# -le 3 ] || { usage >&2; exit 2; }
[ -d "$1" ] || { echo "There is no folder '$1'." >&2; exit 1; }
[ -f "$2" ] || { echo "There is no file '$2'." >&2; exit 1; }
photos=$(realpath "$1") weights=$(realpath "$2") out=$(realpath -m "${3-$root/artifacts/model/jewelry-mobilenetv2-128}")
first=$out.parts/1/$(basename "$out") second=$out.parts/2/$(basename "$out")
cd "$root"

# Another seed than the demo's, by which attributes are judged.
catalogue=artifacts/catalogue-7
if [ ! -f "$catalogue/complete" ]; then
  rm -rf "$catalogue"
  dotnet run -c Release --project tools/Search.JewelryRenderer -- catalogue --out "$catalogue" --seed 7 --per-category 30 --size 256
  touch "$catalogue/complete"
fi

# RECIPE VERSION FOLDER [MORE...]; what is published and has no checkpoint was trained to its end by a call that was stopped later.
train() {
  [ ! -f "$3/model.json" ] || [ -d "$3.checkpoints" ] || return 0
  mkdir -p "$(dirname "$3")"
  ./search train --photos "$photos" --weights "$weights" --catalogue "$catalogue" --judging-catalogue demo --provenance models/provenance.json \
    --recipe "services/trainer/recipes/$1.json" --seed "${SEED-1}" --model-version "$2" --out "$3" --curves "$3.curves.jsonl" --resume "${@:4}"
}

# The model in 8 bits is the last thing made: if it is there, all begins anew.
[ ! -f "$out-int8/model.json" ] || rm -f "$out-int8/model.json" "$out/model.json" "$first/model.json" "$second/model.json"
train jewelry 2.0.0 "$first"
train jewelry-further "${VERSION-2.1.0}" "$second" --start-from "$first"
train jewelry-last "${VERSION-2.1.0}" "$out" --start-from "$second"
./search quantize --model "$out" --photos "$photos"
