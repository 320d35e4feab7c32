#!/bin/sh
# Try the packed program (built by `make package`) in a place like no developer's machine.
#   frozen.sh [FOLDER]     the folder that was built; dist/paddlescan if none is named
set -eu
cd "$(dirname "$0")/../.."
PADDLESCAN_FROZEN=${1:-dist/paddlescan}
export PADDLESCAN_FROZEN
[ -x "$PADDLESCAN_FROZEN/paddlescan" ] || { echo "$PADDLESCAN_FROZEN holds no program: run make package" >&2; exit 1; }
cat "$PADDLESCAN_FROZEN/VERSION"
exec env PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -q --durations=10 tests/packages/frozen.py
