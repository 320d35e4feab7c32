"""The support file: what helps is in it, what is private is not, unless it is asked for."""

from __future__ import annotations

import json
import re
import stat
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from paddlescan.desktop import bundle
from paddlescan.desktop.bundle import Wanted, told_settings, write_bundle
from paddlescan.desktop.diagnosis import Diagnosis
from paddlescan.desktop.machine import PACKAGES
from paddlescan.desktop.scrubbing import Scrubber
from paddlescan.document import SourceFile
from paddlescan.errors import ExportExists, FolderUnwritable
from paddlescan.paths import Paths, user_paths
from paddlescan.settings import Settings, save_settings
from paddlescan.store import FieldEdit, Store, typed_field
from tests.unit.store.making import claimed, receipt, result

CANARY = "QUETZALCOATL"
ROOT = Path(__file__).parents[3]
USER = "lihua"
PRIVATE = (CANARY, "99182", "77410", "客户张三", USER, "li-hua-pc")


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Paths]:
    """A used program: a batch with a page that was read and edited, settings, a log; all full of names."""
    home = tmp_path / "客户张三" / USER
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LOGNAME", USER)
    monkeypatch.setattr("platform.node", lambda: "li-hua-pc")
    monkeypatch.setenv("PADDLESCAN_HOME", str(home / "paddlescan"))
    made = user_paths().make()
    folder = home / f"{CANARY} receipts"
    chosen = dict.fromkeys(("export_folder", "add_folder", "export_template", "rename_pattern"), f"{folder}/{CANARY}")
    save_settings(made.settings, Settings(workers=3, window_state=CANARY.encode(), **chosen))  # type: ignore[arg-type]
    (made.logs / "window.log").write_text(f"2026-11-26 INFO in {made.data} of {home} by {USER} on LI-HUA-PC\n")
    with Store(made.store, who=USER) as store:
        batch = store.create_batch(f"{CANARY} March", roots=(str(folder),))
        store.add_sources(batch, [SourceFile.at(folder / f"{CANARY}.png")])
        claim = claimed(store, batch)
        store.save_result(claim.page_id, result(claim.ref, receipt(total="99182.00", merchant=CANARY)), claim.token)
        (row,) = store.receipt_rows_of_page(claim.page_id)
        total = row.values["total"]
        store.apply_edit(FieldEdit(row.receipt_id, "total", total, typed_field("total", "77410.00", total)))
    yield made


def findings(paths: Paths) -> list[Diagnosis]:
    error = FolderUnwritable(file=str(paths.data / CANARY), detail=CANARY)
    return [
        Diagnosis("folders", "ok", f"data in {paths.data}"),
        Diagnosis("store", "problem", error.message, error.remedy, error.code),
    ]


