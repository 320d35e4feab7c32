"""The names that a page's own web and mail addresses hold: www.blueheron.co.uk is Blue Heron's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from paddlescan.extraction import patterns
from paddlescan.extraction.text import letters_and_digits

_HOST = re.compile(
    r"(?:@|www\.|https?://)\s?([a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,40}){1,4})|(?<![\w.@])([a-z0-9-]{3,40}\.(?:com|net|org|co|biz|shop)(?:\.[a-z]{2})?)(?![\w])",
    re.IGNORECASE,
)
_SHORTEST = 4


def site_names(texts: Iterable[str]) -> frozenset[str]:
    """The last part of each host before its ending, letters and digits in capitals; mail services left out."""
    found = set()
    for text in texts:
        for match in _HOST.finditer(text):
            parts = [part for part in (match[1] or match[2]).lower().split(".") if part not in patterns.site_endings()]
            key = letters_and_digits(parts[-1]) if parts else ""
            if len(key) >= _SHORTEST and key not in patterns.mail_services():
                found.add(key)
    return frozenset(found)


def is_of_site(name: str, sites: frozenset[str]) -> bool:
    """Whether a site is named after a name: begins with it or is the beginning of it."""
    if not sites:
        return False
    key = letters_and_digits(name)
    return len(key) >= _SHORTEST and any(key.startswith(site) or site.startswith(key) for site in sites)
