"""`make package`: build the packed program into dist/paddlescan, unless it was built from the same inputs before.

Two builds from the same inputs on one machine give the same bytes: dates and the order of sets are fixed, the entries
are sorted (compare.py shows whether it is so).
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

from belongings import add_licences, write_version
from hollow import hollow_out
from inputs import inputs_hash
from per_system import put_app
from sizes import print_table

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
NAME = "paddlescan"
DATE = "1767225600"
"""1 January 2026: what SOURCE_DATE_EPOCH says where nobody says otherwise."""


def main() -> None:
    """Build, or say that there is nothing to build."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--into", type=Path, default=ROOT / "dist", help="the folder that gets a folder paddlescan")
    asked.add_argument("--again", action="store_true", help="build even if the inputs are the same")
    asked.add_argument("--sizes", action="store_true", help="say where the megabytes are, also without a build")
    options = asked.parse_args()
    into: Path = options.into.resolve()
    key, remembered = inputs_hash(ROOT), into / f".{NAME}-inputs"
    if options.again or not (into / NAME).is_dir() or not remembered.is_file() or remembered.read_text() != key:
        begin = time.monotonic()
        remembered.unlink(missing_ok=True)
        _swap(_built(into), into / NAME)
        remembered.write_text(key)
        print(f"{into / NAME}: built in {time.monotonic() - begin:.0f} s")
        options.sizes = True
    else:
        print(f"{into / NAME}: built from the same inputs before")
    write_version(ROOT, into / NAME)
    if options.sizes:
        print_table(into / NAME)


def _built(into: Path) -> Path:
    """A fresh build, beside its final place."""
    work = into / f".{NAME}-work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    fixed = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", DATE), "LC_ALL": "C.UTF-8"}
    private = {"PYINSTALLER_CONFIG_DIR": str(work / "config"), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        [
            *command,
            *("--distpath", str(work / "dist"), "--workpath", str(work / "work")),
            str(HERE / "paddlescan.spec"),
        ],
        env={**os.environ, **fixed, **private},
        cwd=work,
        check=True,
    )
    folder = work / "dist" / NAME
    _tidy(folder / "_internal")
    if sys.platform == "linux":  # see contents.wanted_scripts
        (folder / "qt.conf").write_text("[Paths]\nPrefix = _internal/PySide6/Qt\n")
    add_licences(ROOT, folder)
    put_app(work / "dist", into, _add_belongings)
    return folder


def _add_belongings(folder: Path) -> None:
    add_licences(ROOT, folder)
    write_version(ROOT, folder)


def _tidy(inside: Path) -> None:
    """Linux: OpenCV's useless libraries become hollow, Python's own lose their tables for debuggers.

    Those of wheels keep them: stripped, many of them no longer load.
    """
    if sys.platform != "linux":
        return
    won = hollow_out(inside / "cv2/cv2.abi3.so", inside / "opencv_contrib_python.libs", platform.machine())
    print(f"OpenCV without Qt 5 and FFmpeg: {won / 1e6:.1f} MB less")
    python = [*inside.glob("libpython3*.so*"), *inside.glob("python3.*/lib-dynload/*.so")]
    subprocess.run(["strip", "--strip-unneeded", *map(str, python)], check=True)
    for path in inside.rglob("*"):
        if path.is_symlink() and not path.exists():
            path.unlink()


def _swap(fresh: Path, place: Path) -> None:
    """Put the new folder in its place; whoever uses the old one meanwhile keeps its open files."""
    old = place.with_name(f".{NAME}-old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(place.with_name(f".{NAME}-work"), ignore_errors=True)


if __name__ == "__main__":
    main()
