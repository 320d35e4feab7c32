"""How large a table may be that is read back."""

from __future__ import annotations

from collections.abc import Callable

Look = Callable[[], None]
"""Called often while a large table is read; what it raises ends the reading."""

MAX_BYTES = 64 << 20
"""Of a CSV."""
MAX_RICH_BYTES = 512 << 20
"""Of an XLSX, which has pictures in it, or a JSON, which has the lines of every page."""
MAX_ROWS = 50_000
MAX_COLUMNS = 500
MAX_SEPARATORS = 200_000
"""In one line of a CSV, those within its texts included."""
MAX_OBJECTS = 6_000_000
"""In a JSON: 50,000 receipts of a hundred lines have 6 million."""
MAX_PARTS = 10_000
"""Files within an XLSX; each picture is one."""
MAX_XML_BYTES = 256 << 20
"""Of the unpacked parts of an XLSX that are read."""
MAX_TAGS = 4_000_000
"""In one part of an XLSX: 10,000 receipts of 27 columns have 1.6 million."""


def no_look() -> None:
    """Nobody calls it off."""
