"""What the Windows packages are told, checked where no Windows is; tests/packages/windows.sh runs them by Wine."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from installers.windows import explorer
from installers.windows.script import definitions, list_of_files, quoted
from installers.windows.version_info import numbers, version_info
from paddlescan.desktop.menus.entries import ENTRIES, EXTENSIONS

PROGRAM = "C:\\Program Files\\PaddleScan\\paddlescan-gui.exe"


def test_every_type_that_is_read_has_both_entries_and_so_have_folders() -> None:
    keys = {one.key for one in explorer.values(PROGRAM, "zh")}
    places = [f"SystemFileAssociations\\.{ending}" for ending in EXTENSIONS]
    for place in (*places, "Directory", "Directory\\Background", "Drive"):
        entries = [key for key in keys if key.startswith(f"Software\\Classes\\{place}\\shell\\") and "command" in key]
        assert len(entries) == len(ENTRIES), place


def test_explorer_shows_the_window_first() -> None:
    keys = sorted(one.key for one in explorer.values(PROGRAM, "en") if "\\Directory\\shell\\" in one.key)
    named = {one.key: one.value for one in explorer.values(PROGRAM, "en") if not one.name}
    assert [named[key] for key in keys if not key.endswith("command")][:1] == [ENTRIES[0].english]


def test_all_that_is_written_is_below_what_is_removed() -> None:
    own = explorer.own_keys()
    for one in explorer.values(PROGRAM, "en"):
        assert any(one.key == key or one.key.startswith(f"{key}\\") for key in own), one.key
    shared = explorer.shared_keys()
    assert "Software\\Classes" not in shared
    for key in own:
        assert key.rpartition("\\")[0] in shared
    depths = [key.count("\\") for key in shared]
    assert depths == sorted(depths, reverse=True), "what is inside another is removed before it"


def test_the_list_names_every_file_and_then_every_folder_from_the_inside_out(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "收 据.txt").touch()
    (tmp_path / "c.exe").touch()
    (tmp_path / "a" / "empty").mkdir()
    assert list_of_files(tmp_path).split("\r\n") == ["a\\b\\收 据.txt", "c.exe", "a\\empty\\", "a\\b\\", "a\\", ""]


def test_what_is_quoted_is_one_word_to_nsis() -> None:
    assert quoted('"$INSTDIR\\a.exe" "%1"') == '`"$INSTDIR\\a.exe" "%1"`'
    assert quoted("`") == "`$\\``"


def test_a_certificate_is_used_only_where_there_is_one(tmp_path: Path) -> None:
    assert "SIGN" not in definitions("1.2.3", tmp_path, tmp_path / "x.exe")
    assert "!define SIGN `signtool sign /a`" in definitions("1.2.3", tmp_path, tmp_path / "x.exe", "signtool sign /a")


@pytest.mark.parametrize(
    ("version", "four"), [("0.1.0", (0, 1, 0, 0)), ("2026.11.26.3", (2026, 11, 26, 3)), ("1.2rc1", (1, 2, 0, 0))]
)
def test_windows_compares_four_numbers(version: str, four: tuple[int, ...]) -> None:
    assert numbers(version) == four


def test_the_version_resource_is_a_text_that_pyinstaller_can_evaluate() -> None:
    names = "VSVersionInfo FixedFileInfo StringFileInfo VarFileInfo VarStruct StringTable StringStruct"
    calls: dict[str, Any] = {name: _called(name) for name in names.split()}
    text = version_info("1.2.3", "paddlescan-gui.exe")
    whole = eval(text, {"__builtins__": {}}, calls)
    assert whole.named["ffi"].named["filevers"] == (1, 2, 3, 0)
    strings, variables = whole.named["kids"]
    tables = strings.given[0]
    assert [table.given[0] for table in tables] == ["040904B0", "080404B0"]
    for table in tables:
        said = {string.given[0]: string.given[1] for string in table.given[1]}
        assert said["ProductVersion"] == said["FileVersion"] == "1.2.3"
        assert said["OriginalFilename"] == "paddlescan-gui.exe"
    assert variables.given[0][0].given == ("Translation", [0x0409, 1200, 0x0804, 1200])


def _called(name: str) -> Any:
    return lambda *given, **named: SimpleNamespace(name=name, given=given, named=named)
