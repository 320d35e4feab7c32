#!/bin/sh
# All benchmarks but those of `make bench`, one after the other.   run.sh BIN   (the bin folder of the environment)
# The real receipts lie where PADDLESCAN_RECEIPTS says or beside the checkout; without them the drawn samples serve.
set -eu
cd "$(dirname "$0")/../.."
python=${1:-.venv/bin}/python
receipts=${PADDLESCAN_RECEIPTS:-../shared/data/receipts}
lines=${PADDLESCAN_LINES:-../shared/data/sroie_lines}
work=build/bench/all
rm -rf "$work"
mkdir -p "$work"
PADDLESCAN_HOME=$(pwd)/$work/home
export PADDLESCAN_HOME

echo "== each step of preparing a page, beside jdeskew"
"$python" -m tests.benchmarks.steps --peer
echo "== several receipts on a page"
"$python" -m tests.benchmarks.regions
"$python" -m tests.benchmarks.several --seed 7000 --pages 35
echo "== seals"
"$python" -m tests.benchmarks.seals

echo "== fields of drawn tickets, from seeds that nothing was tuned on"
"$python" -m tests.benchmarks.drawn_fields --seed 5000

fields() {  # FOLDER MANIFEST
  status=0
  "$python" -m paddlescan scan "$1" --json "$work/fields.json" --overwrite --quiet || status=$?
  [ "$status" -le 1 ] || return "$status"  # 1: some pages failed, as damaged ones among the real receipts must
  "$python" -m tests.benchmarks.fields --export "$work/fields.json" --manifest "$2" --as-exported
  "$python" -m tests.benchmarks.checks --export "$work/fields.json" --manifest "$2"
}
echo "== repairs of misread tax numbers"
"$python" -m tests.benchmarks.repairs --tax-numbers 20000
echo "== fields of the drawn samples"
fields resources/samples resources/samples/truth.json
if [ -f "$receipts/manifest.json" ]; then
  echo "== fields of the real receipts"
  fields "$receipts" "$receipts/manifest.json"
  echo "== fields of the real English receipts, beside amagi-receipts-to-csv"
  "$python" -m tests.benchmarks.fields_vs_peer --export "$work/fields.json" --manifest "$receipts/manifest.json"
  echo "== skew of the real receipts"
  PADDLESCAN_RECEIPTS=$receipts "$python" -m tests.benchmarks.deskew
  echo "== quarter turns, beside PP-LCNet"
  PADDLESCAN_RECEIPTS=$receipts "$python" -m tests.benchmarks.orientation --peer
  echo "== the quality gate"
  PADDLESCAN_RECEIPTS=$receipts "$python" -m tests.benchmarks.quality
else
  echo "== no real receipts in $receipts: their fields and skew were not measured" >&2
fi
if [ -f "$lines/lines.jsonl" ]; then
  echo "== receipts told apart by their lines alone"
  "$python" -m tests.benchmarks.several --lines "$lines" --seed 5000
  echo "== fields and line items of shops not used for fitting, from text lines"
  "$python" -m tests.benchmarks.fields --lines "$lines" --part held-out --items
  echo "== dates and amounts, beside libraries"
  "$python" -m tests.benchmarks.formats --lines "$lines" --count 400
else
  echo "== no receipts as text lines in $lines" >&2
fi
