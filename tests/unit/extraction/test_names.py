"""Names as printed, freed of what stands around them and of the commonest misreadings."""

from __future__ import annotations

import pytest

from paddlescan.extraction.names import clean_name, has_accents, mend_address, mend_name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("HAZEL GROVE SDN BHD (519537-X)", "HAZEL GROVE SDN BHD"),
        ("Hazel Grove Sdn. Bhd. (Co. Reg. No.: 519537-X)", "Hazel Grove Sdn. Bhd."),
        ("HAZEL GROVE SDN BHD (139386 X)", "HAZEL GROVE SDN BHD"),
        ("HAZEL GROVE (KL) SDN BHD", "HAZEL GROVE (KL) SDN BHD"),
        ("HAZEL TRADING CO (742833-W)", "HAZEL TRADING CO"),
        ("* Hazel Grove *", "Hazel Grove"),
        ("HAZEL GROVE SDN BHD 8OZTZ5-U", "HAZEL GROVE SDN BHD"),
        ("HAZEL GROVE SDN BHD MELUR MALL", "HAZEL GROVE SDN BHD MELUR MALL"),
        ("Owned by: Hazel Grove Ltd.", "Hazel Grove Ltd."),
        ("榛林餐饮有限公司", "榛林餐饮有限公司"),
        ("", ""),
    ],
)
def test_clean(printed: str, name: str) -> None:
    assert clean_name(printed) == name


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("F00D HALL SDN BHD", "FOOD HALL SDN BHD"),
        ("1DEAL MART", "IDEAL MART"),
        ("M.1.N.T. STORE", "M.I.N.T. STORE"),
        ("HAI-0 BHD", "HAI-O BHD"),
        ("HAZEL SON BHD", "HAZEL SDN BHD"),
        ("HAZEL SBN 3HD", "HAZEL SDN BHD"),
        ("HAZEL SDN. DHD", "HAZEL SDN. BHD"),
        ("HAZEL SUN BAY", "HAZEL SUN BAY"),
        ("HAZEL GROVE (M) SDN", "HAZEL GROVE (M) SDN BHD"),
        ("99 MART 5/8", "99 MART S/B"),
        ("CAFE 101", "CAFE 101"),
        ("SS1 HARDWARE", "SS1 HARDWARE"),
        ("HARDWÀRE", "HARDWARE"),
    ],
)
def test_mend(read: str, name: str) -> None:
    assert mend_name(read, accents=False) == name


def test_accents_stay_where_the_page_has_them() -> None:
    assert mend_name("Café Été", accents=True) == "Café Été"
    assert has_accents(["Café Été", "Crème brûlée"])
    assert not has_accents(["HARDWÀRE", "STORE " * 20])


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("NO 29O, JALAN MELUR, 4330O K\u00dcALA LUMPUR", "NO 290, JALAN MELUR, 43300 KUALA LUMPUR"),
        ("No: G3, BIk G, JIn PJU 1A/3", "No: G3, Blk G, Jln PJU 1A/3"),
        ("OFF J1n Melur", "OFF Jln Melur"),
        ("NO29O, JALAN MELUR, 4017D SHAH ALAM", "NO290, JALAN MELUR, 40170 SHAH ALAM"),
        ("221 Harbor Street, Portland, OR 97201", "221 Harbor Street, Portland, OR 97201"),
    ],
)
def test_mend_an_address(read: str, meant: str) -> None:
    assert mend_address(read, accents=False) == meant


def test_accents_of_an_address_stay_where_the_page_has_them() -> None:
    assert mend_address("12 rue de l'\u00c9glise", accents=True) == "12 rue de l'\u00c9glise"
