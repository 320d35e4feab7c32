"""Pictures of receipts that a benchmark reads: those of a folder, once or over and over."""

from __future__ import annotations

import sys
from pathlib import Path

PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp")


def pictures(folder: Path) -> list[Path]:
    """Those in a folder and in folders within it, by name. Raises SystemExit where there are none."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in PICTURES and path.is_file())
    if not found:
        sys.exit(f"no pictures in {folder}")
    return found


def real_pages(source: Path, folder: Path, count: int) -> Path:
    """So many files that link to the pictures of a folder, each of which may come several times."""
    found = pictures(source)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        picture = found[number % len(found)]
        file = folder / f"real {number:06d}{picture.suffix.lower()}"
        if not file.exists():
            file.symlink_to(picture.resolve())
    return folder
