#!/usr/bin/env bash
# From ImageNet weights to a published model, float32 and 8 bits: draws a catalogue to learn attributes from, trains, judges, quantises.
set -euo pipefail
root=$(dirname "$(dirname "$(realpath "${BASH_SOURCE[0]}")")")

usage() {
  cat <<'EOF'
Trains the model of models/jewelry-mobilenetv2-128 anew; under 90 minutes on two cores.

  scripts/train-model.sh PHOTOS WEIGHTS [OUT]

  PHOTOS   folder whose sub-folders are categories
  WEIGHTS  ImageNet weights, safetensors, batch norm folded
  OUT      folder to publish into (artifacts/model/jewelry-mobilenetv2-128); the 8-bit model goes beside it, with -int8 added

Stopped, it goes on where it was when called again. RECIPE (services/trainer/recipes/jewelry.json), SEED (1) and VERSION (2.0.0) may be set in the environment.
EOF
}

case "${1-}" in -h|--help) usage; exit 0 ;; esac
[ $# -ge 2 ] && [ $# -le 3 ] || { usage >&2; exit 2; }
[ -d "$1" ] || { echo "There is no folder '$1'." >&2; exit 1; }
[ -f "$2" ] || { echo "There is no file '$2'." >&2; exit 1; }
photos=$(realpath "$1") weights=$(realpath "$2") out=$(realpath -m "${3-$root/artifacts/model/jewelry-mobilenetv2-128}")
cd "$root"

# Another seed than the demo's, by which attributes are judged.
catalogue=artifacts/catalogue-7
if [ ! -f "$catalogue/complete" ]; then
  rm -rf "$catalogue"
  dotnet run -c Release --project tools/Search.JewelryRenderer -- catalogue --out "$catalogue" --seed 7 --per-category 30 --size 256
  touch "$catalogue/complete"
fi

mkdir -p "$(dirname "$out")"
# Trained already and not yet in 8 bits: stopped between the two.
if [ ! -f "$out/model.json" ] || [ -f "$out-int8/model.json" ] || [ -d "$out.checkpoints" ]; then
  ./search train --photos "$photos" --weights "$weights" --catalogue "$catalogue" --judging-catalogue demo --provenance models/provenance.json \
    --recipe "${RECIPE-services/trainer/recipes/jewelry.json}" --seed "${SEED-1}" --model-version "${VERSION-2.0.0}" --out "$out" --curves "$out.curves.jsonl" --resume
fi
./search quantize --model "$out" --photos "$photos"
