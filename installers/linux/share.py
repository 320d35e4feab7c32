"""The files that a desktop looks for below `share/`: entries, icons, AppStream, MIME package, man pages, completions.

`python -m installers.linux.share FOLDER` writes them below a folder; the .deb, the portable archive and the Flatpak
take them from there.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from installers.icons import write_icons
from installers.linux.completions import SHELLS, completion
from installers.linux.man_page import man_page
from paddlescan.desktop.identity import APP_ID
from paddlescan.resources_dir import resource

_SOURCES = Path(__file__).parent
_AS_THEY_ARE = {
    f"{APP_ID}.desktop": f"applications/{APP_ID}.desktop",
    "zz-paddlescan-open-with.desktop": "applications/zz-paddlescan-open-with.desktop",
    f"{APP_ID}.metainfo.xml": f"metainfo/{APP_ID}.metainfo.xml",
    f"{APP_ID}.mime.xml": f"mime/packages/{APP_ID}.xml",
}
_DRAWINGS = {
    "paddlescan.svg": f"icons/hicolor/scalable/apps/{APP_ID}.svg",
    "paddlescan-symbolic.svg": f"icons/hicolor/symbolic/apps/{APP_ID}-symbolic.svg",
}


def write_share(folder: Path) -> None:
    """Write everything below a folder, which plays `/usr/share`."""
    for source, target in _AS_THEY_ARE.items():
        _copy(_SOURCES / source, folder / target)
    for source, target in _DRAWINGS.items():
        _copy(resource("icons", source), folder / target)
    with tempfile.TemporaryDirectory() as drawn:
        for size, file in write_icons(Path(drawn)).items():
            _copy(file, folder / f"icons/hicolor/{size}x{size}/apps/{APP_ID}.png")
    for place, text in _written():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(text)


def packed(text: str) -> bytes:
    """A text as a .gz file, the same at any time."""
    return gzip.compress(text.encode(), mtime=0)


def _written() -> Iterator[tuple[str, bytes]]:
    yield "man/man1/paddlescan.1.gz", packed(man_page("en"))
    yield "man/zh_CN/man1/paddlescan.1.gz", packed(man_page("zh"))
    for shell, place in SHELLS.items():
        yield place, completion(shell).encode()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    write_share(Path(sys.argv[1]))
