"""One answer to which characters steer, and what each place does with them, over all of Unicode."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator

import pytest

from paddlescan.cli.printable import printable
from paddlescan.document.source import printable_name
from paddlescan.export.cells import clean_text
from paddlescan.pipeline.log_lines import harmless
from paddlescan.steering import Steering, spelled, steering

STEERING_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Unicode's property Bidi_Control."""
READABLE = [
    "👨‍👩‍👧.jpg",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f.jpg",
    "❤️ receipt.png",
    "क्‍ष रसीद.pdf",
    "می‌خواهم.jpg",
    "葛\U000e0100城.jpg",
    "发票　三月.pdf",
]


def every() -> Iterator[str]:
    """All characters of Unicode."""
    return map(chr, range(sys.maxunicode + 1))


@pytest.fixture(scope="module")
def steers() -> dict[str, Steering]:
    """Every character that steers, and how."""
    return {c: kind for c in every() if (kind := steering(c))}


def test_what_steers_is_known(steers: dict[str, Steering]) -> None:
    wanted = [c for c in every() if unicodedata.category(c) in STEERING_CATEGORIES or c in BIDI_CONTROLS]
    assert len(wanted) == 65 + 2048 + 2 + 12
    assert [hex(ord(c)) for c in wanted if c not in steers] == []


@pytest.mark.parametrize("place", [printable_name, printable, harmless])
def test_nothing_that_steers_gets_through(place: Callable[[str], str], steers: dict[str, Steering]) -> None:
    assert [hex(ord(c)) for c in steers if place(f"a{c}b") == f"a{c}b"] == []
    letters = "".join(f"a{c}b" for c in every())
    rows = (letters[start : start + 768] for start in range(0, len(letters), 768))  # as long as a long name
    assert [hex(ord(c)) for row in rows for c in steers.keys() & set(place(row))] == []


def test_what_has_a_meaning_steers_nothing(steers: dict[str, Steering]) -> None:
    assert [hex(ord(c)) for c in steers if unicodedata.category(c)[0] not in "CZ"] == []


@pytest.mark.parametrize("place", [printable_name, printable, clean_text])
@pytest.mark.parametrize("name", READABLE)
def test_words_and_emoji_stay_whole(place: Callable[[str], str], name: str) -> None:
    assert place(name) == name


def test_marks_of_direction_in_a_name_are_spelt() -> None:
    assert printable_name("a\u200fgpj\u061c.\u200eexe") == "a\\u200fgpj\\u061c.\\u200eexe"
    assert printable_name("a\x1b\n\x9b\ud83d.jpg") == "a\\x1b\\x0a\\x9b\\ud83d.jpg"


def test_a_cell_keeps_direction_and_drops_controls(steers: dict[str, Steering]) -> None:
    assert clean_text("a\u200f\u202e\x07\x1b\ufffe\U0001fffeb\u2028c\x85d") == "a\u200f\u202eb\nc\nd"
    dropped = {c for c, kind in steers.items() if kind in ("control", "no character")}.difference("\t\n\r\x0b\x0c\x85")
    assert [hex(ord(c)) for c in dropped if clean_text(f"a{c}b") != "ab"] == []


def test_an_escape_is_read_as_python_reads_it() -> None:
    assert [spelled(c) for c in "\x00\n\x1b\x9b\u202e\U000e0001"] == [
        "\\x00", "\\x0a", "\\x1b", "\\x9b", "\\u202e", "\\U000e0001"
    ]  # fmt: skip
