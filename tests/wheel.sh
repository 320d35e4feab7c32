#!/bin/sh
# Build the wheel, install it somewhere else without the checkout, and let it read the samples it carries; then again
# without any runtime, where it must say what to install. The libraries are borrowed from the checkout's
# environment as hard links, so that the checkout itself is not among them, and so that they are files of the place where
# they are used: the engine's jail follows no link out of it.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
[ -x .venv/bin/python ] || sh installers/linux/environment.sh .venv requirements-dev.lock
work=$root/build/wheel-check
rm -rf "$work"
mkdir -p "$work/elsewhere" "$work/libraries/site-packages"
.venv/bin/python -m build --wheel --no-isolation -o "$work" . >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
.venv/bin/python -m venv --without-pip "$work/env"
python=$work/env/bin/python
libraries=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
place=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
.venv/bin/python -m pip --python "$python" install -q --disable-pip-version-check --no-deps --no-index "$work"/paddlescan-*.whl
for entry in "$libraries"/*; do
  case ${entry##*/} in *paddlescan*) ;; *) cp -al "$entry" "$work/libraries/site-packages/" 2>/dev/null || cp -a "$entry" "$work/libraries/site-packages/" ;; esac
done
printf '%s\n' "$work/libraries/site-packages" >"$place/libraries.pth"

cd "$work/elsewhere"
export PADDLESCAN_HOME="$work/home"
"$python" - "$root" <<'PYTHON'
import sys
from importlib.metadata import requires

from packaging.requirements import Requirement

import paddlescan
from paddlescan.resources_dir import manual_folder, resources_folder

assert not paddlescan.__file__.startswith(sys.argv[1] + "/paddlescan"), "the checkout was imported, not the wheel"
assert resources_folder().name == "_resources"
open("samples", "w").write(str(resources_folder() / "samples"))
licences = (resources_folder() / "licences" / "THIRD_PARTY.txt").read_text(encoding="utf-8")
assert "pyside6-essentials" in licences and "GNU LESSER GENERAL PUBLIC LICENSE" in licences, "the licences are not packed"
assert manual_folder().parent == resources_folder() and (manual_folder() / "manual_zh.md").is_file(), "no manual is packed"


def runtimes(extra):
    """What runs models, of what the wheel asks for with this extra."""
    asked = map(Requirement, requires("paddlescan"))
    return {r.name for r in asked if r.name.startswith(("onnxruntime", "openvino")) and (not r.marker or r.marker.evaluate({"extra": extra}))}


found = {extra: runtimes(extra) for extra in ("", "cpu", "gpu")}
assert found == {"": set(), "cpu": {"onnxruntime", "openvino"}, "gpu": {"onnxruntime-gpu"}}, found
PYTHON
"$work/env/bin/paddlescan" models verify
"$work/env/bin/paddlescan" scan "$(cat samples)" --json out.json --csv out.csv --xlsx out.xlsx \
  --template reimbursement --pdf out.pdf --quiet
"$python" - <<'PYTHON'
import json
import zipfile

pages = json.load(open("out.json", encoding="utf-8"))["pages"]
assert len(pages) >= 8 and all(page["status"] != "failed" for page in pages), [page["status"] for page in pages]
assert open("out.pdf", "rb").read(5) == b"%PDF-"
assert "xl/workbook.xml" in zipfile.ZipFile("out.xlsx").namelist()
print(f"the installed wheel read {len(pages)} receipts")
PYTHON

rm -r "$work"/libraries/site-packages/onnxruntime* "$work"/libraries/site-packages/openvino*
status=0
"$work/env/bin/paddlescan" scan "$(cat samples)" --lang en >said 2>&1 || status=$?
cat said
[ "$status" -eq 3 ] || { echo "without a runtime the exit status is $status, not 3"; exit 1; }
grep -q 'onnxruntime\|\[cpu\]' said || { echo "it does not say what to install"; exit 1; }
if grep -q Traceback said; then echo "it shows a traceback"; exit 1; fi
