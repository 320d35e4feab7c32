"""Files and folders that a person or the desktop names: a `file:` address is its path, and of what is not there the
window says so before anything else happens."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes

from paddlescan.cli.printable import printable
from paddlescan.document import Language
from paddlescan.errors import PathMissing
from paddlescan.words import say


def local_path(argument: str) -> str:
    """The path that a `file:` address of this computer stands for, as some desktops and browsers spell it; anything
    else as it is. A `#` or `?` in it belongs to the name: who forgets to spell it does not mean a part of a page."""
    scheme, colon, rest = argument.partition(":")
    if scheme.lower() != "file" or not colon or not rest.startswith("/"):
        return argument
    host, _, path = rest[2:].partition("/") if rest.startswith("//") else ("", "", rest[1:])
    if host.lower() not in ("", "localhost", platform.node().lower()):
        return argument
    found = os.fsdecode(unquote_to_bytes(path))
    if os.name != "nt":
        found = "/" + found
    return argument if "\0" in found else found


def those_there(paths: Sequence[str], language: Language) -> list[str]:
    """The paths that exist, in their order; of each of the others standard error says that it does not."""
    there = []
    for path in paths:
        if is_missing(path):
            print(say("path_missing", language, path=printable(path)), file=sys.stderr)
        else:
            there.append(path)
    return there


def refuse_missing(paths: Sequence[str]) -> None:
    """See that there is something. Raises PathMissing where none of the paths exists: they are mistyped. Where some are
    there, each of the others is a file that failed."""
    from paddlescan.pipeline.cluster.storage import is_url  # not on the way to the window

    if all(not is_url(path) and is_missing(path) for path in paths):
        raise PathMissing(file=", ".join(paths))


def is_missing(path: str) -> bool:
    """Whether there is nothing of that name. What cannot be looked at is left to whoever reads it."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False
