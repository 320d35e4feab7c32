"""Make the Windows installer of a packed program. Runs wherever NSIS does; what it makes is the same everywhere.

`python -m installers.windows.build [--payload dist/paddlescan] [--out FILE] [--version V] [--target T]`

A certificate is used where the environment has a command for it: `PADDLESCAN_SIGN`, to which the file's name is added.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

import paddlescan
from installers.icons import write_icons
from installers.windows.explorer import GUI
from installers.windows.script import LIST, definitions, list_of_files

HERE = Path(__file__).parent
SIDE = (164, 314)
"""Pixels, as NSIS's pages want it."""
TARGET = "x86-unicode" if sys.platform == "win32" else "amd64-unicode"
"""Of the installer itself, whatever it installs. NSIS's own release for Windows knows the first one only; Debian's
knows both, and a Wine of 64 bits runs the second one only."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the installer and say where it is; 2 if there is nothing to pack, 3 without NSIS, 1 if that fails."""
    options = _options(arguments)
    payload, version = Path(options.payload), str(options.version)
    out = Path(options.out or f"dist/paddlescan-{version}-setup.exe")
    if not (payload / GUI).is_file():
        print(f"{payload} holds no {GUI}: pack the program on Windows first (make package).", file=sys.stderr)
        return 2
    makensis = _makensis()
    if makensis is None:
        print("NSIS is not installed (Debian: nsis; Windows: nsis.sourceforge.io).", file=sys.stderr)
        return 3
    made = Path("build/windows/made").absolute()
    write_parts(made, payload, version, out)
    out.parent.mkdir(parents=True, exist_ok=True)
    told = (f"-DMADE={made}", f"-DTARGET={options.target}")
    command = [makensis, "-V2", "-INPUTCHARSET", "UTF8", *told, str(HERE / "paddlescan.nsi")]
    # Outside Windows it takes names for what the locale says they are.
    done = subprocess.run(command, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode == 0:
        print(out)
    return 1 if done.returncode else 0


def write_parts(made: Path, payload: Path, version: str, out: Path) -> None:
    """Write what the script includes into a folder."""
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    draw_side(write_icons(made)[128], made / "side.bmp")
    (made / LIST).write_bytes(b"\xff\xfe" + list_of_files(payload).encode("utf-16-le"))
    text = definitions(version, payload, out, os.environ.get("PADDLESCAN_SIGN"))
    (made / "made.nsh").write_text(text, encoding="utf-8")


def draw_side(icon: Path, out: Path) -> None:
    """Draw the picture at the side of the last page: the icon, on ground of its own colour."""
    with Image.open(icon) as drawn:
        ground = drawn.convert("RGB").getpixel((drawn.width // 6, drawn.height // 4))
        picture = Image.new("RGB", SIDE, ground)
        picture.paste(drawn, ((SIDE[0] - drawn.width) // 2, (SIDE[1] - drawn.height) // 3), drawn)
    picture.save(out)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m installers.windows.build")
    parser.add_argument("--payload", default="dist/paddlescan")
    parser.add_argument("--out")
    parser.add_argument("--version", default=paddlescan.__version__)
    parser.add_argument("--target", default=TARGET, choices=("x86-unicode", "amd64-unicode"))
    return parser.parse_args(arguments)


def _makensis() -> str | None:
    usual = Path(os.environ.get("PROGRAMFILES(X86)", ""), "NSIS", "makensis.exe")
    return shutil.which("makensis") or (str(usual) if usual.is_file() else None)


if __name__ == "__main__":
    sys.exit(main())
