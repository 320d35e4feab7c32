"""The folders of a user: for the owner's eyes only, whatever was there before."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from paddlescan.paths import Paths, user_paths
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def home_paths(home: Path) -> Paths:
    return Paths(home / "config", home / "data", home / "cache", home / "logs")


def test_a_folder_that_cannot_be_looked_at_has_no_words_of_the_office(tmp_path: Path) -> None:
    unseen = tmp_path / ("n" * 300)  # as one whose owner lets nobody in, but for root, too
    with pytest.raises(OSError, match="too long"):
        unseen.stat()
    assert home_paths(unseen).patterns is None


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_new_folders_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        home_paths(tmp_path / "new" / "home").make()
    finally:
        os.umask(before)
    made = [tmp_path / "new", *(tmp_path / "new").rglob("*")]
    assert len(made) == 7
    assert {mode(folder) for folder in made} == {0o700}


def test_folders_that_others_could_read_are_narrowed_and_those_above_are_left(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    paths = home_paths(shared)
    pictures = (paths.thumbnails, paths.pasted, paths.scanned)
    for folder in (shared, paths.config, paths.data, paths.cache, *pictures, paths.templates):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o775)
    paths.make()
    assert mode(shared) == 0o775
    assert {mode(folder) for folder in shared.rglob("*")} == {0o700}


def test_a_folder_behind_a_link_is_narrowed_not_replaced(tmp_path: Path) -> None:
    real = tmp_path / "other disk"
    real.mkdir(mode=0o755)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "data").symlink_to(real)
    home_paths(tmp_path / "home").make()
    assert (tmp_path / "home" / "data").is_symlink()
    assert mode(real) == 0o700


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="a folder of another user's wants root")
def test_a_folder_of_another_user_is_not_touched(tmp_path: Path) -> None:
    theirs = tmp_path / "data"
    theirs.mkdir(mode=0o755)
    subprocess.run(["chown", "nobody", str(theirs)], check=True)
    home_paths(tmp_path).make()
    assert mode(theirs) == 0o755


NOBODY = 65534
AS_ROOT = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="giving things away wants root")
MAKE = """
import os, sys
from pathlib import Path
from paddlescan.errors import PaddleScanError
from paddlescan.paths import Paths
from paddlescan.words import error_sentence
home = Path(sys.argv[1])
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    Paths(home / "config", home / "data", home / "cache", home / "logs").make()
    print("made")
except PaddleScanError as error:
    print(error.code, *(" ".join(error_sentence(error.failure, language)) for language in ("en", "zh")), sep="\\n")
"""


@pytest.fixture
def nobody_s() -> Iterator[Path]:
    """A home of nobody's, that nobody can reach."""
    with tempfile.TemporaryDirectory() as outer:  # not tmp_path: only root may enter that
        home = Path(outer)
        home.chmod(0o755)
        os.chown(home, NOBODY, NOBODY)
        yield home


def made_by_nobody(home: Path) -> list[str]:
    command = [sys.executable, "-c", MAKE, str(home)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout.splitlines()


@AS_ROOT
def test_one_s_own_folders_are_used_also_a_second_time(nobody_s: Path) -> None:
    assert made_by_nobody(nobody_s) == ["made"]
    (nobody_s / "data" / "receipts.sqlite").touch()
    os.chown(nobody_s / "data" / "receipts.sqlite", NOBODY, NOBODY)
    assert made_by_nobody(nobody_s) == ["made"]


@AS_ROOT
@pytest.mark.parametrize("name", ["data", "cache", "cache/thumbnails", "data/pasted", "data/scanned"])
def test_no_receipt_goes_into_a_folder_of_somebody_else(nobody_s: Path, name: str) -> None:
    theirs = nobody_s / name
    assert made_by_nobody(nobody_s) == ["made"]
    theirs.mkdir(exist_ok=True)
    os.chown(theirs, 1234, 1234)
    theirs.chmod(0o777)
    code, *told = made_by_nobody(nobody_s)
    assert code == "folder_unwritable"
    assert str(theirs) in told[0]
    assert "it belongs to somebody else" in told[0]
    assert "它属于其他用户" in told[1]


@AS_ROOT
def test_no_receipt_goes_into_a_store_of_somebody_else(nobody_s: Path) -> None:
    assert made_by_nobody(nobody_s) == ["made"]
    store = nobody_s / "data" / "receipts.sqlite"
    store.touch()
    store.chmod(0o666)
    code, *told = made_by_nobody(nobody_s)
    assert code == "store_unwritable"
    assert "it belongs to somebody else" in told[0]
    assert "它属于其他用户" in told[1]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says by XDG variables where folders are")
@pytest.mark.parametrize("said", ["", "somewhere", "./here"])
def test_what_no_absolute_path_says_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.delenv("PADDLESCAN_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    usual = user_paths()
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, said)
    assert user_paths() == usual
    assert usual.data == tmp_path / ".local" / "share" / "PaddleScan"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert user_paths().data == tmp_path / "data" / "PaddleScan"
    assert user_paths().logs == usual.logs
