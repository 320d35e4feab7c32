"""Compare two builds of the packed program byte by byte; a program that differs, module by module.

compare.py FOLDER FOLDER     exit status 1 if they differ
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file, where links lead, and who may run it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            found[name] = f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_mode:o}"
    return found


def modules(program: Path) -> dict[str, str]:
    """SHA-256 of each module that is packed into a program."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(program))
    found = {}
    for name in archive.toc:
        if name.endswith(".pyz"):
            packed = archive.open_embedded_archive(name)
            for module in packed.toc:
                found[module] = hashlib.sha256(packed.extract(module, raw=True) or b"").hexdigest()
        else:
            found[name] = hashlib.sha256(archive.extract(name)).hexdigest()
    return found


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Names that are not the same in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def main() -> int:
    """Print what differs."""
    one, other = Path(sys.argv[1]), Path(sys.argv[2])
    first, second = digests(one), digests(other)
    differing = differences(first, second)
    for name in differing:
        print(f"differs: {name}")
        if name.partition(".")[0] in ("paddlescan", "paddlescan-gui") and name in first and name in second:
            for module in differences(modules(one / name), modules(other / name)):
                print(f"  in it: {module}")
    print(f"{len(first)} files and links, {len(differing)} of them differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
