"""Files and folders that a start names for the window: what is not there is said before anything else happens."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from paddlescan.cli.printable import printable
from paddlescan.document import Language
from paddlescan.words import say


def those_there(paths: Sequence[str], language: Language) -> list[str]:
    """The paths that exist, in their order; of each of the others standard error says that it does not."""
    there = []
    for path in paths:
        if _missing(path):
            print(say("path_missing", language, path=printable(path)), file=sys.stderr)
        else:
            there.append(path)
    return there


def _missing(path: str) -> bool:
    """Whether there is nothing of that name. What cannot be looked at is left to whoever reads it."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False
