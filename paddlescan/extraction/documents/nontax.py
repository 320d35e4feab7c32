"""Chinese non-tax receipts (财政票据): the receiving office, the payer, the amount in figures and capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.documents import spelt
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.text import cjk_count, letter_count, squeeze

_OFFICE = re.compile(
    r"([\u4e00-\u9fff（）()]{3,30}(?:局|厅|院|委员会|中心|大学|学院|学校|医院|法院|管理处|研究所|支队|大队|协会))(?![\u4e00-\u9fff])"
)
_PAYER = re.compile(
    r"(?:[交缴付]款(?:人|单位)(?:或个人|\(个人\))?(?:名称|全称)?|^[付交缴款人]{0,3}\s?全\s{0,8}称)\s?[:;]?\s{0,3}"
)
_NO_NAME = ("统一", "信用", "识别号", "方式", "日期", "全称", "账号", "帐号", "项目", "编码")
_NUMBER = re.compile(r"^\s?N[oO0º°]?\s?[.:]?\s?(\d{8,12})?$")
_LONG = re.compile(r"(?<!\d)\d{8,12}(?!\d)")


def propose(page: Page) -> Iterator[Candidate]:
    """Offices named in the lower part, the payer, the number printed at the head, and what the capitals say."""
    for line in page.sheet.lines:
        office = _OFFICE.search(line.text)
        if office and not page.has(line, "buyer_name"):
            features = {"office": 1.0, "office_down": page.sheet.down(line)}
            yield Candidate("merchant", office[1], line.text, (line,), features)
        yield from _number(page, line)
    yield from spelt.propose(page)
    yield from _payers(page)


def _payers(page: Page) -> Iterator[Candidate]:
    """What stands behind the first label of a payer; 全称 where payer and payee stand side by side."""
    first = True
    for line in page.sheet.lines:
        for match in _PAYER.finditer(line.text):
            for where, start in page.beside(line, match.end())[:2]:
                text = squeeze(where.source.text[start:].lstrip(" :：;"))[:60]
                if any(word in where.text for word in _NO_NAME) or letter_count(text) + 2 * cjk_count(text) < 3:
                    break
                features = {"party": 1.0, "party_place": 1.0} if first else {"party": 1.0, "party_wrong": 1.0}
                yield Candidate("buyer", text, where.text, (where,), features)
                first = False
                break


def _number(page: Page, line: Line) -> Iterator[Candidate]:
    """No 0012345678 in the upper third, the figures often a line of their own."""
    sign = _NUMBER.match(line.text)
    if sign is None or page.sheet.down(line) > 1 / 3:
        return
    places = [line] if sign[1] else [m for m in page.sheet.row_of(line) if m.left > line.left][:1]
    for where in places:
        number = _LONG.search(where.text)
        if number:
            yield Candidate("invoice_number", number[0], number[0], (where,), {"nontax_number": 1.0})
