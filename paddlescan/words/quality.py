"""What the findings about a page's quality mean for a person, and which of them ask for another scan."""

from __future__ import annotations

from collections.abc import Iterable

from paddlescan.document import BLANK, Language
from paddlescan.words.sentences import table_of


def wants_rescan(findings: Iterable[str]) -> bool:
    """Whether a page with these findings (by name) should be scanned again; a blank one need not."""
    return any(name != BLANK for name in findings)


def quality_sentences(findings: Iterable[str], language: Language) -> tuple[str, ...]:
    """A sentence for each finding, by name; those of newer versions are passed over."""
    table = table_of("quality")
    return tuple(table[name][language] for name in findings if name in table)


def quality_word(findings: Iterable[str], language: Language) -> str:
    """The word for a page with these findings: that it is blank, or that it should be scanned again; else nothing."""
    names = tuple(findings)
    key = "rescan" if wants_rescan(names) else "blank_page" if BLANK in names else ""
    return table_of("quality")[key][language] if key else ""
