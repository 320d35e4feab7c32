"""What of the disk is let: the program wherever it lies, never a person's folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from paddlescan.pipeline.jail import places


def read_by(scratch: Path) -> set[Path]:
    return {rule.path for rule in places.rules_for(scratch) if rule.right == "read"}


def test_only_scratch_is_written(tmp_path: Path) -> None:
    rules = list(places.rules_for(tmp_path))
    assert {rule.path for rule in rules if rule.right == "scratch"} == {tmp_path}
    assert {str(rule.path) for rule in rules if rule.right == "write"} == {"/dev/null"}
    assert not [rule for rule in rules if rule.right == "device"]


def test_the_home_folder_and_what_holds_it_stay_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = tmp_path / "home" / "li"
    tools = home / "tools" / "site-packages"
    tools.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(sys, "path", [*sys.path, str(home), str(tmp_path), "/", "/tmp", str(tools), "", "not/there"])
    monkeypatch.setattr(sys, "prefix", str(home))
    found = read_by(tmp_path / "scratch")
    assert not found & {home, home.parent, tmp_path, Path("/"), Path("/tmp"), Path("/home"), Path("/root")}
    assert tools in found  # packages may be installed anywhere


def test_a_home_behind_a_link_is_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "home").symlink_to(tmp_path / "real")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "path", [str(tmp_path / "real"), str(tmp_path / "home")])
    assert tmp_path / "real" not in read_by(tmp_path / "scratch")


def test_the_folder_that_our_package_lies_in_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "papers" / "paddlescan"
    package.mkdir(parents=True)
    monkeypatch.setattr(places, "_PACKAGE", package)
    monkeypatch.setattr(sys, "path", [*sys.path, str(package.parent)])
    found = read_by(tmp_path / "scratch")
    assert package in found and package.parent / "resources" in found
    assert package.parent not in found


def test_an_installed_package_comes_with_its_neighbours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "paddlescan"
    package.mkdir(parents=True)
    monkeypatch.setattr(places, "_PACKAGE", package)
    monkeypatch.setattr(sys, "path", [str(package.parent)])
    assert package.parent in read_by(tmp_path / "scratch")


def test_a_frozen_program_reads_its_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "unpacked"), raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "app" / "paddlescan"))
    assert {tmp_path / "unpacked", tmp_path / "app"} <= read_by(tmp_path / "scratch")


def test_folders_that_options_name_are_read(tmp_path: Path) -> None:
    rules = places.rules_for(tmp_path / "scratch", [str(tmp_path / "words")])
    assert tmp_path / "words" in {rule.path for rule in rules if rule.right == "read"}


def test_a_folder_in_which_modules_are_only_looked_for_is_not_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As PYTHONPATH names them."""
    monkeypatch.setattr(sys, "path", [str(tmp_path / "papers"), *sys.path])
    found = read_by(tmp_path / "scratch")
    assert tmp_path / "papers" not in found
    assert Path(os.path.realpath(os.__file__)).parent in found