def unpacked(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_it_holds_what_helps_and_nothing_private(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "support.zip"
    write_bundle(file, paths, findings(paths))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    parts = unpacked(file)
    assert [name for name, text in parts.items() if any(word in text + name for word in PRIVATE)] == []
    assert [name for name, text in parts.items() if "LI-HUA-PC" in text] == []
    assert json.loads(parts["versions.json"])["packages"]["numpy"]
    assert json.loads(parts["machine.json"])["memory_mib"] > 0
    assert json.loads(parts["doctor.json"]) == [
        {"name": "folders", "state": "ok", "detail": "data in <data>", "remedy": "", "code": ""},
        {"name": "store", "state": "problem", "code": "folder_unwritable"},
    ]
    settings = json.loads(parts["settings.json"])
    assert (settings["workers"], settings["export_folder"], settings["table_state"]) == (3, True, False)
    store = json.loads(parts["store.json"])
    assert (store["rows"]["page"], store["integrity"], store["bytes"]["store"] > 0) == (1, ["ok"], True)
    assert parts["logs/window.log"] == "2026-11-26 INFO in <data> of ~ by <user> on <host>\n"
    events = [json.loads(line) for line in parts["journal/batch-1.jsonl"].splitlines()]
    assert [(event["what"], event.get("page_number")) for event in events] == [
        ("created", None),
        ("added", 1),
        ("begun", 1),
        ("read", 1),
        ("edited", 1),
    ]
    assert events[-1]["who"] == "a person"
    assert [batch["id"] for batch in json.loads(parts["batches.json"])] == [1]
    assert not any(name.startswith("receipts") for name in parts)
    assert "It does not hold:\n* names of files" in parts["README.txt"] and "其中不包含：" in parts["README.txt"]


def test_it_begins_in_the_language_of_whoever_saved_it(paths: Paths, tmp_path: Path) -> None:
    write_bundle(tmp_path / "zh.zip", paths, (), first="zh")
    text = unpacked(tmp_path / "zh.zip")["README.txt"]
    assert text.index("其中不包含：") < text.index("It does not hold:")


def test_names_and_receipts_are_in_it_where_they_are_asked_for(paths: Paths, tmp_path: Path) -> None:
    write_bundle(tmp_path / "names.zip", paths, findings(paths), Wanted(names=True))
    parts = unpacked(tmp_path / "names.zip")
    assert f"{CANARY}.png" in parts["journal/batch-1.jsonl"] and f"{CANARY} March" in parts["batches.json"]
    assert not any("99182" in text or "77410" in text for text in parts.values())
    assert "* names of files" in parts["README.txt"].split("It does not hold:")[0]
    write_bundle(tmp_path / "all.zip", paths, findings(paths), Wanted(receipts=True))
    parts = unpacked(tmp_path / "all.zip")
    entry = json.loads(parts["receipts/batch-1.jsonl"])
    assert (entry["fields"]["total"]["value"], entry["history"][0]["from"]) == ("77410.00", "99182.00")
    assert entry["lines"][0]["text"] == "一笔"
    assert "* what was read" in parts["README.txt"].split("It does not hold:")[0]
    for name in ("names.zip", "all.zip"):
        assert USER not in "".join(unpacked(tmp_path / name).values()), "who they are is never in it"


def test_it_replaces_nothing_unless_told_to(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "support.zip"
    file.write_bytes(b"something of mine")
    with pytest.raises(ExportExists):
        write_bundle(file, paths, ())
    assert file.read_bytes() == b"something of mine"
    assert list(tmp_path.glob(".paddlescan-*")) == []
    write_bundle(file, paths, (), overwrite=True)
    assert "README.txt" in unpacked(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_store_is_told_and_the_rest_is_there(paths: Paths, tmp_path: Path) -> None:
    paths.store.write_bytes(b"this is no database, " * 1000)
    write_bundle(tmp_path / "support.zip", paths, findings(paths))
    parts = unpacked(tmp_path / "support.zip")
    assert json.loads(parts["store.json"])["error"] == "SQLITE_NOTADB"
    assert json.loads(parts["batches.json"]) == {"error": "store_damaged"}
    assert "machine.json" in parts and "logs/window.log" in parts


def test_it_stays_small(paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MOST_EVENTS", 3)
    monkeypatch.setattr(bundle, "MOST_OF_RECEIPTS", 10)
    (paths.logs / "window.log").write_text("".join(f"line {n}\n" for n in range(200_000)))
    for n in range(40):
        (paths.logs / f"engine-{n}.log").write_text("old")
    write_bundle(tmp_path / "support.zip", paths, (), Wanted(receipts=True))
    parts = unpacked(tmp_path / "support.zip")
    assert len(parts["journal/batch-1.jsonl"].splitlines()) == 3
    assert parts["receipts/batch-1.jsonl"] == ""
    assert sum(name.startswith("logs/") for name in parts) == bundle.MOST_LOGS
    log = (bundle.MOST_OF_LOG, parts.get("logs/window.log", "line 199999\n"))
    assert len(log[1]) <= log[0] and log[1].startswith("line ") and log[1].endswith("line 199999\n")


def test_every_setting_of_free_text_is_only_told_to_be_there() -> None:
    free = [each.name for each in fields(Settings) if str(each.type) in ("str", "bytes")]
    assert len(free) >= 8
    told = told_settings(Settings())
    assert all(told[name] is False for name in free)
    assert set(told) == {each.name for each in fields(Settings)}


def test_the_packages_are_those_that_the_program_wants() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    names = {re.split(r"[=><\[;]", each)[0] for each in wanted}
    assert names <= set(PACKAGES)


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("/home/li/a.py and /home/li", "~/a.py and ~"),
        ("/srv/data/x.sqlite", "<data>/x.sqlite"),
        ('{"folder": "C:\\\\Users\\\\li\\\\Documents"}', '{"folder": "~\\\\Documents"}'),
        ("C:\\Users\\li\\Documents", "~\\Documents"),
        ("user LI, host Desk-7, line 3, limit", "user <user>, host <host>, line 3, limit"),
    ],
)
def test_who_somebody_is_is_taken_out(text: str, scrubbed: str) -> None:
    places = Paths(Path("/srv/config"), Path("/srv/data"), Path("/srv/cache"), Path("/srv/logs"))
    home = Path("C:\\Users\\li") if "Users" in text else Path("/home/li")
    assert Scrubber(places, home, "li", "desk-7")(text) == scrubbed


def test_where_no_store_is_none_is_made(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "config", tmp_path / "data", tmp_path / "cache", tmp_path / "logs").make()
    write_bundle(tmp_path / "support.zip", paths, ())
    assert not paths.store.exists()
    with zipfile.ZipFile(tmp_path / "support.zip") as made:
        assert json.loads(made.read("batches.json")) == {"error": "store_unwritable"}
