#!/bin/sh
# Read with OpenVINO, in a virtual environment of its own (build/openvino): it is no part of what everybody installs.
# Checked against the hash in requirements.lock beside this; without its telemetry, so nothing is resolved here.
set -eu
cd "$(dirname "$0")/../.."
folder=build/openvino
sh tests/linked_environment.sh "$folder"
wanted=$(sed -n 's/^openvino==\([^ ]*\).*/\1/p' tests/openvino/requirements.lock)
if ! "$folder/bin/python" -c "from importlib.metadata import version; raise SystemExit(version('openvino') != '$wanted')" 2>/dev/null
then
  "$folder/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r tests/openvino/requirements.lock
fi
exec "$folder/bin/python" -m pytest tests/openvino tests/unit/ocr/test_runners.py "$@"
