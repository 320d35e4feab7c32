"""Buyer and seller on Chinese invoices: two blocks of the same labels, told apart by what is printed beside them,
else by where they stand.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from stdnum.cn import uscc

from paddlescan.extraction import shapes
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.columns import span
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.text import cjk_count, digit_count, letter_count, squeeze
from paddlescan.extraction.wrapping import ends_as_name, goes_on

_NAME = re.compile(r"(?:(?:(?<![\u4e00-\u9fff])|(?<=[购买方销售货单位信息人]))名\s?称|^\s?称|^\s?名)\s?[:;_]{1,2}\s?")
"""名称 of a party, not of a project or of whom the tax office stands in for (代开企业名称). A colon far from its value
is read as a low line as well."""
_TAX_ID = re.compile(r"(?:识别号|信用代码|税号)[\w/ ]{0,12}?\s?[:;]?\s?")
_NOT_IN_NAME = ("地址", "开户", "识别号", "密码", "规格", "项目", "名称")
_BUYER, _SELLER = re.compile(r"购买?|付款"), re.compile(r"销[售货]?|收款")
_MOST = 40
"""Values of one kind on a page that are looked at."""
_TWO_TAX_IDS = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{18})([0-9A-Z]{18})(?![0-9A-Z])")
_WORDS = 8
"""Characters before a label in which words say whose it is, where another value stands before them."""
_BESIDE = 10
"""Line heights from a block's sign to its labels at most; the other block lies further off."""
_SIDE_WORDS = frozenset("购买销售货方单位信息款收付")


@dataclass(frozen=True, slots=True)
class _Found:
    """A value of a party: on these lines, behind this label."""

    value: str = dataclasses.field(repr=False)
    lines: tuple[Line, ...]
    label: Line
    side: str | None
    """buyer or seller where words beside the label say so."""
    joined: bool = False
    """Over several rows."""
    bare: bool = False
    """Without a label."""


def propose(page: Page) -> Iterator[Candidate]:
    """The seller's block says so; where none does, it is the lower one, or of two side by side the right one."""
    signs = [(line, side) for line in page.sheet.lines if (side := _sign(line))][:_MOST]
    names = list(islice(_names(page, signs), _MOST))
    numbers = list(islice(_numbers(page, signs, names), _MOST))
    names += islice(_bare_names(page, names, numbers), _MOST)
    yield from _both(page, names, ("buyer", "merchant"))
    yield from _both(page, numbers, ("buyer_tax_id", "seller_tax_id"))


def _both(page: Page, found: list[_Found], fields: tuple[str, str]) -> Iterator[Candidate]:
    labels = list(dict.fromkeys(one.label for one in found))
    for field, side in zip(fields, ("buyer", "seller"), strict=True):
        for one in found:
            features = _position(page, labels, one.label, side)
            features["party_side"] = float(one.side == side)
            features["party_other"] = float(one.side not in (side, None))
            features["party_joined"], features["party_bare"] = float(one.joined), float(one.bare)
            features = {name: amount for name, amount in features.items() if amount}
            printed = " ".join(line.source.text for line in one.lines)
            rivals = any(m.value != one.value and m.side == one.side == side for m in found)
            unclear = rivals and field.endswith("tax_id")  # a name that goes on is its own rival
            yield Candidate(field, one.value, printed, one.lines, features, ambiguous=unclear)


def _sign(line: Line) -> str | None:
    """buyer or seller for a line of the form that says nothing else: 购买方信息, often printed downwards."""
    letters = set(squeeze(line.text).replace(" ", ""))
    if not letters or not letters <= _SIDE_WORDS:
        return None
    return "buyer" if "购" in letters else "seller" if "销" in letters else None


def _side(page: Page, label: Line, start: int, signs: list[tuple[Line, str]]) -> str | None:
    """Whose value a label introduces: by the words before it, else by the sign left of its block."""
    before = label.text[:start]
    for side, words in (("seller", _SELLER), ("buyer", _BUYER)):
        if words.search(before):
            return side
    reach = 3 * page.sheet.line_height
    near = [
        (label.left - line.right, side)
        for line, side in signs
        if -label.height <= label.left - line.right < _BESIDE * page.sheet.line_height
        and line.top - reach < label.middle < line.bottom + reach
    ]
    return min(near)[1] if near else None


def _part(line: Line, start: int, end: int) -> Line:
    """Where a part of a line stands, up to just before its end."""
    left, right = span(line, start, max(end - 1, start))
    return replace(line, left=left, right=right)


def _side_of_part(text: str) -> str | None:
    """Whose name or number a part of a line is by the words right before it."""
    return "seller" if _SELLER.search(text[-_WORDS:]) else "buyer" if _BUYER.search(text[-_WORDS:]) else None


def _names_in_one_line(line: Line, matches: list[re.Match[str]]) -> Iterator[_Found]:
    """Both parties' names where they were read as one line."""
    ends = [match.start() for match in matches[1:]] + [len(line.text)]
    for match, end in zip(matches, ends, strict=True):
        text = line.source.text[match.end() : end]
        value = _as_name(text.rstrip(" " + "".join(_SIDE_WORDS)) if end < len(line.text) else text)
        if value:
            yield _Found(value, (line,), _part(line, match.start(), end), _side_of_part(line.text[: match.start()]))


def _names(page: Page, signs: list[tuple[Line, str]]) -> Iterator[_Found]:
    for line in page.sheet.lines:
        matches = list(_NAME.finditer(line.text))
        if len(matches) > 1:
            yield from _names_in_one_line(line, matches)
            continue
        match = matches[0] if matches else None
        if match is None:
            continue
        side = _side(page, line, match.start(), signs)
        for where, start in page.beside(line, match.end())[:2]:
            value = _as_name(where.source.text[start:])
            if value:
                yield _Found(value, (where,), line, side)
                rest = goes_on(page, where, start)
                if rest:
                    whole = value + "".join(squeeze(m.source.text) for m in rest)
                    yield _Found(whole, (where, *rest), line, side, joined=True)
                break


