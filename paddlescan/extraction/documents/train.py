"""Chinese train tickets: red and blue paper, and the electronic ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.documents import passengers
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line

_TRAIN = re.compile(r"(?<![A-Z0-9])([GDCZTKLYS]\s?\d{1,4}|\d{4})(?:次)?(?![A-Z0-9])")
_STATION = re.compile(r"([\u4e00-\u9fff]{2,6}?)\s?站(?!台)")
_NUMBER = re.compile(r"(?<![A-Z0-9])([A-Z]\d{6}|[A-Z]\d{2}[A-Z]\d{6}|\d{20})(?![A-Z0-9])")
_FOOT = re.compile(r"\d{14,21}?([A-Z×x]\d{6})(?!\d)")
_PRICE = re.compile(r"^\s?[¥Y￥半羊#*]\s?(\d{1,4}[.,]\d)(?!\d)")
"""A price whose sign and word for yuan were misread: Y242.5x; no other line of a ticket looks like it."""
_TAIL = re.compile(r"^([\u4e00-\u9fff]{0,2})\s?站")
_HEAD = re.compile(r"(?:^|[^\u4e00-\u9fff])([\u4e00-\u7ad8\u7ada-\u9fff]{1,2})\s?$")
_LEAVES = re.compile(r"^\s?[0-2]?\d\s?:\s?\d\d\s?(?:开|发车)?")
_NO_STATION = ("本站", "车站", "到站", "进站", "出站", "网站", "客运", "火车", "始发", "检票")


def propose(page: Page) -> Iterator[Candidate]:
    """Stations by their order along the row, the train between them, the ticket's number and its price."""
    yield from _stations(page)
    yield from _departures(page)
    yield from passengers.propose(page)
    for line in page.sheet.lines:
        for match in _TRAIN.finditer(line.text.upper()):
            features = {"bias": 1.0, "down": page.sheet.down(line), "letter": float(match[1][0].isalpha())}
            features["beside_station"] = float(any(_names(page, m) for m in page.sheet.row_of(line)))
            yield Candidate("train_number", match[1].replace(" ", ""), line.text, (line,), features)
        for match in _NUMBER.finditer(line.text):
            features = {"ticket": 1.0, "down": page.sheet.down(line), "ticket_foot": float(_at_foot(page, match[1]))}
            yield Candidate("invoice_number", match[1], line.text, (line,), features)
        price = _PRICE.match(line.text)
        if price:
            value = price[1].replace(",", ".")
            yield Candidate("total", f"{value}0", line.text, (line,), {"ticket_price": 1.0, "mended": 1.0})
    for one in page.sums:
        if one.amount.currency and not one.amount.negative:
            features = {"ticket_price": 1.0, "zero": float(one.amount.value == 0), "mended": float(one.amount.mended)}
            yield Candidate("total", one.amount.printed, one.line.text, (one.line,), features)


def _at_foot(page: Page, number: str) -> bool:
    """Whether the long number at the foot of a paper ticket ends in the number at its head."""
    return any((match := _FOOT.search(line.text)) and match[1][1:] == number[-6:] for line in page.sheet.lines)


def _departures(page: Page) -> Iterator[Candidate]:
    """The day of a departure: its time of day follows, and the word for leaving. An electronic ticket names its day of
    issue as well, and prints the time of day apart."""
    for line, found in page.dates:
        behind = line.text[found.end :] + "".join(m.text for m in page.sheet.row_of(line) if m.left > line.left)
        if _LEAVES.search(behind):
            text = line.text[found.start : found.end]
            yield Candidate("date", found.value.isoformat(), text, (line,), {"departs": 1.0})


def _names(page: Page, line: Line) -> list[str]:
    """The stations that a line names. Names of two letters are printed wide: the first may be a line of its own."""
    names = [m[1] for m in _STATION.finditer(line.text) if not any(word in m[0] for word in _NO_STATION)]
    tail = _TAIL.match(line.text)
    if tail:
        before = [m for m in page.sheet.row_of(line) if m.left < line.left]
        head = _HEAD.search(before[-1].text) if before else None
        if head:
            names = [head[1] + tail[1], *(name for name in names if name != tail[1])]
    return [passengers.simplified(name) for name in names]


def _stations(page: Page) -> Iterator[Candidate]:
    """The row with two stations; on its left the origin. Failing that, the first two in reading order."""
    found = [(line, name) for line in page.sheet.lines for name in _names(page, line)]
    for n, (line, name) in enumerate(found[:6]):
        same_row = [m for m in found if m[0].row == line.row]
        place = same_row.index((line, name)) if len(same_row) == 2 else -1
        for field, wanted in (("origin_station", 0), ("destination_station", 1)):
            features = {
                "bias": 1.0,
                "in_place": float(place == wanted or (place < 0 and n == wanted)),
                "row_of_two": float(place >= 0),
                "out_of_place": float(place >= 0 and place != wanted),
                "late": float(n > 1),
            }
            yield Candidate(field, name, f"{name}站", (line,), {k: v for k, v in features.items() if v})
