"""How tests start the faulty children in place of the real ones."""

from __future__ import annotations

import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("faulty_child.py")


def faulty(mode: str, name: str | None = None) -> tuple[str, ...]:
    """The command of a child that misbehaves this way (for files of that name only)."""
    return (sys.executable, str(SCRIPT), mode, *([name] if name else []))