def _numbers(page: Page, signs: list[tuple[Line, str]], names: list[_Found]) -> Iterator[_Found]:
    taken: set[int] = set()
    for line in page.sheet.lines:
        match = _TAX_ID.search(line.text)
        if len(several := _tax_ids(line.text)) > 1:
            taken.add(line.index)
            yield from _numbers_in_one_line(line, several, names)
            continue
        if match is None:
            if line.index not in taken and uscc.is_valid(line.text.strip()):  # its label was not read
                yield _Found(line.text.strip(), (line,), line, _side(page, line, 0, signs), bare=True)
            continue
        side = _side(page, line, match.start(), signs) or _side_above(line, names)
        for where, start in page.beside(line, match.end())[:2]:
            if where is not line and _TAX_ID.search(where.text):
                break  # the other party's
            value = _as_tax_id(where.source.text[start:]) or _broken_tax_id(page, where, start)
            if value:
                taken.add(where.index)
                yield _Found(value, (where,), line, side)
                break


def _numbers_in_one_line(line: Line, several: list[tuple[str, int, int]], names: list[_Found]) -> Iterator[_Found]:
    """Both parties' numbers where they were read as one line, each where it stands itself."""
    before = 0
    for value, start, end in several:
        place = _part(line, start, end)
        side = _side_of_part(re.split(_TAX_ID, line.text[before:start])[0]) or _side_above(place, names)
        yield _Found(value, (line,), place, side)
        before = end


def _tax_ids(text: str) -> list[tuple[str, int, int]]:
    """Numbers of taxpayers in a line and where they stand: by their labels, else by their check characters."""
    found: list[tuple[str, int, int]] = []
    for match in shapes.TAX_ID_CN.finditer(text.upper()):
        before = text[found[-1][2] if found else 0 : match.start()]
        if uscc.is_valid(match[0]) or (_TAX_ID.search(before) and digit_count(match[0]) >= 8):
            found.append((match[0], match.start(), match.end()))
    for match in _TWO_TAX_IDS.finditer(text.upper()):
        if uscc.is_valid(match[1]) and uscc.is_valid(match[2]):
            found += [(match[n], match.start(n), match.end(n)) for n in (1, 2)]
    return sorted(found, key=lambda one: one[1])


def _bare_names(page: Page, names: list[_Found], numbers: list[_Found]) -> Iterator[_Found]:
    """Names without a label, right above the number of a taxpayer."""
    known = {line.index for one in names for line in one.lines}
    for number in numbers:
        where = number.lines[0]
        for row in page.sheet.rows[max(where.row - 2, 0) : where.row]:
            for line in (page.sheet.lines[i] for i in row if i not in known):
                near = where.top - line.bottom < 1.2 * where.height and abs(line.left - where.left) < 2 * where.height
                if near and ends_as_name(line.text) and not page.labels[line.index]:
                    yield _Found(squeeze(line.source.text), (line,), line, number.side, bare=True)


def _broken_tax_id(page: Page, where: Line, start: int) -> str | None:
    """A number whose last characters went on in the next row; only a check character can prove it."""
    for i in page.sheet.rows[where.row + 1] if where.row + 1 < len(page.sheet.rows) else ():
        whole = (where.text[start:] + page.sheet.lines[i].text).upper().replace(" ", "").lstrip(":")
        if uscc.is_valid(whole):
            return whole
    return None


def _side_above(line: Line, names: list[_Found]) -> str | None:
    """The side of the name next above, where names say it themselves: 销售方名称 on a roll; of several beside each
    other, that of the one that stands nearest."""
    above = [one for one in names if one.label.row < line.row and _NAME.search(one.label.text)]
    beside = [one for one in above if _is_beside(one.label, above[-1].label)]
    nearest = min(beside, key=lambda one: abs(one.label.left - line.left), default=None)
    return nearest.side if nearest and "方" in nearest.label.text else None


def _is_beside(one: Line, other: Line) -> bool:
    """Whether two lines stand beside each other, level or nearly so; a line also beside itself."""
    return abs(one.middle - other.middle) < 0.6 * max(one.height, other.height)


def _as_name(text: str) -> str | None:
    value = squeeze(text.lstrip(" :：;")[:80])
    if cjk_count(value) + letter_count(value) < 2 or any(word in value for word in _NOT_IN_NAME):
        return None
    return value


def _as_tax_id(text: str) -> str | None:
    match = shapes.TAX_ID_CN.search(text.upper())
    return match[0] if match and digit_count(match[0]) >= 8 else None


def _position(page: Page, labels: list[Line], line: Line, side: str) -> dict[str, float]:
    """Evidence that a line is the first (buyer) or the last (seller) of its like."""
    others = [m for m in labels if m is not line]
    below = any(_is_after(m, line) for m in others)
    above = any(_is_after(line, m) for m in others)
    right_place = (above and not below) if side == "seller" else (below and not above)
    return {
        "party": 1.0,
        "party_place": float(right_place),
        "party_wrong": float(bool(others) and not right_place),
        "party_alone": float(not others),
        "party_alone_place": float(not others and (page.sheet.down(line) > 0.5) == (side == "seller")),
    }


def _is_after(one: Line, other: Line) -> bool:
    """Whether a line stands below another, or right of it; the ends of lines beside each other may overlap."""
    if _is_beside(one, other):
        return one.left > other.left and one.left + one.right > 2 * other.right
    return one.row > other.row
