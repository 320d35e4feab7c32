"""How tests start the faulty children in place of the real ones."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from paddlescan.document import SourceFile

SCRIPT = Path(__file__).with_name("faulty_child.py")


def faulty(mode: str, name: str | None = None) -> tuple[str, ...]:
    """The command of a child that misbehaves this way (for files of that name only)."""
    return (sys.executable, str(SCRIPT), mode, *([name] if name else []))


def pretended_card(columns: int = 32_768) -> tuple[str, ...]:
    """The command of an engine on a card that is the processor, with memory for so many columns of lines at once."""
    return (sys.executable, str(SCRIPT.with_name("pretended_card.py")), str(columns), "1", "cpu")


def there(name: str) -> SourceFile:
    """A file of that name for a child that reads nothing of it: it only must be there, to be opened."""
    return SourceFile(os.fsencode(SCRIPT), name)
