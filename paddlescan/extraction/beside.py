"""Forms of labels and values: which value belongs to which label, also where the printer's paper had slipped."""

from __future__ import annotations

from collections.abc import Iterator

from paddlescan.extraction.labels import Label, find
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.text import cjk_count

Place = tuple[Line, int, int]
"""Where a value may stand: the line, from which character, up to which."""
_FEWEST = 3
"""Labels that make a column."""
_MOST = 60
"""No form has more."""


def labels_in(page: Page, line: Line) -> tuple[Label, ...]:
    """The labels of the page's layout in a line: those of its fields at its start or before a colon, and its other
    words where no ideograph follows at its start, or before a colon."""
    found = []
    for label in find(line.text, page.layout.labels):
        rest = line.text[label.end :].lstrip()
        alone = label.start == 0 and ("field" in label.tokens or not cjk_count(rest))
        if alone or rest.startswith(":"):
            found.append(label)
    return tuple(found)


def places(page: Page, line: Line, label: Label, columns: dict[int, Line]) -> Iterator[Place]:
    """Where the value of a label may stand, best first.

    The label's own line up to the next label, what the columns pair with it, what stands right of it on its row or
    where a slipping printer put it, and what stands below it. Other labels are no values, and nothing beyond one
    belongs to this label.
    """
    ends = [m.start for m in labels_in(page, line) if m.start >= label.end]
    yield line, label.end, min(ends, default=len(line.text))
    if ends:
        return
    if line.index in columns:
        yield from _whole(page, columns[line.index])
        return
    for near in _right(page, line):
        yield from _whole(page, near)
    for lower in page.sheet.lines:
        over = min(lower.right, line.right) - max(lower.left, line.left)
        if over > 0 and 0.5 * line.height < lower.middle - line.middle < 2.5 * line.height:
            yield from _whole(page, lower)


def _whole(page: Page, line: Line) -> Iterator[Place]:
    """A line up to its first label; nothing where it begins with one."""
    found = labels_in(page, line)
    if not found or found[0].start > 0:
        yield line, 0, found[0].start if found else len(line.text)


def _right(page: Page, line: Line) -> list[Line]:
    """What stands right of a label before the next label does: on its row first, then up to a line higher or lower."""
    found: list[tuple[bool, float, Line]] = []
    for near in sorted(page.sheet.lines, key=lambda m: m.left):
        off = abs(near.middle - line.middle) / line.height
        if near.index == line.index or near.left < (line.left + line.right) / 2 or off >= 1.0:
            continue
        labels = labels_in(page, near)
        if labels and labels[0].start == 0 and off < 0.5:
            break
        found.append((off >= 0.5, near.left, near))
    return [near for _, _, near in sorted(found, key=lambda f: f[:2])][:2]


def paired(page: Page) -> dict[int, Line]:
    """For a form with a column of labels and a column of as many values: which value goes with which label's line.

    They go together in their order, wherever the values stand: the paper may have slipped by most of a row.
    """
    labels = [m for m in page.sheet.lines if (found := labels_in(page, m)) and _is_all(m, found[0])]
    if len(labels) > _MOST:
        return {}
    best: dict[int, Line] = {}
    for first in labels:
        column = [m for m in labels if abs(m.left - first.left) < 1.2 * first.height]
        if len(column) < max(_FEWEST, len(best) + 1):
            continue
        column.sort(key=lambda m: m.middle)
        step = (column[-1].middle - column[0].middle) / (len(column) - 1)
        right = max(m.right for m in column)
        values = [
            m
            for m in page.sheet.lines
            if m.left > right - first.height
            and column[0].middle - 0.5 * step < m.middle < column[-1].middle + 0.95 * step
            and not labels_in(page, m)
        ]
        values.sort(key=lambda m: m.middle)
        if len(values) == len(column) and _steady(column, values, step):
            best = {label.index: value for label, value in zip(column, values, strict=True)}
    return best


def _is_all(line: Line, label: Label) -> bool:
    return label.start == 0 and not line.text[label.end :].strip(" :.")


def _steady(column: list[Line], values: list[Line], step: float) -> bool:
    """Whether all values stand equally far from their labels, and none nearly a row higher."""
    offs = [value.middle - label.middle for label, value in zip(column, values, strict=True)]
    return step > 0 and max(offs) - min(offs) < 0.35 * step and min(offs) > -0.4 * step
