"""Every file manager's menu: put in, said, taken out, without a trace in a person's folders."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from paddlescan.desktop.menus import python_extension
from paddlescan.desktop.menus.caja import CAJA
from paddlescan.desktop.menus.dolphin import DOLPHIN
from paddlescan.desktop.menus.entries import ENTRIES, EXTENSIONS
from paddlescan.desktop.menus.installing import own_command, write_system_menus
from paddlescan.desktop.menus.manager import FileManager, State
from paddlescan.desktop.menus.nautilus import NAUTILUS
from paddlescan.desktop.menus.nemo import NEMO
from paddlescan.desktop.menus.places import Places
from paddlescan.desktop.menus.python_extension import Extended
from paddlescan.desktop.menus.thunar import THUNAR
from paddlescan.errors import MenuUnwritable
from paddlescan.pipeline import intake
from tests.unit.desktop.menus.conftest import files_below

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the file managers of Linux")

AWKWARD = '/opt/Büro & "Söhne" 100%/it\'s;a $b`c\\d/paddlescan'
COMMAND = ("/usr/bin/paddlescan",)
ALL: tuple[FileManager, ...] = (NAUTILUS, NEMO, CAJA, DOLPHIN, THUNAR)
each = pytest.mark.parametrize("manager", ALL, ids=lambda one: one.name)


@pytest.fixture(params=[True, False], ids=["with the binding", "without it"])
def binding(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether Nautilus and Caja can run Python."""
    libraries = tmp_path / "lib"
    for library in ("nautilus/extensions-4/libnautilus-python.so", "caja/extensions-2.0/libcaja-python.so"):
        if request.param:
            (libraries / "x86_64-linux-gnu" / library).parent.mkdir(parents=True)
            (libraries / "x86_64-linux-gnu" / library).touch()
    monkeypatch.setattr(python_extension, "_LIBRARIES", (str(libraries),))
    return bool(request.param)


@each
def test_it_is_put_in_once_and_taken_out_without_a_trace(
    manager: FileManager, places: Places, tmp_path: Path, binding: bool
) -> None:
    for folder in ("nemo/actions", "nautilus-python/extensions", "kio/servicemenus", "nautilus/scripts"):
        (places.data_home / folder).mkdir(parents=True)
        (places.data_home / folder / "my own").write_text("mine")
    places.config_home.mkdir(parents=True)
    before = files_below(tmp_path)
    assert manager.state(places, COMMAND) is State.ABSENT
    manager.install(places, COMMAND)
    assert manager.state(places, COMMAND) is State.INSTALLED
    once = files_below(tmp_path)
    assert once != before
    manager.install(places, COMMAND)
    assert files_below(tmp_path) == once
    assert manager.remove(places)
    assert files_below(tmp_path) == before
    assert not manager.remove(places)


@each
def test_what_calls_another_place_is_said_and_renewed(manager: FileManager, places: Places, binding: bool) -> None:
    manager.install(places, ("/old/paddlescan",))
    assert manager.state(places, COMMAND) is State.OTHER
    manager.install(places, COMMAND)
    assert manager.state(places, COMMAND) is State.INSTALLED
    assert not [text for text in files_below(places.data_home.parents[1]).values() if b"/old/" in text]


def test_the_package_s_entries_are_enough(places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Extended, "runs_python", lambda self: True)
    root = tmp_path / "root"
    written = write_system_menus(root, "/usr/bin/paddlescan")
    assert sorted(written) == sorted(file for file in root.rglob("*") if file.is_file())
    with_package = Places(places.data_home, places.config_home, (root / "usr/share",), places.config_dirs)
    for manager in (NAUTILUS, NEMO, CAJA, DOLPHIN):
        manager.install(places, COMMAND)
        manager.install(with_package, COMMAND)
        assert manager.state(with_package, COMMAND) is State.PACKAGE, "there would be two of each entry"
        assert manager.state(places, COMMAND) is State.ABSENT


