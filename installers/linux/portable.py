"""`make portable`: the packed program as an archive that is unpacked anywhere and run from there, without installing.

`python -m installers.linux.portable PAYLOAD INTO` writes paddlescan-VERSION-linux-MACHINE.tar.zst. Built from the same
content before, it is not built again; the same content gives the same bytes.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from installers.linux.releases import newest
from installers.linux.share import write_share
from installers.linux.tree import key_of, modes_set

_WORDS = Path(__file__).parent
_READ_ME = {"portable_en.txt": "README.txt", "portable_zh.txt": "使用说明.txt"}


def build(payload: Path, into: Path) -> Path:
    """Build the archive, or find it built from the same content; where it is."""
    release = newest()
    name = f"paddlescan-{release.version}-linux-{platform.machine()}"
    file = into / f"{name}.tar.zst"
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".portable-") as folder:
        root = Path(folder, name)
        shutil.copytree(payload, root, symlinks=True)
        write_share(root / "share")
        for source, target in _READ_ME.items():
            (root / target).write_text((_WORDS / source).read_text(encoding="utf-8"), encoding="utf-8")
        modes_set(root)
        key, remembered = key_of(root), into / f".{file.name}.key"
        if file.is_file() and remembered.is_file() and remembered.read_text() == key:
            print(f"{file}: built from the same content before")
            return file
        remembered.unlink(missing_ok=True)
        fixed = ("--sort=name", f"--mtime=@{release.epoch}", "--owner=0", "--group=0", "--numeric-owner")
        packing = ("tar", *fixed, "--format=gnu", "-I", "zstd -9 -T0 -q", "-cf", f"{folder}/{file.name}")
        subprocess.run([*packing, "-C", folder, name], check=True)
        Path(folder, file.name).replace(file)
        remembered.write_text(key)
    print(f"{file}: {file.stat().st_size / 1e6:.0f} MB")
    return file


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
