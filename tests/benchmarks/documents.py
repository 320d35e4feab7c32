"""Figures in the documents, each between two marks, so that a new run replaces the one before and nothing else."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
PERFORMANCE = DOCS / "performance.md"


def command_line(module: str, words: Sequence[str] | None = None) -> str:
    """What was typed to measure it, for whoever wants to do so again; folders are left out, as they are of one machine.

    words: the arguments; None: those of this program.
    """
    given = sys.argv[1:] if words is None else words
    return shlex.join(["python", "-m", module, *("FOLDER" if _is_folder(word) else word for word in given)])


def _is_folder(word: str) -> bool:
    path = Path(word)
    return path.is_absolute() or path.is_dir()


def put_between(document: Path, mark: str, said: str) -> None:
    """Replace what stands between `<!-- mark -->` and `<!-- end of mark -->`. Raises SystemExit where they are not."""
    begin, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    text = document.read_text(encoding="utf-8")
    head, _, rest = text.partition(begin)
    _, found, tail = rest.partition(end)
    if not found:
        raise SystemExit(f"{document} has no place for it: {begin}")
    document.write_text(f"{head}{begin}\n\n{said.strip()}\n\n{end}{tail}", encoding="utf-8")
