"""The files of the manual, which the window shows: they lie in `docs/`, and are packed beside the resources."""

from __future__ import annotations

import re
from pathlib import Path

LANGUAGES = ("en", "zh")


def manual_files(root: Path) -> list[Path]:
    """The manual in every language, its pictures, and the texts of `docs/` that it leads to, as far as they exist."""
    docs = root / "docs"
    texts = [file for file in (docs / f"manual_{language}.md" for language in LANGUAGES) if file.is_file()]
    links = {link for file in texts for link in re.findall(r"\]\(([^)#\s:]+)\)", file.read_text(encoding="utf-8"))}
    return sorted({*texts, *(docs / link for link in links if (docs / link).is_file())})
