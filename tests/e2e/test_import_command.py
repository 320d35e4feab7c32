"""`paddlescan import`: an edited export becomes edits with history, as a process of its own over a real store."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paddlescan.export.csv_export import write_csv
from paddlescan.export.json_export import write_json
from paddlescan.paths import Paths
from paddlescan.pipeline.hand_edits import typed_edit
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import Store
from tests.e2e.conftest import CommandLine
from tests.unit.gui.receipts import Filled

pytestmark = pytest.mark.slow

Edited = Callable[[Callable[[list[dict[str, str]]], None]], Path]


@pytest.fixture
def filled(paddlescan: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Filled]:
    from paddlescan.paths import user_paths

    monkeypatch.setenv("PADDLESCAN_HOME", str(paddlescan.home))
    paths: Paths = user_paths().make()
    store = open_store(paths.store)
    made = Filled(paths.store, store, store.create_batch("March"))
    made.put("a.png", merchant="YONG SOON", date="2026-03-02", total="758.70", invoice_number="01100210031112345678")
    made.put("b.png", merchant="北京清风餐饮", date="2026-03-05", total="-12.00", category="meals")
    yield made
    store.close()


@pytest.fixture
def edited(filled: Filled, tmp_path: Path) -> Edited:
    def edit(change: Callable[[list[dict[str, str]]], None]) -> Path:
        file = tmp_path / "报销.csv"
        write_csv(filled.store.export_rows(filled.batch), file, True)
        rows = list(csv.DictReader(file.open(encoding="utf-8-sig", newline="")))
        change(rows)
        with file.open("w", encoding="gb18030", newline="") as out:
            sheet = csv.DictWriter(out, list(rows[0]))
            sheet.writeheader()
            sheet.writerows(rows)
        return file

    return edit


def values(store: Store, batch: int, name: str) -> list[str]:
    return [row.values[name].value if name in row.values else "" for row in store.receipt_rows(batch)]


def nothing(rows: list[dict[str, str]]) -> None:
    """Nobody edited anything."""


def some(rows: list[dict[str, str]]) -> None:
    rows[0]["Total"] = "759"
    rows[1]["Category"] = "住宿"
    rows[1]["Note"] = "客户"


def test_an_export_that_nobody_edited_changes_nothing(paddlescan: CommandLine, filled: Filled, edited: Edited) -> None:
    done = paddlescan("import", edited(nothing))
    assert (done.returncode, done.stdout) == (0, "")
    assert "Nothing changes." in done.stderr
    assert filled.store.history(filled.store.receipt_rows(filled.batch)[0].receipt_id) == ()


def test_changed_cells_become_edits_with_history(paddlescan: CommandLine, filled: Filled, edited: Edited) -> None:
    file = edited(some)
    dry = paddlescan("import", file, "--dry-run")
    assert (dry.returncode, values(filled.store, filled.batch, "total")) == (0, ["758.70", "-12.00"])
    assert "Would change: 3 fields in 2 rows" in dry.stderr
    done = paddlescan("import", file, "march", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert dry.stdout.splitlines()[1:] == ["2\ta.png 1/1\tTotal\t758.70\t759.00\t", *dry.stdout.splitlines()[2:]]
    assert "3\tb.png 1/1\t类别\t餐饮\t住宿\t" in done.stdout.splitlines()
    assert "已改动：2 行中的 3 个字段" in done.stderr
    assert values(filled.store, filled.batch, "total") == ["759.00", "-12.00"]
    assert values(filled.store, filled.batch, "category") == ["", "lodging"]
    (entry,) = filled.store.history(filled.store.receipt_rows(filled.batch)[0].receipt_id)
    assert (entry.before, entry.after, bool(entry.by)) == ("758.70", "759.00", True)


def test_what_is_not_taken_is_told_and_is_status_1(paddlescan: CommandLine, filled: Filled, edited: Edited) -> None:
    def damage(rows: list[dict[str, str]]) -> None:
        rows[0]["Invoice number"] = "1.10021E+18"
        rows[0]["Project"] = "P1"
        rows.append(rows[1] | {"File": "elsewhere.png"})

    done = paddlescan("import", edited(damage))
    assert done.returncode == 1
    assert "Excel has cut this number" in done.stdout
    assert "No such receipt in this batch" in done.stdout
    assert "Rows that fit nothing: 1" in done.stderr
    assert values(filled.store, filled.batch, "invoice_number") == ["01100210031112345678", ""]
    assert values(filled.store, filled.batch, "project") == ["P1", ""]


def test_a_conflict_is_left_unless_it_is_asked_for(paddlescan: CommandLine, filled: Filled, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    write_json(filled.store.export_rows(filled.batch), file, False)
    document = json.loads(file.read_text("utf-8"))
    document["pages"][0]["fields"]["merchant"]["value"] = "Theirs"
    file.write_text(json.dumps(document), "utf-8")
    filled.store.apply_edit(typed_edit(filled.store.receipt_rows(filled.batch)[0], "merchant", "Mine"))
    done = paddlescan("import", file)
    assert (done.returncode, values(filled.store, filled.batch, "merchant")[0]) == (1, "Mine")
    assert "Edited here since; exported as YONG SOON" in done.stdout
    assert paddlescan("import", file, "--conflicts").returncode == 0
    assert values(filled.store, filled.batch, "merchant")[0] == "Theirs"


def test_another_program_that_holds_the_list_is_waited_for_and_then_named(
    paddlescan: CommandLine, filled: Filled, edited: Edited
) -> None:
    file = edited(some)
    holder = sqlite3.connect(filled.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    done = paddlescan("import", file)
    holder.execute("ROLLBACK")
    holder.close()
    assert done.returncode == 3
    assert "in use by another program" in done.stderr
    assert "Changed" not in done.stderr
    assert values(filled.store, filled.batch, "total")[0] == "758.70"


def test_wrong_usage_and_what_is_no_table_are_told(paddlescan: CommandLine, filled: Filled, tmp_path: Path) -> None:
    letter = tmp_path / "letter.csv"
    letter.write_text("Dear all,\n")
    other = tmp_path / "other.csv"
    other.write_text("Merchant,File\nA,never.png\n")
    for arguments, status, said in (
        ([tmp_path / "gone.csv"], 2, "was not found"),
        ([other], 2, "No batch has"),
        ([other, "Mai"], 2, "There is no batch Mai"),
        ([letter], 3, "no columns of an export"),
        ([], 2, "usage"),
    ):
        done = paddlescan("import", *arguments)
        assert (done.returncode, said in done.stderr) == (status, True), done.stderr
    assert "没有导出表的列" in paddlescan("import", letter, "--lang", "zh").stderr


def test_a_reader_that_leaves_early_costs_no_change(paddlescan: CommandLine, filled: Filled, edited: Edited) -> None:
    def long(rows: list[dict[str, str]]) -> None:
        some(rows)
        rows[0]["Note"] = "x" * 30_000

    process = paddlescan.start("import", edited(long))
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()  # as `| head` does
    told = process.stderr.read()
    process.wait(280)
    assert values(filled.store, filled.batch, "total") == ["759.00", "-12.00"]
    assert "Changed" in told
