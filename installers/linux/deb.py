"""`make deb`: the packed program as a Debian package, which everything else on the machine can rely on.

`python -m installers.linux.deb PAYLOAD INTO`: PAYLOAD is the folder that `make package` leaves, INTO gets the .deb. The
program comes to /usr/lib/paddlescan, with a link in /usr/bin. No maintainer scripts: icons, entries, MIME types and man
pages are noticed by the triggers of the packages that keep their caches. Built from the same content before, it is not
built again; and the same content gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from installers.linux.dependencies import dependencies
from installers.linux.releases import Release, newest, releases
from installers.linux.share import packed, write_share
from installers.linux.tree import key_of, modes_set, times_set
from paddlescan.desktop.menus.installing import write_system_menus

RECOMMENDS = ("shared-mime-info", "hicolor-icon-theme")
SUGGESTS = ("python3-nautilus", "python3-caja", "sane-utils")

_MAINTAINER = "The PaddleScan authors <packages@paddlescan.invalid>"
_PURPOSE = "scanned receipts to a checked spreadsheet, on your own computer"
_MORE = """Drag a pile of scanned receipts, invoices and tickets onto a window and get
a checked spreadsheet. Pages are straightened, seals taken off the print, and
merchant, date, total, tax and invoice number read, in English and Chinese.
What is doubtful is marked beside the picture that it was read from.
.
Everything is read on this computer; nothing leaves it."""
_LIB = Path("usr/lib/paddlescan")
_DOC = Path("usr/share/doc/paddlescan")


def build(payload: Path, into: Path) -> Path:
    """Build the package, or find it built from the same content; where it is."""
    release = newest()
    architecture = _said_by("dpkg", "--print-architecture")
    file = into / f"paddlescan_{release.version}_{architecture}.deb"
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".deb-") as folder:
        root = Path(folder, "root")
        _stage(payload, root)
        _describe(root, release, architecture)
        key, remembered = key_of(root), into / f".{file.name}.key"
        if file.is_file() and remembered.is_file() and remembered.read_text() == key:
            print(f"{file}: built from the same content before")
            return file
        remembered.unlink(missing_ok=True)
        times_set(root, release.epoch)
        command = ("dpkg-deb", "-Zzstd", "-z9", "--root-owner-group", "--build", root, Path(folder, file.name))
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(release.epoch)}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        Path(folder, file.name).replace(file)
        remembered.write_text(key)
    print(f"{file}: {file.stat().st_size / 1e6:.0f} MB")
    return file


def _stage(payload: Path, root: Path) -> None:
    """Everything that the package brings, where it comes to lie."""
    shutil.copytree(payload, root / _LIB, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/paddlescan").symlink_to("../lib/paddlescan/paddlescan")
    share = root / "usr/share"
    write_share(share)
    (share / "zsh/site-functions").rename(share / "zsh/vendor-completions")  # where Debian's zsh looks
    write_system_menus(root, "/usr/bin/paddlescan")  # "Scan with Paddle", for everybody
    (root / _DOC).mkdir(parents=True)
    (root / _DOC / "copyright").write_text(_copyright(payload), encoding="utf-8")
    (root / _DOC / "changelog.gz").write_bytes(packed("\n".join(map(_news, releases()))))
    modes_set(root)


def _describe(root: Path, release: Release, architecture: str) -> None:
    """The package's own papers: control and checksums."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(file.stat().st_size for file in files)
    fields = {
        "Package": "paddlescan",
        "Version": release.version,
        "Architecture": architecture,
        "Maintainer": _MAINTAINER,
        "Installed-Size": str(-(-size // 1024)),
        "Depends": ", ".join(dependencies(root / _LIB)),
        "Recommends": ", ".join(RECOMMENDS),
        "Suggests": ", ".join(SUGGESTS),
        "Section": "graphics",
        "Priority": "optional",
        "Description": "\n ".join((_PURPOSE, *_MORE.splitlines())),
    }
    papers = root / "DEBIAN"
    papers.mkdir()
    (papers / "control").write_text("".join(f"{name}: {value}\n" for name, value in fields.items()), encoding="utf-8")
    sums = (f"{_md5(file)}  {file.relative_to(root)}\n" for file in files)
    (papers / "md5sums").write_text("".join(sums), encoding="utf-8")
    for paper in papers.iterdir():
        paper.chmod(0o644)
    papers.chmod(0o755)


def _copyright(payload: Path) -> str:
    """The licence of the program, then those of all that lies in it, in full."""
    head = f"""Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: PaddleScan
Comment: Built by PaddleScan's own `make deb`. After the paragraphs of this format come the notices
 and the licences, in full, of everything that the packed program in /{_LIB} holds.

Files: *
Copyright: 2026 The PaddleScan authors
License: Apache-2.0
 On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0.
"""
    notices = [payload / "NOTICE", *sorted((payload / "licences").glob("*.txt"))]
    parts = (f"{'=' * 80}\n{file.name}\n{'=' * 80}\n\n{file.read_text('utf-8', 'replace')}" for file in notices)
    return "\n".join((head, *parts))


def _news(release: Release) -> str:
    day = format_datetime(datetime.fromtimestamp(release.epoch, UTC))
    lines = "".join(f"  * {line}\n" for line in release.news)
    return f"paddlescan ({release.version}) unstable; urgency=medium\n\n{lines}\n -- {_MAINTAINER}  {day}\n"


def _md5(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _said_by(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
