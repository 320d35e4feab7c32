"""Links from a workbook to files on the disk."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from paddlescan.document.export import ExportRow

Link = Callable[[ExportRow], Path | None]
"""The file of a row; None: there is none."""

_ESCAPED = re.compile(r"""[\x00-\x20"#%<>?\[\\\]^`{|}\x7f]""")
"""What may not stand in the path of a link; other letters, Chinese ones too, are written as they are."""

LONGEST = 2_000
"""Characters; Excel takes 2,079."""


def linked_file(row: ExportRow) -> Path | None:
    """The file of a row as the store knows it: a `Link`."""
    return None if row.ref is None else Path(row.ref.source.path)


def target_of(file: Path, workbook: Path) -> str | None:
    """Where a link in a workbook leads to: relative where the file lies beside or below it, so that both can be moved.

    None where there can be no link: a name that is no text or that XML forbids, or one that is too long.
    """
    absolute = Path(os.path.abspath(file))
    folder = Path(os.path.abspath(workbook)).parent
    if "\ufffe" in str(absolute) or "\uffff" in str(absolute):
        return None
    try:
        str(absolute).encode("utf-8")
    except UnicodeEncodeError:
        return None
    if absolute.is_relative_to(folder):
        shown = absolute.relative_to(folder).as_posix()
        # A first part with a colon would be taken for a drive or a scheme.
        target = _escaped(f"./{shown}" if ":" in shown.split("/")[0] else shown)
    else:
        rooted = absolute.as_posix()
        target = "file://" + _escaped(rooted if rooted.startswith("/") else f"/{rooted}")
    return target if len(target) <= LONGEST else None


def _escaped(path: str) -> str:
    return _ESCAPED.sub(lambda found: f"%{ord(found.group()):02X}", path)
