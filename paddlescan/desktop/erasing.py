"""Erasing what PaddleScan keeps of a person. Only what it made itself: its folders may hold other things.

An office's own words and layouts (`patterns`) and column templates stay: they are work, and say nothing of receipts.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from paddlescan.export.leftovers import sweep
from paddlescan.paths import Paths


def kept(paths: Paths) -> Iterator[Path]:
    """Files and folders that hold lists, pictures, logs and settings, as far as there are any."""
    yield from paths.data.glob(f"{paths.store.name}*")  # with its journal, locks and drops not taken in
    places = (paths.backups, paths.pasted, paths.scanned, paths.thumbnails, paths.scratch)
    yield from (place for place in places if place.exists())
    yield from paths.logs.glob("*.log*")
    for folder in (paths.config, paths.templates, paths.data):  # what a kill left while it was written
        yield from folder.glob(".paddlescan-*.part")
    yield from paths.config.glob(f"{paths.settings.stem}.*")


def size_of(paths: Paths) -> int:
    """How many bytes all that takes."""
    files = (file for place in kept(paths) for file in (place.rglob("*") if place.is_dir() else (place,)))
    return sum(_size(file) for file in files)


def erase(paths: Paths) -> tuple[Path, ...]:
    """Erase it all, and say what could not be erased. Nobody may have the store or the logs open (Windows minds)."""
    sweep(Path(tempfile.gettempdir()))
    for place in list(kept(paths)):
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place, ignore_errors=True)
        else:
            try:
                place.unlink(missing_ok=True)
            except OSError:
                continue  # it is told below
    return tuple(kept(paths))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:  # gone meanwhile
        return 0
