"""What narrows the table, without any window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from paddlescan.gui.review.arrange import Arrangement
from paddlescan.gui.review.filter_texts import FilterTexts
from paddlescan.gui.review.filters import RowFilter, exactly
from paddlescan.gui.review.sheet import ReviewSheet
from tests.unit.gui.receipts import fill


@pytest.fixture
def sheet(tmp_path: Path) -> Iterator[ReviewSheet]:
    made = fill(tmp_path)
    made.put("a.png", merchant="ABC", date="2026-03-31", total="12.00", currency="CNY", category="meals")
    made.put("b.png", merchant="Hotel ABC", date="2026-04-01", total="-12.00", currency="MYR", category="lodging")
    made.put("c.png", merchant="北京清风餐饮", date="2026-03-05T10:20", total="1,208.00", currency="CNY")
    made.put("d.png", date="yesterday", total="about 9")
    sheet = ReviewSheet(made.store)
    sheet.open(made.batch)
    yield sheet
    made.store.close()


@pytest.mark.parametrize(
    ("narrow", "files"),
    [
        (RowFilter(), "abcd"),
        (RowFilter(merchant="abc"), "ab"),
        (RowFilter(merchant=exactly("ABC")), "a"),
        (RowFilter(merchant=exactly("")), "d"),
        (RowFilter(merchant="清风"), "c"),
        (RowFilter(first_day=date(2026, 3, 31)), "ab"),
        (RowFilter(last_day=date(2026, 3, 31)), "ac"),
        (RowFilter(first_day=date(2026, 3, 5), last_day=date(2026, 3, 5)), "c"),
        (RowFilter(undated=True), "d"),
        (RowFilter(lowest=Decimal("12")), "ac"),
        (RowFilter(highest=Decimal("0")), "b"),
        (RowFilter(lowest=Decimal("12.00"), highest=Decimal("12.00")), "a"),
        (RowFilter(category="lodging"), "b"),
        (RowFilter(category=""), "cd"),
        (RowFilter(currency="CNY"), "ac"),
        (RowFilter(currency=""), "d"),
        (RowFilter(currency="CNY", merchant="abc"), "a"),
        (RowFilter(currency="MYR", category="meals"), ""),
    ],
)
def test_a_row_must_have_all_that_is_asked_for(sheet: ReviewSheet, narrow: RowFilter, files: str) -> None:
    assert [sheet.text(i, "file")[0] for i in Arrangement(narrow=narrow).arranged(sheet)] == list(files)
    assert narrow.is_empty == (len(files) == 4)


def test_filter_and_search_work_together(sheet: ReviewSheet) -> None:
    arrangement = Arrangement(search="abc", narrow=RowFilter(currency="CNY"))
    assert [sheet.text(i, "file") for i in arrangement.arranged(sheet)] == ["a.png"]


def test_what_was_searched_for_is_not_to_be_read_in_a_log() -> None:
    narrow = RowFilter(merchant="Clinic", lowest=Decimal("7.77"))
    texts = FilterTexts(merchant="Clinic", first="Clinic 3", last="Clinic 4", lowest="7.77")
    for searched in (narrow, texts, Arrangement(search="Clinic", narrow=narrow)):
        assert "Clinic" not in repr(searched)
        assert "7.77" not in repr(searched)
