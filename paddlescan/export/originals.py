"""The files that are read: no export takes the place of one of them, whatever is said about replacing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from paddlescan.document.source import printable_name
from paddlescan.errors import ExportFailed
from paddlescan.export.atomic import Obstacle


class Originals:
    """Looked at once, when a file is about to be replaced."""

    def __init__(self, paths: Callable[[], Iterable[str | os.PathLike[str]]]) -> None:
        """paths: says where they are; those that are gone need no care."""
        self._paths = paths
        self._known: frozenset[tuple[int, int]] | None = None

    def refuse(self, target: Path) -> None:
        """Raise ExportFailed where a file to be written is one of them, under whatever name or link."""
        at = _identity(target)
        if at is None:
            return
        if self._known is None:
            found = (_identity(path) for path in self._paths())
            self._known = frozenset(one for one in found if one is not None)
        if at in self._known:
            raise ExportFailed(file=printable_name(str(target)), detail=str(Obstacle.ORIGINAL))


def _identity(path: str | os.PathLike[str]) -> tuple[int, int] | None:
    try:
        seen = Path(path).stat()
    except (OSError, ValueError):
        return None
    return seen.st_dev, seen.st_ino
