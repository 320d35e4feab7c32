"""Passengers of tickets: a person's number, its middle starred out, and behind it the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.page import Page

_BEHIND_NUMBER = re.compile(r"(?<![\dA-Z])(\d{4}[\d*×xX木水]{6,18})([\u4e00-\u9fff·]{2,8})(?![\u4e00-\u9fff])")
"""The stars may have been read as letters, or not at all."""
_STAR = re.compile(r"[*×木水]")
_WITHOUT_STARS = range(13, 19)
"""Digits of a number in which no star was read: a telephone has fewer, an invoice's number more."""
_VARIANTS = str.maketrans("黃戶產靑內呂吳溫鄭陳張劉楊馬韓許", "黄户产青内吕吴温郑陈张刘杨马韩许")


def simplified(name: str) -> str:
    """A name as mainland forms print it: letters that recognisers take for their older shapes are put right."""
    return name.translate(_VARIANTS)


def propose(page: Page) -> Iterator[Candidate]:
    """The name behind a person's number, also where the stars broke the line into pieces."""
    for row in page.sheet.rows:
        lines = [page.sheet.lines[i] for i in row]
        text = "".join(line.text for line in lines).replace(" ", "")
        match = _BEHIND_NUMBER.search(text)
        if match and (_STAR.search(match[1]) or len(match[1]) in _WITHOUT_STARS):
            name = match[2]
            holders = [line for line in lines if name in line.text.replace(" ", "")]
            yield Candidate("passenger", simplified(name), name, tuple(holders[-1:]), {"bias": 1.0})
