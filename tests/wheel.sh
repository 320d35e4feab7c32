#!/bin/sh
# Build the wheel, install it somewhere else without the checkout, and let it read the samples it carries.
# The libraries are borrowed from the checkout's environment through a path entry (which does not load the checkout).
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
work=$root/build/wheel-check
rm -rf "$work"
mkdir -p "$work/elsewhere"
.venv/bin/python -m build --wheel --no-isolation -o "$work" . >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
.venv/bin/python -m venv "$work/env"
libraries=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
place=$("$work/env/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
"$work/env/bin/python" -m pip install -q --no-deps --no-index "$work"/paddlescan-*.whl
printf '%s\n' "$libraries" >"$place/libraries.pth"

cd "$work/elsewhere"
export PADDLESCAN_HOME="$work/home"
"$work/env/bin/python" - "$root" <<'PYTHON'
import sys
import paddlescan
from paddlescan.resources_dir import resources_folder
assert not paddlescan.__file__.startswith(sys.argv[1] + "/paddlescan"), "the checkout was imported, not the wheel"
assert resources_folder().name == "_resources"
open("samples", "w").write(str(resources_folder() / "samples"))
PYTHON
"$work/env/bin/paddlescan" models verify
"$work/env/bin/paddlescan" scan "$(cat samples)" --json out.json --csv out.csv --quiet
"$work/env/bin/python" - <<'PYTHON'
import json
pages = json.load(open("out.json", encoding="utf-8"))["pages"]
assert len(pages) >= 8 and all(page["status"] != "failed" for page in pages), [page["status"] for page in pages]
print(f"the installed wheel read {len(pages)} receipts")
PYTHON
