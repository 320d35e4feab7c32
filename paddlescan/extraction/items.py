"""Line items: what was bought, how many, for how much.

A table with a heading is read by its columns; without one, every row that ends in an amount is an item. The words
stand in the amount's own row, in rows above it (a name, a code, then 2 x 5.00  10.00) or below. Several readings are
tried, and the one whose amounts add up to the subtotal or the total is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from paddlescan.document import Field, Item
from paddlescan.extraction.columns import find_heading
from paddlescan.extraction.figures import figures_of
from paddlescan.extraction.item_rows import Figure, ItemRow, item_of, item_rows, multiply
from paddlescan.extraction.item_zones import below_head, first_end, is_head, zones
from paddlescan.extraction.page import Page
from paddlescan.extraction.rules import amount_of
from paddlescan.extraction.rules.sums import CENT, is_usual_rate, items_make

_ABOVE = 3
"""Rows of words above an amount that can be its description."""
_FAR_LEFT = 0.15
"""Of the width of the text: no amount ends so far left of the column of amounts."""
_MOST = 300
"""Items of a receipt; a page with more is no receipt."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The items of one way to read a page."""

    items: tuple[Item, ...]
    amounts: tuple[Decimal, ...] = field(repr=False)
    proven: int
    """How many have quantity times price equal to their amount."""

    @property
    def sum(self) -> Decimal:
        """Of all amounts."""
        return sum(self.amounts, Decimal(0))


def find_items(page: Page, fields: Iterable[Field]) -> tuple[Item, ...]:
    """The line items that can be trusted; none where no reading of the page can.

    fields: as chosen for the page; items that add up to its subtotal, its total or the total without tax are
    trusted, and of several such readings the one in which most have words. Where no such figure was read, or the
    sum misses it, they are only if each of them proves itself: at least two, each with a description, quantity
    times unit price being the amount.
    """
    sums, rounds = _wanted(page, fields), _rounds(page)
    trusted: list[tuple[Item, ...]] = []
    fallback: tuple[Item, ...] = ()
    for reading in _readings(page):
        if not reading.items:
            continue
        if (size := _proven_size(reading.amounts, sums, rounds)) is not None:
            trusted.append(reading.items[:size])
            if all(item.description for item in trusted[-1]):
                break
        elif not fallback and len(reading.items) > 1 and reading.proven == len(reading.items):
            fallback = reading.items if all(item.description for item in reading.items) else ()
    return max(trusted, key=_described, default=fallback)


def _described(items: tuple[Item, ...]) -> float:
    """Which share of items has words."""
    return sum(bool(item.description) for item in items) / len(items)


def adds_up(amounts: Sequence[Decimal], sums: Iterable[Decimal], rounds: bool) -> bool:
    """Whether amounts make one of the sums; within the rounding of cash where the page rounds."""
    return any(items_make(amounts, wanted, rounds) for wanted in sums)


def _proven_size(amounts: Sequence[Decimal], sums: Iterable[Decimal], rounds: bool) -> int | None:
    """How many amounts, from the first on, make one of the sums; None: no such number.

    All of them, or all above one that repeats their sum: a subtotal whose label was misread.
    """
    if adds_up(amounts, sums, rounds):
        return len(amounts)
    made = Decimal(0)
    for size, amount in enumerate(amounts):
        if size and amount == made and adds_up(amounts[:size], sums, rounds):
            return size
        made += amount
    return None


def _wanted(page: Page, fields: Iterable[Field]) -> set[Decimal]:
    """What items may add up to: the chosen subtotal and total, and the page's other sums of about that size."""
    chosen = {f.name: value for f in fields if (value := amount_of(f.value)) is not None}
    total = chosen.get("total", chosen.get("subtotal"))
    if total is None or total == 0:
        return set()
    wanted = {chosen[name] for name in ("total", "subtotal") if name in chosen}
    if "tax" in chosen:
        wanted.add(total - chosen["tax"])
    figures = figures_of(page)
    for role in ("subtotal", "total", "total_incl", "total_excl", "payable", "quantity"):
        wanted |= {v for v in figures.by_role.get(role, ()) if abs(v - total) <= abs(total) / 4}
    return {value for value in wanted if value}


def _rounds(page: Page) -> bool:
    return page.place.country == "MY" or any((s.role or s.above) in ("rounding", "rounded") for s in page.sums)


def _readings(page: Page) -> Iterator[Reading]:
    """Every way to read the page, the likeliest first."""
    head, columns = find_heading(page, first_end(page))
    starts = (head + 1,) if head >= 0 else (below_head(page), 0)
    read = {row.number: row for row in item_rows(page, columns, range(min(starts), len(page.sheet.rows)))}
    for zone in dict.fromkeys(zone for start in starts for zone in zones(page, start)):
        rows = tuple(read[number] for number in zone)
        for told in (True, False) if any(column.name == "amount" for column in columns) else (False,):
            main = _main(page, rows, told)
            if _are_taxes(main):
                continue
            below = _words_stand_below(page, rows, main, head >= 0)
            for words_below in (below, not below):
                yield _assemble(page, rows, main, head >= 0, words_below)


