"""New versions: a copy first, all steps or none, and a store of a newer program is not touched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from paddlescan.errors import DiskFull, StoreTooNew, StoreUnwritable
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import Store
from paddlescan.store.care import begin, copies, opening
from paddlescan.store.connection import EARLIER
from paddlescan.store.schema import MIGRATIONS
from paddlescan.words import reason
from tests.conftest import ROOT
from tests.unit.store.care.making import everything, filled, plain, whole
from tests.unit.store.test_schema import step_3

pytestmark = pytest.mark.logs


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "receipts.sqlite"


def version(path: Path) -> int:
    with closing(plain(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_store_is_copied_before_it_is_changed(path: Path) -> None:
    step_3(path)
    held = begin(path)
    held.end()
    assert held.found.migrated_from == 3
    assert version(path) == len(MIGRATIONS)
    (copy,) = copies(path)
    assert copy.before_migration
    assert version(copy.file) == 3
    assert whole(copy.file)
    with Store(path) as store:
        assert [batch.receipts for batch in store.batches()] == [2]
    begin(path).end()
    assert len(copies(path)) == 1, "once"


@pytest.mark.parametrize("how", [Store, open_store])
def test_who_does_not_look_after_the_store_does_not_bring_it_up_to_date(
    how: Callable[[Path], Store], path: Path
) -> None:
    """A program that came first without making the copy would change the tables with no way back."""
    step_3(path)
    before = path.read_bytes()
    with pytest.raises(StoreUnwritable) as told:
        how(path)
    detail = str(told.value.parameters["detail"])
    assert detail == EARLIER
    assert reason(detail, "zh") != detail
    assert version(path) == 3
    assert path.read_bytes() == before
    begin(path).end()
    with how(path) as store:
        assert [batch.receipts for batch in store.batches()] == [2]


def test_steps_that_fail_leave_the_store_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step_3(path)
    with closing(plain(path)) as db:
        before = list(db.iterdump())
    wrong = (*MIGRATIONS, ("CREATE TABLE more (value)", "INSERT INTO nowhere VALUES (1)"))
    monkeypatch.setattr(opening, "MIGRATIONS", wrong)
    with pytest.raises(Exception, match="nowhere"):
        begin(path)
    with closing(plain(path)) as db:
        assert list(db.iterdump()) == before
    assert version(path) == 3
    assert len(copies(path)) == 1
    monkeypatch.undo()
    begin(path).end()
    assert version(path) == len(MIGRATIONS)


def test_without_room_for_a_copy_nothing_is_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step_3(path)
    before = path.read_bytes()
    monkeypatch.setattr("paddlescan.store.care.copying.SPARE_BYTES", 1 << 62)
    with pytest.raises(DiskFull) as told:
        begin(path)
    assert "copy" in told.value.message
    assert version(path) == 3
    assert path.read_bytes() == before


def make_newer(path: Path) -> Path:
    filled(path)
    with closing(plain(path)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 3}")
        db.execute("CREATE TABLE of_tomorrow (value)")
    return path


def test_a_newer_store_is_refused_and_not_a_byte_is_changed(path: Path) -> None:
    make_newer(path)
    before, there = path.read_bytes(), everything(path)
    with pytest.raises(StoreTooNew):
        begin(path)
    assert path.read_bytes() == before
    assert everything(path) == there
    assert copies(path) == ()
    assert {f.name for f in path.parent.iterdir()} <= {path.name, f"{path.name}.opening.lock"}


@pytest.mark.parametrize(
    ("language", "words"),
    [pytest.param("en", "newer PaddleScan", marks=pytest.mark.long), ("zh", "较新版本的 PaddleScan")],
)
def test_the_command_line_says_so(language: str, words: str, tmp_path: Path) -> None:
    path = make_newer(tmp_path / "data" / "receipts.sqlite")
    before = path.read_bytes()
    command = [sys.executable, "-m", "paddlescan", "--lang", language, "scan", str(ROOT / "resources/samples")]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"PADDLESCAN_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == before
