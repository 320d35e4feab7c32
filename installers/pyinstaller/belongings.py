"""What lies beside the program in its folder: the version file, and the licences of all that it holds."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from inputs import lock_hash

_WHERE = """The licences of PaddleScan and of all that it is made of
=======================================================

LICENSE, NOTICE       PaddleScan's own, in the folder above
python.txt            Python
pyinstaller.txt       the starter, with its exception for programs that are packed with it
lib*.txt              libraries of the Linux that this was built on
../_internal/resources/licences/THIRD_PARTY.txt
                      every package inside and the libraries that those bring: Qt and PySide6 (LGPL), models, fonts; the
                      window shows them under About

Qt, and every other library under the LGPL, lies in a file of its own below _internal, to be replaced by your own.
"""


def write_version(root: Path, folder: Path) -> None:
    """VERSION: what this is and what it was built from."""
    source = (root / "paddlescan/__init__.py").read_text(encoding="utf-8")
    version = re.search(r'^__version__ = "(.+)"', source, re.MULTILINE)
    lines = {
        "name": "PaddleScan",
        "version": version[1] if version else "unknown",
        "commit": _commit(root) or "unknown",
        "lock": f"sha256:{lock_hash(root)}",
        "python": platform.python_version(),
        "system": f"{sys.platform} {platform.machine()}",
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    file = folder / "VERSION"
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8", newline="\n")


def _commit(root: Path) -> str:
    """Of the checkout, with a mark where it was changed since; nothing where it is no checkout."""
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return told.stdout.strip()


def add_licences(root: Path, folder: Path) -> None:
    """LICENSE and NOTICE, and a folder with the texts of Python, the starter, and the system's libraries inside.

    Those of all packages lie in `resources/licences`, which the window shows.
    """
    for name in ("LICENSE", "NOTICE"):
        shutil.copyfile(root / name, folder / name)
    licences = folder / "licences"
    licences.mkdir()
    (licences / "README.txt").write_text(_WHERE, encoding="utf-8", newline="\n")
    shutil.copyfile(_python_licence(), licences / "python.txt")
    shutil.copyfile(_starter_licence(), licences / "pyinstaller.txt")
    for package, text in sorted(_system_packages(folder)):
        shutil.copyfile(text, licences / f"{package}.txt")


def _python_licence() -> Path:
    places = (Path(sysconfig.get_path("stdlib"), "LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt"))
    debian = Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright")
    return next(place for place in (*places, debian) if place.is_file())


def _starter_licence() -> Path:
    """PyInstaller's, with its exception for programs that are packed with it."""
    for file in importlib.metadata.files("pyinstaller") or ():
        if file.name == "COPYING.txt":
            return Path(str(file.locate()))
    raise SystemExit("PyInstaller's licence was not found")


def _system_packages(folder: Path) -> Iterator[tuple[str, Path]]:
    """Debian's packages of which libraries were taken, and their licences."""
    if sys.platform != "linux" or shutil.which("dpkg-query") is None:
        return
    taken = [file.name for file in (folder / "_internal").glob("*.so*") if not file.is_symlink()]
    for name in taken:
        found = subprocess.run(["dpkg-query", "-S", f"*/{name}"], capture_output=True, text=True, check=False).stdout
        package = found.partition(":")[0]
        text = Path("/usr/share/doc", package, "copyright")
        if package and text.is_file():
            yield package, text
