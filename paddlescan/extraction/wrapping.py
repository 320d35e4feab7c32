"""Names that were too long for their row and go on in the next."""

from __future__ import annotations

import re

from paddlescan.extraction.columns import span
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.text import cjk_count, digit_count, squeeze

_NAME_ENDS = re.compile(
    r"(?:公司|[店厂廠院校局部社行所会會馆館处處站厅廳学學队隊户戶室城园園场場房楼樓堂铺鋪坊轩軒阁閣居]|中心|[)）])$"
)
"""How names of companies and offices end."""
_NEAR = 0.9
"""Line heights between two rows of a name."""
_MOST = 2
"""Rows that a name takes besides its first."""


def ends_as_name(text: str) -> bool:
    """Whether a text could be the end of a company's or an office's name, and holds no figures to speak of."""
    return bool(_NAME_ENDS.search(squeeze(text))) and digit_count(text) <= 2 and cjk_count(text) > 2


def goes_on(page: Page, where: Line, start: int) -> tuple[Line, ...]:
    """The lines below a name that end it; none where it is whole.

    where, start: its first line, and from which character on. What follows begins below the name or below the line's
    own left edge, holds ideographs and no label or number, and the last of it ends as Chinese names do; rows between
    are as long as the first.
    """
    begins, _ = span(where, start, start)
    kept: list[Line] = []
    above = where
    for row in page.sheet.rows[where.row + 1 : where.row + 2 + _MOST]:
        below = next((line for i in row if _follows(page, line := page.sheet.lines[i], above, where, begins)), None)
        if below is None:
            if kept:
                break
            continue
        kept.append(below)
        above = below
        if below.right < where.right - 2 * where.height:
            break
    while kept and not _NAME_ENDS.search(squeeze([where, *kept][-2].text + kept[-1].text)):
        kept.pop()
    return tuple(kept[:_MOST])


def _follows(page: Page, line: Line, above: Line, first: Line, begins: float) -> bool:
    beside = min(abs(line.left - begins), abs(line.left - first.left)) < 2 * first.height
    near = -0.6 < (line.top - above.bottom) / first.height < _NEAR
    return beside and near and cjk_count(line.text) > 0 and not _is_other(page, line)


def _is_other(page: Page, line: Line) -> bool:
    return bool(page.labels[line.index]) or digit_count(line.text) > 2 or ":" in line.text or line.text.startswith("*")
