"""Options as drivers of all kinds print them, and what scanimage is told for a wish."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paddlescan.desktop.scanner.listing import list_scanners, parse_list
from paddlescan.desktop.scanner.options import (
    Abilities,
    abilities_of,
    ask_abilities,
    mode_for,
    parse_options,
)
from paddlescan.desktop.scanner.program import Stop
from paddlescan.desktop.scanner.wish import Wish, arguments_of

BROTHER = """
All options specific to device `brother4:net1;dev0':
    --mode Black & White|Gray[Error Diffusion]|True Gray|24bit Color|24bit Color[Fast] [24bit Color[Fast]]
        Select the scan mode
    --resolution 100|150|200|300|400|600|1200|2400|4800|9600dpi [200]
        Sets the resolution of the scanned image.
    --source FlatBed|Automatic Document Feeder(left aligned)|Automatic Document Feeder(left aligned,Duplex) [FlatBed]
        Selects the scan source (such as a document-feeder).
    --brightness -50..50% (in steps of 1) [inactive]
  Geometry:
    -l 0..215.9mm (in steps of 0.0999908) [0]
    -t 0..297mm (in steps of 0.0999908) [0]
    -x 0..215.9mm (in steps of 0.0999908) [215.88]
    -y 0..297mm (in steps of 0.0999908) [297]
"""
FUJITSU = """
  Scan Mode:
    --source ADF Front|ADF Back|ADF Duplex [ADF Front]
    --mode Lineart|Halftone|Gray|Color [Lineart]
    --resolution 50..600dpi (in steps of 1) [600]
  Geometry:
    --page-width 0..221.121mm (in steps of 0.0211639) [215.872]
    --page-height 0..863.489mm (in steps of 0.0211639) [279.364]
    -l 0..215.872mm (in steps of 0.0211639) [0]
    -t 0..279.364mm (in steps of 0.0211639) [0]
    -x 0..215.872mm (in steps of 0.0211639) [215.872]
    -y 0..279.364mm (in steps of 0.0211639) [279.364]
"""
EPSON = """
    --mode Lineart|Gray|Color [Lineart]
    --depth 8|16 [16]
    --resolution auto|75|150|300|600dpi [75]
    --source Flatbed|Automatic Document Feeder [Flatbed]
    --adf-mode Simplex|Duplex [inactive]
    --preview[=(yes|no)] [no]
    --eject [inactive]
"""
WEBCAM = """
    --mode Gray|Color [Gray]
    --channel Camera 1 [Camera 1]
"""


def abilities(text: str) -> Abilities:
    return abilities_of(parse_options(text.splitlines()))


@pytest.mark.parametrize(
    ("text", "kinds", "resolutions"),
    [
        (BROTHER, ["flatbed", "feeder", "duplex"], (150, 200, 300, 400, 600)),
        (FUJITSU, ["feeder", "duplex", "other"], (150, 200, 300, 400, 600)),
        (EPSON, ["flatbed", "feeder", "duplex"], (150, 300, 600)),
        (WEBCAM, [], ()),
        ("", [], ()),
    ],
)
def test_what_a_driver_offers(text: str, kinds: list[str], resolutions: tuple[int, ...]) -> None:
    found = abilities(text)
    assert [source.kind for source in found.sources] == kinds
    assert found.resolutions == resolutions


@pytest.mark.parametrize(
    ("text", "wish", "arguments"),
    [
        (
            BROTHER,
            Wish(kind="duplex"),
            "--source=Automatic Document Feeder(left aligned,Duplex)/--mode=24bit Color/--resolution=300"
            "/-l/0/-x/210/-t/0/-y/297",
        ),
        (
            BROTHER,
            Wish(resolution=500, colour="grey", paper="legal", source="FlatBed"),
            "--source=FlatBed/--mode=True Gray/--resolution=600/-l/0/-x/215.9/-t/0/-y/297",
        ),
        (
            FUJITSU,
            Wish(kind="flatbed", paper="a5"),  # it has no glass
            "--source=ADF Front/--mode=Color/--resolution=300"
            "/--page-width=148/-l/0/-x/148/--page-height=210/-t/0/-y/210",
        ),
        (
            FUJITSU,
            Wish(kind="other", source="ADF Back", paper="whole"),
            "--source=ADF Back/--mode=Color/--resolution=300"
            "/--page-width=215.872/-l/0/-x/215.872/--page-height=279.364/-t/0/-y/279.364",
        ),
        (
            EPSON,
            Wish(kind="duplex", colour="grey"),
            "--source=Automatic Document Feeder/--adf-mode=Duplex/--mode=Gray/--depth=8/--resolution=300",
        ),
        (WEBCAM, Wish(), "--mode=Color"),
        ("", Wish(), ""),
    ],
)
def test_how_scanimage_is_told(text: str, wish: Wish, arguments: str) -> None:
    assert "/".join(arguments_of(abilities(text), wish)) == arguments


def test_plain_modes_go_before_odd_ones() -> None:
    options = parse_options(
        ["    --mode Lineart|48 bits color|Color|16 bits gray|Grayscale|Grayscale Halftone [Lineart]"]
    )
    assert mode_for(options, "colour") == "Color"
    assert mode_for(options, "grey") == "Grayscale"
    assert mode_for(parse_options(["    --mode Lineart [Lineart]"]), "grey") == ""


def test_the_test_scanner_says_what_it_can(program: Path) -> None:
    (scanner,) = list_scanners(program, Stop())
    found = ask_abilities(program, scanner, Stop())
    assert found is not None
    assert [source.kind for source in found.sources] == ["flatbed", "feeder"]
    assert found.colours == ("colour", "grey")
    assert found.sized
    assert found.options["--resolution"].span == (1.0, 1200.0)
    assert found.options["--resolution"].value == "50"
    assert not found.options["--three-pass"].usable
    assert found.options["--read-delay"].choices == ("yes", "no")


@settings(max_examples=40)
@given(st.text(alphabet=st.sampled_from(" -|[]().,=0123456789axyzdpim\t"), max_size=80))
def test_whatever_it_prints_is_read_or_left_out(line: str) -> None:
    found = parse_options(["    -" + line, "    --mode" + line, "    --resolution " + line, "    -x " + line])
    arguments_of(abilities_of(found), Wish())


@settings(max_examples=40)
@given(st.lists(st.text(max_size=40)))
def test_whatever_it_lists_is_a_scanner_or_passed_over(lines: list[str]) -> None:
    for scanner in parse_list(lines):
        assert scanner.name.isprintable()
        assert scanner.title


def test_scanners_have_the_names_that_people_know() -> None:
    found = parse_list(
        [
            "v4l:/dev/video0\tNoname\tIntegrated Camera\tvirtual device",
            "airscan:e0:Canon MG3600\tCanon\tCanon_MG3600\tip=192.0.2.7",
            "fujitsu:fi-7160:1\tFUJITSU\tfi-7160\tscanner",
            "--help\t\t\tscanner",
            "half a line",
            "",
        ]
    )
    assert [(scanner.name, scanner.title) for scanner in found] == [
        ("airscan:e0:Canon MG3600", "Canon MG3600"),
        ("fujitsu:fi-7160:1", "FUJITSU fi-7160"),
        ("--help", "--help"),
        ("v4l:/dev/video0", "Integrated Camera"),
    ]
