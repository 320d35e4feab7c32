#!/bin/sh
# All benchmarks that need no arguments, one after the other.   run.sh BIN   (the bin folder of the environment)
set -eu
cd "$(dirname "$0")/../.."
python=${1:-.venv/bin}/python
echo "== speed beside RapidOCR"
"$python" -m tests.benchmarks.speed_vs_rapidocr
echo "== skew"
"$python" -m tests.benchmarks.deskew
