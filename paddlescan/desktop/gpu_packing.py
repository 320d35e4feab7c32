"""Makes a packed program's GPU package from wheels that somebody fetched, and takes it away again.

Nothing is fetched here. A wheel is taken only if its SHA-256 is that of the lock inside the program, so it does not
matter where it comes from. The package appears in one step when all of it is there.
"""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import stat
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from paddlescan.disk import folder_trouble
from paddlescan.errors import GpuWheelsMissing, NoPermission, WheelDamaged
from paddlescan.ocr.gpu_package import NOTE, Locked, locked, note

_SYSTEMS = {"linux": "linux", "win32": "win"}
_NO_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
"""What the library says of a file that is no whole zip."""


def fetch_command(lock: Path, folder: str) -> str:
    """What a person types to fetch the wheels with pip, on a computer that is on the network."""
    python = "py" if sys.platform == "win32" else "python3"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (
        f"{python} -m pip download --no-deps --require-hashes --only-binary=:all: --python-version {version}"
        f' -d {folder} -r "{lock}"'
    )


def make_package(wheels: Path, place: Path, wanted: Iterable[Locked] | None = None) -> int:
    """Make the package in the folder `place` from the wheels in a folder; returns its bytes.

    wanted: None for what the program's lock names. A package that is there is replaced, anything else is left. Raises
    GpuWheelsMissing, WheelDamaged, NoPermission, DiskFull or FolderUnwritable; the package that was there stays then.
    """
    files = wheels_of(wheels, locked() if wanted is None else wanted)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".paddlescan-gpu-") as folder:
            fresh = Path(folder, "package")
            fresh.mkdir(mode=0o755)
            for file in files:
                _unpack(file, fresh)
            (fresh / NOTE).write_text(json.dumps(dict(note()), indent=1) + "\n", encoding="utf-8")
            _put_in_place(fresh, place, Path(folder, "old"))
    except OSError as error:
        raise folder_trouble(error, place) from error
    return size_of(place)


def remove_package(place: Path) -> bool:
    """Remove a package; False where there is none. Raises FolderUnwritable. A folder without our note is left."""
    if not (place / NOTE).is_file():
        return False
    try:
        shutil.rmtree(place)
    except OSError as error:
        raise folder_trouble(error, place) from error
    return True


def size_of(place: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(file.stat().st_size for file in place.rglob("*") if file.is_file())


def wheels_of(folder: Path, wanted: Iterable[Locked]) -> list[Path]:
    """For each package its wheel in this folder, for this system.

    Raises GpuWheelsMissing, WheelDamaged or NoPermission.
    """
    found, missing = [], []
    for one in wanted:
        stem = f"{one.name.replace('-', '_')}-{one.version}-"
        candidates = [file for file in sorted(folder.glob("*.whl")) if file.name.startswith(stem) and _is_ours(file)]
        if not candidates:
            missing.append(f"{one.name} {one.version}")
        for file in candidates[:1]:
            if _sha256(file) not in one.sha256:
                raise WheelDamaged(file=file.name)
            found.append(file)
    if missing:
        raise GpuWheelsMissing(file=str(folder), detail=", ".join(missing))
    return found


def _sha256(wheel: Path) -> str:
    try:
        with wheel.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except PermissionError as error:
        raise NoPermission(file=wheel.name) from error
    except OSError as error:  # a disk that cannot read it any more, or a folder of that name
        raise WheelDamaged(file=wheel.name) from error


def _is_ours(wheel: Path) -> bool:
    """Whether a wheel's name says that it is for this Python and this system."""
    python, _, system = wheel.stem.split("-")[-3:]
    mine = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return python in (mine, "py3", "py2.py3") and _SYSTEMS.get(sys.platform, "none") in system


def _unpack(wheel: Path, place: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as packed:
            for member in packed.infolist():
                path = PurePosixPath(member.filename)
                if path.is_absolute() or ".." in path.parts or stat.S_ISLNK(member.external_attr >> 16):
                    raise WheelDamaged(file=wheel.name)
            packed.extractall(place)
    except _NO_ZIP as error:
        raise WheelDamaged(file=wheel.name) from error


def _put_in_place(fresh: Path, place: Path, aside: Path) -> None:
    """Replace the package that is there; where that fails it is there again."""
    if place.exists():
        _move_away(place, aside)
    try:
        fresh.rename(place)
    finally:
        if aside.exists() and not place.exists():
            aside.rename(place)


def _move_away(place: Path, aside: Path) -> None:
    """A folder that holds no package of ours is not ours to replace."""
    if not (place / NOTE).is_file():
        raise FileExistsError(errno.EEXIST, "it is there already and holds something else")
    place.rename(aside)
