"""Finder's Quick Actions for the disk image, where a double click puts one in.

`python -m installers.macos.quick_actions FOLDER`

In both languages, a folder each. `paddlescan menu install` does the same without clicks, wherever the app is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from paddlescan.desktop.menus.finder import workflow_texts
from paddlescan.document import Language

PROGRAM: Final = "/Applications/PaddleScan.app/Contents/MacOS/paddlescan"
_FOLDERS: Final[dict[Language, str]] = {"en": "Quick Actions", "zh": "快速操作"}


def write_quick_actions(folder: Path) -> list[Path]:
    """Write them, and say which files they are."""
    written = []
    for language, name in _FOLDERS.items():
        for inside, text in workflow_texts((PROGRAM,), language).items():
            file = folder / name / inside
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
            written.append(file)
    return written


if __name__ == "__main__":
    write_quick_actions(Path(sys.argv[1]))
