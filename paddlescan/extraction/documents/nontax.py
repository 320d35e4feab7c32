"""Chinese non-tax receipts (财政票据): the receiving office, the payer, the amount in figures and capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.capitals import parse_capitals
from paddlescan.extraction.page import Page
from paddlescan.extraction.text import squeeze

_OFFICE = re.compile(
    r"([\u4e00-\u9fff（）()]{3,30}(?:局|厅|院|委员会|中心|大学|学院|学校|医院|法院|管理处|研究所|支队|大队|协会))(?![\u4e00-\u9fff])"
)
_PAYER = re.compile(r"(?:交款人|付款人|缴款人)\s?:\s?([\u4e00-\u9fff（）()A-Za-z]{2,40})")


def propose(page: Page) -> Iterator[Candidate]:
    """Offices named in the lower part, the payer, and what the capitals say."""
    for line in page.sheet.lines:
        office = _OFFICE.search(line.text)
        if office and not page.has(line, "buyer_name"):
            features = {"office": 1.0, "office_down": page.sheet.down(line)}
            yield Candidate("merchant", office[1], line.text, (line,), features)
        payer = _PAYER.search(line.text)
        if payer and "统一" not in payer[1]:
            yield Candidate(
                "buyer",
                squeeze(line.source.text[payer.start(1) : payer.end(1)]),
                line.text,
                (line,),
                {"party": 1.0, "party_place": 1.0},
            )
        value = parse_capitals(line.text)
        if value is not None:
            yield Candidate("total", f"{value:.2f}", line.text, (line,), {"capitals": 1.0})
