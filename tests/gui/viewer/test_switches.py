"""What the switches under a page mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paddlescan.document import PageRef, PageResult, Preparation, PrepareOptions, Receipt, SourceFile
from paddlescan.gui.viewer import switches
from paddlescan.gui.viewer.bar import _rows

AUTO = PrepareOptions()
READ = Preparation(rotation_degrees=90, skew_degrees=3.2, seal_removed=True)


def test_turning_starts_from_what_was_found() -> None:
    assert switches.turned(AUTO, 1, found=270).rotation_degrees == 0
    assert switches.turned(AUTO, -1, found=0).rotation_degrees == 270
    assert switches.turned(replace(AUTO, rotation_degrees=180), 1, found=0).rotation_degrees == 270


def test_an_angle_is_kept_within_what_can_be_deskewed() -> None:
    assert switches.with_angle(AUTO, 3.249).skew_degrees == 3.2
    assert switches.with_angle(AUTO, -80).skew_degrees == -45
    assert switches.with_angle(PrepareOptions(deskew=False), 1).deskew


def test_switching_deskew_forgets_the_angle_set_by_hand() -> None:
    by_hand = switches.with_angle(AUTO, 5)
    assert switches.with_deskew(by_hand, False) == PrepareOptions(deskew=False)
    assert switches.with_deskew(by_hand, True) == AUTO


def test_the_angle_shown_is_the_one_in_force() -> None:
    assert switches.angle_shown(AUTO, None) is None
    assert switches.angle_shown(AUTO, READ) == 3.2
    assert switches.angle_shown(switches.with_angle(AUTO, -7), READ) == -7
    assert switches.angle_shown(PrepareOptions(deskew=False), READ) == 0


@pytest.mark.parametrize(
    ("options", "wants"),
    [
        (AUTO, False),
        (PrepareOptions(rotation_degrees=90), False),
        (PrepareOptions(rotation_degrees=0), True),
        (PrepareOptions(skew_degrees=3.21), False),
        (PrepareOptions(skew_degrees=3.4), True),
        (PrepareOptions(deskew=False), True),
        (PrepareOptions(remove_seals=False), True),
        (PrepareOptions(seal_strength=80), True),
    ],
)
def test_reading_again_is_offered_when_the_page_would_look_different(options: PrepareOptions, wants: bool) -> None:
    assert switches.wants_reading(options, READ, AUTO) is wants


def test_deskewing_a_page_that_was_read_without_wants_reading() -> None:
    off = PrepareOptions(deskew=False)
    read = Preparation(skew_degrees=0.0)
    assert switches.wants_reading(AUTO, read, off)
    assert not switches.wants_reading(off, read, off)
    assert switches.wants_reading(PrepareOptions(skew_degrees=0.0), read, off)  # nobody looked for a sheet
    assert not switches.wants_reading(off, read, AUTO)  # nor was there anything to level


@pytest.mark.parametrize("read_with", [AUTO, PrepareOptions(skew_degrees=0.0), None])
def test_a_sheet_that_was_straightened_differs_from_one_that_is_not(read_with: PrepareOptions | None) -> None:
    read = Preparation(perspective=((0, 0), (80, 5), (85, 100), (0, 90)))
    off = PrepareOptions(deskew=False)
    assert switches.wants_reading(off, read, read_with)
    assert not switches.wants_reading(PrepareOptions(skew_degrees=0.0), read, read_with)
    assert switches.for_preview(off, read, read_with) == (replace(off, rotation_degrees=0), None)
    by_hand = switches.with_angle(AUTO, 4)
    assert switches.for_preview(by_hand, read, read_with) == (replace(by_hand, rotation_degrees=0), read)


def test_a_sheet_is_looked_for_where_the_reading_did_not() -> None:
    read, by_hand = Preparation(rotation_degrees=90), switches.with_angle(AUTO, 4)
    for read_with in (PrepareOptions(deskew=False), None):
        assert switches.for_preview(by_hand, read, read_with) == (replace(by_hand, rotation_degrees=90), None)


def test_without_the_switches_of_the_reading_only_a_contradiction_counts() -> None:
    assert not switches.wants_reading(AUTO, READ, None)
    assert switches.wants_reading(PrepareOptions(remove_seals=False), READ, None)
    assert switches.wants_reading(PrepareOptions(rotation_degrees=180), READ, None)
    assert not switches.wants_reading(AUTO, None, None)


def test_a_preview_shows_what_was_read() -> None:
    options, known = switches.for_preview(AUTO, READ, AUTO)
    assert (options.rotation_degrees, known) == (90, READ)
    options, known = switches.for_preview(AUTO, Preparation(rotation_degrees=90), PrepareOptions(deskew=False))
    assert (options.rotation_degrees, known) == (90, None)  # nobody measured an angle
    options, known = switches.for_preview(PrepareOptions(rotation_degrees=0), READ, AUTO)
    assert (options.rotation_degrees, known) == (0, READ)
    assert switches.for_preview(AUTO, None, None) == (AUTO, None)


def test_the_receipt_in_front_tells_how_it_was_prepared() -> None:
    ref = PageRef(SourceFile(b"/a", "a"))
    one, other = Receipt(count=2, preparation=READ), Receipt(number=2, count=2, preparation=Preparation())
    both = PageResult(ref, receipts=(one, other))
    assert [switches.preparation_of(both, number) for number in (1, 2, 3)] == [READ, Preparation(), READ]
    assert switches.preparation_of(PageResult(ref, receipts=(one,))) == READ
    assert switches.preparation_of(None) is None


def test_groups_of_the_bar_take_as_few_rows_as_they_can() -> None:
    assert _rows([100, 200, 50], 400, 16) == [[0, 1, 2]]
    assert _rows([100, 200, 90, 20], 250, 16) == [[0, 2], [1, 3]]
    assert _rows([100, 100, 90], 220, 16) == [[0], [1, 2]]  # the last is not alone
    assert _rows([300], 100, 16) == [[0]]
