"""The printed head of a Chinese form: code and number by their lengths, where their labels were not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.page import Page
from paddlescan.extraction.text import cjk_count

_CODE = re.compile(r"(?<![\d.])([01]\d{11})(?![\d.])")
_NUMBER = re.compile(r"(?<![\d.])(\d{8})(?![\d.])")


def propose(page: Page) -> Iterator[Candidate]:
    """Twelve digits as the code and eight as the number, in the upper half, alone or behind four letters at most."""
    for line in page.sheet.lines:
        if page.sheet.down(line) > 0.5 or page.has(line, "phone", "tax_id") or cjk_count(line.text) > 4:
            continue
        for pattern, name in ((_CODE, "invoice_code"), (_NUMBER, "invoice_number")):
            match = pattern.search(line.text)
            if match:
                alone = float(len(line.text.strip()) <= len(match[1]) + 2)
                features = {"head": 1.0, "head_alone": alone, "head_label": float("发票" in line.text)}
                yield Candidate(name, match[1], match[1], (line,), {k: v for k, v in features.items() if v})
