"""Misread words are told from rare ones."""

from __future__ import annotations

import pytest

from paddlescan.extraction.misprints import common_words, look_at_spelling, wordlist

KNOWN = wordlist(["BALAKONG", "JALAN", "MART", "PETALING", "JAYA", "43300"])


@pytest.mark.parametrize(
    ("text", "unknown", "near", "near_short"),
    [
        ("Jalan Balakong", 0, 0, 0),
        ("JALAN BALAKUNG", 1, 1, 0),  # another letter
        ("JALN BALAKOONG", 2, 1, 1),  # one less, one more
        ("SPEED NART", 2, 0, 1),
        ("ZHENG HUI", 1, 0, 0),  # rare, and like nothing that is known
        ("PetalingJaya", 0, 0, 0),  # glued
        ("KL 43300", 0, 0, 0),
        ("北京市 饭店", 0, 0, 0),
        ("", 0, 0, 0),
    ],
)
def test_a_letter_away_from_a_known_word_is_no_rare_word(text: str, unknown: int, near: int, near_short: int) -> None:
    found = look_at_spelling(text, KNOWN)
    assert (found.unknown, found.near, found.near_short) == (unknown, near, near_short)


@pytest.mark.parametrize("text", ["NO 29O, JALAN", "LOT G3O", "4330O SERI", "AEON Ma11", "Jalan 7/1l8B"])
def test_letters_among_digits_are_seen(text: str) -> None:
    assert look_at_spelling(text, KNOWN).mixed == 1


@pytest.mark.parametrize(
    "text", ["NO 290, JALAN", "LOT10 B-1", "SS4C/5", "U13", "No1 Medan", "3RD FLR", "A-16-1", "7-ELEVEN"]
)
def test_numbers_with_letters_as_printed_are_not(text: str) -> None:
    assert look_at_spelling(text, KNOWN).mixed == 0


@pytest.mark.parametrize(
    "text", ["BIk G", "JIn PJU", "JA:AN", "SE_ANGOR", "ENW Hardwa e Centre", "wHOLE FOODS", 'TAMAN "EBRAU']
)
def test_odd_capitals_and_marks_are_seen(text: str) -> None:
    assert look_at_spelling(text, KNOWN).odd >= 1


@pytest.mark.parametrize(
    "text",
    ["McDonald's", "PetalingJaya", "D.I.Y.", "No.12,Jalan", "AEON CO. (M) BHD", "Selangor D.E.", "AT&T", "中国石化"],
)
def test_usual_print_has_none(text: str) -> None:
    assert look_at_spelling(text, KNOWN).odd == 0


def test_accents_are_counted() -> None:
    assert look_at_spelling("SETIA ÁLAM", KNOWN).accents == 1


def test_the_list_that_comes_along_holds_words_of_receipts() -> None:
    assert {"JALAN", "SDN", "BHD", "RESTAURANT"} <= common_words().words


def test_any_text_is_looked_at_quickly() -> None:
    look_at_spelling("A" * 100_000, common_words())
    look_at_spelling("é_:" * 30_000, common_words())
