"""What README and manual promise: their links and pictures are there, and their command lines are understood."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import unquote

import pytest

from paddlescan.cli.parser import command_parser, wants_command_line, window_parser

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
USED = tuple(file for file in DOCUMENTS if file.name == "README.md" or file.name.startswith("manual_"))
LARGEST_PICTURE = 150_000
"""Bytes."""


def text_of(file: Path) -> str:
    return file.read_text("utf-8")


def links(file: Path) -> list[str]:
    """Those to other files."""
    found = re.findall(r"\]\(([^)#\s]+)\)", text_of(file))
    return [unquote(link) for link in found if "://" not in link]


def commands(file: Path) -> list[str]:
    """The command lines, whether they stand by themselves or in a sentence; those cut short by dots are left out."""
    blocks = re.findall(r"^ {4}(paddlescan\b.*)$", text_of(file), re.MULTILINE)
    spans = re.findall(r"`(paddlescan\b[^`]*)`", text_of(file))
    return [line for line in (*blocks, *spans) if "…" not in line]


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_what_is_linked_is_there(file: Path) -> None:
    missing = [link for link in links(file) if not (file.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("file", USED, ids=lambda file: file.name)
def test_every_command_line_is_understood(file: Path) -> None:
    lines = commands(file)
    assert lines
    for line in lines:
        argv = shlex.split(line, comments=True)[1:]
        parser = command_parser() if wants_command_line(argv) else window_parser()
        try:
            parser.parse_args(argv)
        except SystemExit as end:
            assert end.code == 0, line  # --help


def test_there_is_a_manual_in_both_languages_of_the_same_build() -> None:
    english, chinese = (text_of(ROOT / "docs" / f"manual_{language}.md") for language in ("en", "zh"))
    assert len(re.findall("^## ", english, re.MULTILINE)) == len(re.findall("^## ", chinese, re.MULTILINE))
    assert english.count("![") == chinese.count("![") >= 4
    assert "manual_zh.md" in english and "manual_en.md" in chinese


def test_pictures_are_small() -> None:
    pictures = sorted((ROOT / "docs" / "screenshots").glob("*.png"))
    assert pictures
    assert not [file.name for file in pictures if file.stat().st_size > LARGEST_PICTURE]