def test_scripts_give_way_to_the_extension_that_can_run_now(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setattr(Extended, "runs_python", lambda self: False)
    NAUTILUS.install(places, COMMAND)
    script = places.data_home / "nautilus/scripts" / "用 Paddle 扫描"
    assert os.access(script, os.X_OK)
    monkeypatch.setattr(Extended, "runs_python", lambda self: True)
    assert NAUTILUS.state(places, COMMAND) is State.OTHER
    NAUTILUS.install(places, COMMAND)
    assert not script.exists()
    assert NAUTILUS.state(places, COMMAND) is State.INSTALLED


def test_a_script_hands_over_names_as_they_are(places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setattr(Extended, "runs_python", lambda self: False)
    CAJA.install(places, ("printf", "%s\\n"))
    script = places.config_home / "caja/scripts" / "Scan with Paddle"
    said = subprocess.run([script, "-a b", "c'd\"e"], check=True, capture_output=True, text=True, cwd=tmp_path).stdout
    assert said == "--\n-a b\nc'd\"e\n"
    said = subprocess.run([script], check=True, capture_output=True, text=True, cwd=tmp_path).stdout
    assert said == f"--\n{tmp_path}\n", "the folder whose empty ground was clicked"


@each
def test_a_folder_that_takes_nothing_is_told_with_its_file(manager: FileManager, places: Places, binding: bool) -> None:
    places.data_home.parents[1].mkdir(parents=True)
    for home in (places.data_home.parent, places.config_home):
        home.write_text("no folder")
    with pytest.raises(MenuUnwritable) as told:
        manager.install(places, COMMAND)
    assert str(places.data_home.parents[1]) in told.value.failure.message


def test_what_a_file_manager_compiled_goes_with_the_extension(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Extended, "runs_python", lambda self: True)
    NAUTILUS.install(places, COMMAND)
    compiled = places.data_home / "nautilus-python/extensions/__pycache__/paddlescan_menu.cpython-311.pyc"
    compiled.parent.mkdir()
    compiled.touch()
    NAUTILUS.remove(places)
    assert not compiled.parent.exists()


def keys(text: str, group: str) -> dict[str, str]:
    parser = configparser.RawConfigParser(delimiters=("=",), strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    unescaped = {name: re.sub(r"\\(.)", r"\1", value) for name, value in parser[group].items()}
    return unescaped if group != "Desktop Entry" else dict(parser[group])


def test_nemo_reads_awkward_places_as_they_are(places: Places) -> None:
    NEMO.install(places, (AWKWARD,))
    files = sorted((places.data_home / "nemo/actions").iterdir())
    calls = [keys(file.read_text("utf-8"), "Nemo Action") for file in files]
    expected = sorted([AWKWARD, *entry.arguments, token] for entry in ENTRIES for token in ("%F", "%P"))
    assert sorted(shlex.split(one["Exec"].replace("%%", "%")) for one in calls) == expected
    assert {one["Name[zh_CN]"] for one in calls} == {"用 Paddle 扫描", "用 Paddle 扫描为 CSV"}


def test_dolphin_reads_awkward_places_as_they_are(places: Places) -> None:
    DOLPHIN.install(places, (AWKWARD,))
    (file,) = (places.data_home / "kio/servicemenus").iterdir()
    assert os.access(file, os.X_OK), "Dolphin believes no other"
    for entry in ENTRIES:
        action = keys(file.read_text("utf-8"), f"Desktop Action {entry.key}")
        argument = re.match(r'"((?:[^"\\]|\\.)*)"', action["Exec"])
        assert argument
        assert re.sub(r"\\(.)", r"\1", argument[1]).replace("%%", "%") == AWKWARD
        assert action["Exec"][argument.end() :].split() == [*entry.arguments, "%F"]
        assert action["Name"] == entry.english


def test_the_entries_are_for_the_files_that_are_read() -> None:
    assert set(EXTENSIONS) == intake.EXTENSIONS - {"psd"}, "one that is not read yet is in no menu"


def test_the_command_of_this_very_program_runs_from_anywhere(tmp_path: Path) -> None:
    command = [*own_command(), "--version"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path, env={}).stdout
    assert said.startswith("PaddleScan ")


def test_the_folders_are_those_of_the_standard(tmp_path: Path) -> None:
    assert Places.of({"XDG_DATA_HOME": "relative", "XDG_CONFIG_DIRS": "/a:b:/c"}, tmp_path) == Places(
        tmp_path / ".local/share",
        tmp_path / ".config",
        (Path("/usr/local/share"), Path("/usr/share")),
        (Path("/a"), Path("/c")),
    )