def _assemble(
    page: Page, rows: Sequence[ItemRow], main: Sequence[tuple[ItemRow, Figure]], headed: bool, words_below: bool
) -> Reading:
    """Make an item of each row with an amount (main), of the words above or below it and the figures about it."""
    places = {row.number: n for n, (row, _) in enumerate(main)}
    above: list[list[ItemRow]] = [[] for _ in main]
    below: list[list[ItemRow]] = [[] for _ in main]
    waiting: list[ItemRow] = []
    current = -1
    for row in rows:
        if row.number in places:
            current = places[row.number]
            above[current], waiting = waiting, []
        else:
            waiting.append(row)
            if current >= 0:
                below[current].append(row)
    usual = max((sum(bool(r.text) for r in rows_above[-_ABOVE:]) for rows_above in above[1:]), default=1) or 1
    items, amounts, proven = [], [], 0
    for n, (row, figure) in enumerate(main):
        near = below[n] if words_below else above[n][-_ABOVE:]
        if n == 0 and not words_below and not headed:
            near = [r for r in _own_rows(page, near) if r.text][-usual:]
        value = _signed(row, figure)
        pair = multiply(value, (row, *near, *(() if words_below else _figures_below(below[n]))), figure)
        if value == 0 and pair is None:
            continue
        proven += pair is not None
        description = (
            _without_quantity(row.text, pair) or " ".join(r.text for r in near if r.text) or _nearest(near, words_below)
        )
        amounts.append(value)
        quantity, price = pair or (_printed_quantity(row), None)
        items.append(item_of(description, quantity, price, value))
    return Reading(tuple(items), tuple(amounts), proven)


def _without_quantity(text: str, pair: tuple[Decimal, Decimal] | None) -> str:
    """Words without the quantity that stands before them."""
    first, _, rest = text.partition(" ")
    return rest if pair and rest and first == format(pair[0].normalize(), "f") else text


def _nearest(rows: Sequence[ItemRow], below: bool) -> str:
    """What the row next to an amount says where none has words: 10'1X2, X00172 L01."""
    named = [row.raw for row in rows if any(c.isalpha() for c in row.raw)]
    return named[0 if below else -1] if named else ""


def _amount(row: ItemRow, told: bool) -> Figure | None:
    """The figure that is the row's amount: the one below that heading (told), or else the last one with cents."""
    priced = [f for f in row.figures if f.decimals == 2 and f.column != "tax"]
    if told:
        mine = [f for f in row.figures if f.column == "amount"]
        cents = [f for f in mine if f.decimals == 2] or mine
        return cents[-1] if cents else None
    return priced[-1] if priced else None


def _main(page: Page, rows: Sequence[ItemRow], told: bool) -> list[tuple[ItemRow, Figure]]:
    """The rows with an amount, each with it. Amounts that end far left of the others are words' (Sushi 1.80)."""
    main = [(row, f) for row in rows if (f := _amount(row, told)) is not None][:_MOST]
    if not told and main:
        edges = sorted(figure.right for _, figure in main)
        edge = edges[int(len(edges) * 0.8)] - _FAR_LEFT * (page.sheet.right - page.sheet.left)
        main = [(row, figure) for row, figure in main if figure.right >= edge]
    return _without_details(main)


def _are_taxes(main: Sequence[tuple[ItemRow, Figure]]) -> bool:
    """Whether each amount is a usual tax on one that stands before it and nothing multiplies to it: a tax column."""
    return bool(main) and all(
        any(is_usual_rate(f.value, figure.value) for f in row.figures if f.right < figure.left and f.decimals == 2)
        and multiply(figure.value, (row,), figure) is None
        for row, figure in main
        if figure.value > 0
    )


def _without_details(main: list[tuple[ItemRow, Figure]]) -> list[tuple[ItemRow, Figure]]:
    """Rows such as @6 X RM 13.80 only explain the amount of the row before or after: they are no items."""
    kept = []
    for n, (row, figure) in enumerate(main):
        if len([f for f in row.figures if f.decimals >= 2]) == 1 and figure.value in row.prices and row.quantities:
            made = [q * figure.value for q in row.quantities]
            beside = [abs(f.value) for _, f in main[max(n - 1, 0) : n + 2] if f is not figure]
            if any(abs(m - b) < CENT for m in made for b in beside):
                continue
        kept.append((row, figure))
    return kept


def _words_stand_below(
    page: Page, rows: Sequence[ItemRow], main: Sequence[tuple[ItemRow, Figure]], headed: bool
) -> bool:
    """Whether descriptions follow their amounts: nothing but amounts comes first, or words come last."""
    bare = [row for row, _ in main if not row.text and not _is_discount(row)]
    if 2 * len(bare) <= len(main) or not main:
        return False
    first, last = main[0][0].number, main[-1][0].number
    if any(row.number > last and row.text for row in rows) and not headed:
        return True
    before = [row for row in rows if row.number < first and row.text]
    if not headed:
        before = _own_rows(page, before[-1:])
    return not before and any(row.number > first and row.text for row in rows)


def _own_rows(page: Page, rows: Sequence[ItemRow]) -> list[ItemRow]:
    """The rows, from the last upwards, that are not the head of the receipt: a date, a number, an address."""
    kept: list[ItemRow] = []
    for row in reversed(rows):
        if is_head(page, row.number):
            break
        kept.insert(0, row)
    return kept


def _figures_below(rows: Sequence[ItemRow]) -> list[ItemRow]:
    """Of the rows that follow, the first, if it has figures and no words of its own."""
    return [replace(row, text="") for row in rows[:1] if row.quantities or row.prices]


def _is_discount(row: ItemRow) -> bool:
    return any(one.role == "discount" for one in row.sums)


def _signed(row: ItemRow, figure: Figure) -> Decimal:
    """A discount takes away, whether a minus was printed or not."""
    return -abs(figure.value) if _is_discount(row) else figure.value


def _printed_quantity(row: ItemRow) -> Decimal | None:
    """What a row says to be its quantity, where it says one and no price of one that would contradict."""
    return row.quantities[0] if len(row.quantities) == 1 and not row.prices else None
