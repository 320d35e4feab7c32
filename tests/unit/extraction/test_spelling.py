"""Words and names with a misread letter, put right where a list leaves no doubt."""

from __future__ import annotations

import pytest

from paddlescan.extraction.spelling import known_merchant, mend_address_words, mend_name_words


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("AIK HUAT HARDWAKE", "AIK HUAT HARDWARE"),
        ("Verbena Confectlonery", "Verbena Confectionery"),
        ("LAVENDER CONFECTIUNARY", "LAVENDER CONFECTIONARY"),
        ("LIAN HING STATIONARY", "LIAN HING STATIONARY"),
        ("WHITE HORSE", "WHITE HORSE"),
        ("MR HARDWICK", "MR HARDWICK"),
        ("HOLDER", "HOLDER"),
        ("天天便利店", "天天便利店"),
        ("", ""),
    ],
)
def test_long_words_of_names(read: str, meant: str) -> None:
    assert mend_name_words(read) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Lot 3, Jslan Pelabur", "Lot 3, Jalan Pelabur"),
        ("TAMAN PERINDUSTRlAN", "TAMAN PERINDUSTRIAN"),
        ("Selaugor, Malaysla.", "Selangor, Malaysia."),
        ("12345 STREET", "12345 STREET"),
        ("No 21, Jalan Pinang", "No 21, Jalan Pinang"),
        ("Main Road 47100", "Main Road 47100"),
    ],
)
def test_usual_words_of_addresses(read: str, meant: str) -> None:
    assert mend_address_words(read) == meant


@pytest.mark.parametrize(
    ("read", "chain"),
    [
        ("GARDENFA BAKERIES (KI) SDN BHD", "GARDENIA BAKERIES (KL) SDN BHD"),
        ("buardian Health And Beauty Sdn Bhd", "GUARDIAN HEALTH AND BEAUTY SDN BHD"),
        ("99 SPEED NART S/B", "99 SPEED MART S/B"),
        ("GARDENIA BAKERIES (KL) SDN BHD", None),  # as it should be
        ("MR. D.I.Y. (J) SDN BHD", None),  # another branch
        ("GARDEN BAKERY SDN BHD", None),
        ("SAFE", None),
        ("", None),
    ],
)
def test_chains(read: str, chain: str | None) -> None:
    assert known_merchant(read) == chain
