"""The numbered exports of watched rounds."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.cli.parser import command_parser
from paddlescan.cli.rounds import Exports, highest_number, numbered
from paddlescan.cli.service import arguments_of, told_of
from paddlescan.cli.terminal import Terminal
from paddlescan.cli.watch import plan_of
from paddlescan.desktop.hot_folder.unit import unit_text
from paddlescan.document import PageResult, Receipt, ScanOptions, SourceFile
from paddlescan.errors import ExportFailed, FolderWithin, OptionAlone
from paddlescan.paths import Paths, user_paths
from paddlescan.pipeline.passwords import Passwords
from paddlescan.store import NewFile, Store
from tests.conftest import ROOT

PATHS = (
    "from paddlescan.paths import user_paths; p = user_paths(); "
    "print(p.settings, p.store, p.cache, p.logs, sep=chr(10))"
)


class Desk:
    """A store with rounds of one receipt each, and the exports that a command line asks for."""

    def __init__(self, root: Path, *words: str) -> None:
        self.folder = root / "in"
        self.folder.mkdir(exist_ok=True)
        self.paths = Paths(root / "config", root / "data", root / "cache", root / "logs").make()
        self.store = Store(self.paths.store)
        self.options = command_parser("en").parse_args(["watch", "--quiet", *words, str(self.folder)])
        self.plan = plan_of(self.options)
        self.exports = Exports.asked_for(self.options, self.plan)

    def round(self, name: str) -> int:
        batch = self.store.begin_hot_round(self.plan.key, "2026-11-26", "in", "cli", ScanOptions())
        file = NewFile(SourceFile(f"/in/{name}".encode(), name), "1 2 3", name)
        self.store.take_hot_files(self.plan.key, batch, [file])
        claim = self.store.claim_page(batch)
        assert claim is not None
        self.store.save_result(claim.page_id, PageResult(claim.ref, receipts=(Receipt(),)), claim.token)
        return batch

    def write(self) -> None:
        for round_ in self.store.hot_rounds(self.plan.key):
            self.exports.write(self.store, self.paths, round_, Terminal("en", quiet=True), Passwords())


def sources(file: Path) -> list[str]:
    return [page["source"] for page in json.loads(file.read_text())["pages"]]


def test_every_round_has_a_file_of_its_own(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "--json", str(tmp_path / "r.json"), "--csv", str(tmp_path / "r.csv"))
    (tmp_path / "r-0041.json").write_text("somebody's")
    for name in ("a.png", "b.png"):
        batch = desk.round(name)
        desk.write()
        desk.store.close_hot_round(batch)
    assert sorted(path.name for path in tmp_path.glob("r*")) == [
        *("r-0041.json", "r-0042.csv", "r-0042.json", "r-0043.csv", "r-0043.json")
    ]
    assert (tmp_path / "r-0041.json").read_text() == "somebody's"
    assert [sources(tmp_path / f"r-{number}.json") for number in ("0042", "0043")] == [["a.png"], ["b.png"]]
    desk.store.close()


def test_what_a_kill_interrupted_is_written_under_the_same_number(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "--json", str(tmp_path / "r.json"), "--csv", str(tmp_path / "r.csv"))
    desk.round("a.png")
    desk.write()
    before = (tmp_path / "r-0001.json").stat()
    (tmp_path / "r-0001.csv").unlink()  # as if it had not come to it
    desk.write()
    assert sorted(path.name for path in tmp_path.glob("r*")) == ["r-0001.csv", "r-0001.json"]
    assert (tmp_path / "r-0001.json").stat() == before
    desk.store.close()


def test_a_place_that_is_gone_is_told_and_the_round_stays_open(tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    desk = Desk(tmp_path, "--json", str(place / "r.json"))
    batch = desk.round("a.png")
    place.rmdir()
    with pytest.raises(ExportFailed):
        desk.write()
    assert [each.batch for each in desk.store.hot_rounds(desk.plan.key)] == [batch]
    place.mkdir()
    desk.write()
    assert sources(place / "r-0001.json") == ["a.png"]
    desk.store.close()


def test_no_export_is_read_as_if_it_had_arrived(tmp_path: Path) -> None:
    with pytest.raises(FolderWithin):
        Desk(tmp_path, "--pdf", str(tmp_path / "in" / "r.pdf"))
    Desk(tmp_path, "--csv", str(tmp_path / "in" / "r.csv")).store.close()


def test_a_template_wants_a_table(tmp_path: Path) -> None:
    with pytest.raises(OptionAlone):
        Desk(tmp_path, "--template", "all")


def test_numbers_are_found_and_given(tmp_path: Path) -> None:
    assert numbered(Path("a b.csv"), 7) == Path("a b-0007.csv")
    for name in ("r-0003.csv", "r-12345.csv", "r-x.csv", "r-0099.json", "other-0100.csv"):
        (tmp_path / name).touch()
    assert highest_number(tmp_path / "r.csv") == 12345
    assert highest_number(tmp_path / "nowhere" / "r.csv") == 0


def test_a_service_gets_all_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["--csv", "r.csv", "--move-to", "away", "--every", "9", "--recursive", "--keep-seals", "--notify"]
    options = command_parser("en").parse_args(["watch", "--install", *words, "in"])
    told = arguments_of(options, plan_of(options))
    again = command_parser("en").parse_args(told)
    wanted = vars(options) | {
        **{"install": False, "quiet": True, "folder": str(tmp_path / "in")},
        **{"csv": str(tmp_path / "r.csv"), "move_to": str(tmp_path / "away")},
    }
    assert vars(again) == wanted


def test_a_service_is_told_where_the_folder_of_all_things_is_wherever_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert told_of({"PADDLESCAN_HOME": "things", "HOME": "/x"}) == {"PADDLESCAN_HOME": str(tmp_path / "things")}
    assert told_of({"PADDLESCAN_HOME": ""}) == {}


def test_a_service_is_told_of_folders_that_are_not_where_they_are_anyway(tmp_path: Path) -> None:
    odd = str(tmp_path / "50% 的 \udcff")
    usual = {"XDG_CONFIG_HOME": "/home/a/.config", "XDG_DATA_HOME": "/home/a/.local/share/", "XDG_CACHE_HOME": ""}
    assert told_of({"HOME": "/home/a", **usual}) == told_of({"HOME": "/home/a", "XDG_DATA_HOME": "here"}) == {}
    moved = {"XDG_CONFIG_HOME": "/conf", "XDG_DATA_HOME": odd, "XDG_CACHE_HOME": "/fast/cache"}
    assert told_of({"HOME": "/home/a", **moved, "XDG_RUNTIME_DIR": "/run/user/7"}) == moved
    assert told_of({"HOME": "/home/a", **moved, "PADDLESCAN_HOME": "/all"}) == {"PADDLESCAN_HOME": "/all"}


@pytest.mark.skipif(sys.platform != "linux", reason="where systemd and XDG are")
def test_a_service_finds_the_settings_and_the_store_of_the_shell_that_installed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PADDLESCAN_HOME", raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / f"{name} $HOME %h"))
    here = user_paths()
    unit = unit_text(tmp_path, [sys.executable, "-c", PATHS], told_of(os.environ))
    (line,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    command = shlex.split(line.removeprefix("ExecStart=").replace("$$", "$").replace("%%", "%"))
    bare = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=bare, cwd="/", check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == [str(here.settings), str(here.store), str(here.cache), str(here.logs)]
