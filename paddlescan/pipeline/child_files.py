"""Files that a child leaves in its scratch folder for its owner."""

from __future__ import annotations

import re

from paddlescan.pipeline.supervisor import ChildProcess

_NAME = re.compile(r"[a-z0-9-]{1,40}\.(rgb|png|jpg)")


def scratch_file(child: ChildProcess, name: str) -> str:
    """The full path of a file that lies in a child's scratch and is a plain file, no link out of it."""
    if child.scratch is None or not _NAME.fullmatch(name):
        raise child.distrust()
    file = child.scratch / name
    if file.is_symlink() or not file.is_file():
        raise child.distrust()
    return str(file)
