"""Where the CSV goes that lies beside the files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def beside(paths: Sequence[str]) -> Path:
    """A name for the CSV beside the files that no file has yet."""
    first = Path(paths[0]).absolute()
    if len(paths) > 1:
        wanted = first.parent / f"{first.parent.name or 'PaddleScan'}.csv"
    elif first.is_dir():
        wanted = first / f"{first.name or 'PaddleScan'}.csv"
    else:
        wanted = first.with_suffix(".csv")
    free, number = wanted, 2
    while os.path.lexists(free):
        free, number = wanted.with_stem(f"{wanted.stem} ({number})"), number + 1
    return free
