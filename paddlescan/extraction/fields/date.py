"""The day of the receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.dates import FoundDate
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line


def propose(page: Page) -> Iterator[Candidate]:
    """Every date on the page; both readings of one whose day and month could change places."""
    counts = Counter(found.value for _, found in page.dates)
    for number, (line, found) in enumerate(page.dates):
        features = _features(page, line, found)
        features["first"] = float(number == 0)
        features["same"] = min(counts[found.value] - 1, 2) / 2
        features = {k: v for k, v in features.items() if v}
        printed = line.source.text[found.start : found.end].strip()
        unsure = found.form == "misread" or (found.other is not None and not page.place.sure)
        yield Candidate("date", found.value.isoformat(), printed, (line,), features, ambiguous=unsure)
        if found.other is not None:
            swapped = features | {"swapped": 1.0}
            yield Candidate("date", found.other.isoformat(), printed, (line,), swapped, ambiguous=unsure)


def _features(page: Page, line: Line, found: FoundDate) -> dict[str, float]:
    labels = _labels(page, line, found)
    age = (page.today - found.value).days / 365
    return {
        "bias": 1.0,
        f"form_{found.form}": 1.0,
        "labelled": float("date" in labels and "date_other" not in labels),
        "issued": float("date_issued" in labels),
        "other": float("date_other" in labels and "date_issued" not in labels),
        "timed": float(found.timed or _time_beside(page, line, found)),
        "short_year": float(found.short_year),
        "down": page.sheet.down(line),
        "old": float(age > 15),
        "registration": float(page.has(line, "registration", "phone", "web") and "date" not in labels),
    }


def _labels(page: Page, line: Line, found: FoundDate) -> set[str]:
    """Tokens of the words before a date in its line; without any, of the rest of its row, then of the line above."""
    own = {t for label in page.labels[line.index] if label.start < found.start for t in label.tokens}
    if own & {"date", "date_other"}:
        return own
    row = {
        t for m in page.sheet.row_of(line) if m.left < line.left for label in page.labels[m.index] for t in label.tokens
    }
    if row & {"date", "date_other"}:
        return own | row
    if line.row:
        for i in page.sheet.rows[line.row - 1]:
            upper = page.sheet.lines[i]
            if min(upper.right, line.right) > max(upper.left, line.left):
                row |= {t for label in page.labels[i] for t in label.tokens}
    return own | row


def _time_beside(page: Page, line: Line, found: FoundDate) -> bool:
    from paddlescan.extraction.shapes import CLOCK

    rest = line.text[: found.start] + " " + line.text[found.end :]
    others = (m.text for m in page.sheet.row_of(line) if m.index != line.index)
    return any(CLOCK.search(text) for text in (rest, *others))
