"""Desktop entries, AppStream file, MIME package and man page: as the tools of their formats want them."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from defusedxml.ElementTree import parse

from installers.linux.command_line import calls
from installers.linux.man_page import man_page
from installers.linux.releases import METAINFO, newest
from paddlescan import __version__
from paddlescan.pipeline.intake import EXTENSIONS

LINUX = METAINFO.parent
ENTRY = LINUX / "org.paddlescan.PaddleScan.desktop"
OPEN_WITH = LINUX / "zz-paddlescan-open-with.desktop"
KNOWN_BY_CONTENT = {"jfif": "image/jpeg", "mpo": "image/jpeg", "psd": ""}
"""Endings that the MIME database does not list; PSD is not read yet, so it is not offered."""


def run(*command: str | Path, **environment: str) -> str:
    program = str(command[0])
    if shutil.which(program) is None:
        pytest.skip(f"needs {program}")
    done = subprocess.run(
        [program, *map(str, command[1:])],
        check=False, capture_output=True, text=True, env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def entry(file: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(file, encoding="utf-8")
    return parser["Desktop Entry"]


@pytest.mark.parametrize("file", [ENTRY, OPEN_WITH], ids=["menu", "open with"])
def test_desktop_entries_are_valid(file: Path) -> None:
    assert run("desktop-file-validate", file) == ""
    assert {key for key in entry(file) if key.startswith("Name")} == {"Name", "Name[zh_CN]"}


def test_the_appstream_file_is_valid_and_tells_this_version() -> None:
    run("appstreamcli", "validate", "--no-net", METAINFO)
    assert newest().version == __version__
    assert [found.text for found in parse(METAINFO).getroot().iter("launchable")] == [ENTRY.name]


def test_all_that_is_read_can_be_opened_with_it(tmp_path: Path) -> None:
    database = Path("/usr/share/mime/globs2")
    if not database.exists():
        pytest.skip("needs shared-mime-info")
    offered = set(entry(OPEN_WITH)["MimeType"].strip(";").split(";"))
    packages = tmp_path / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copy(LINUX / "org.paddlescan.PaddleScan.mime.xml", packages)
    run("update-mime-database", tmp_path / "mime")
    lines = [*database.read_text().splitlines(), *(tmp_path / "mime" / "globs2").read_text().splitlines()]
    known: dict[str, set[str]] = {}
    for line in lines:
        if match := re.fullmatch(r"\d+:([^:]+):\*\.(\w+)(:.*)?", line):
            known.setdefault(match[2], set()).add(match[1])
    for ending in EXTENSIONS:
        if ending in KNOWN_BY_CONTENT:
            assert KNOWN_BY_CONTENT[ending] in (*offered, "")
        else:
            assert known[ending] & offered, f"nothing offered for .{ending}"
    assert {found.text for found in parse(METAINFO).getroot().iter("mediatype")} == offered


def test_it_is_an_alternative_and_never_the_default_beside_another_program(tmp_path: Path) -> None:
    """Asked of GIO, which every GTK file manager asks; the other program sorts late, as Xfce's viewer does."""
    applications = tmp_path / "share" / "applications"
    applications.mkdir(parents=True)
    for file in (ENTRY, OPEN_WITH):
        shutil.copy(file, applications)
    viewer = "[Desktop Entry]\nType=Application\nName=Viewer\nExec=true %f\nMimeType=image/jpeg;application/pdf;\n"
    (applications / "org.xfce.ristretto.desktop").write_text(viewer)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "paddlescan").write_text("#!/bin/sh\n")
    (programs / "paddlescan").chmod(0o755)
    run("update-desktop-database", applications)
    home = str(tmp_path / "home")
    said = run(
        "gio", "mime", "image/jpeg", PATH=f"{programs}:{os.environ['PATH']}", XDG_DATA_DIRS=str(tmp_path / "share"),
        HOME=home, XDG_DATA_HOME=home, XDG_CONFIG_HOME=home, XDG_CONFIG_DIRS=home, LC_ALL="C.UTF-8",
    )  # fmt: skip
    first, *others = said.splitlines()
    assert first.endswith("org.xfce.ristretto.desktop")
    assert f"\t{OPEN_WITH.name}" in others


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_man_page_tells_every_option_and_is_clean(language: str, tmp_path: Path) -> None:
    page = man_page("zh" if language == "zh" else "en")
    file = tmp_path / "paddlescan.1"
    file.write_text(page, encoding="utf-8")
    assert run("mandoc", "-Tlint", "-W", "style" if language == "en" else "warning", file) == ""
    plain = re.sub(r"\\f[BIR]", "", page).replace(r"\-", "-")
    for command in calls("en"):
        for action in command.options:
            assert all(name in plain for name in action.option_strings)
    assert "--samples-if-empty" not in plain, "what only the Makefile says is no option for people"
