"""An edited export beside a real batch."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paddlescan.document import FIELD_NAMES, Language
from paddlescan.export.csv_export import write_csv
from paddlescan.export.json_export import write_json
from paddlescan.export.read_back import read_table
from paddlescan.pipeline.hand_edits import typed_edit
from paddlescan.pipeline.keeping import open_store
from paddlescan.pipeline.returning import Comparison, best_batch, compare, edits_of
from tests.unit.gui.receipts import Filled, fill, read_receipt

Change = Callable[[list[list[str]]], None]


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    made = fill(tmp_path, open_store)
    made.put("a.png", merchant="YONG SOON", date="2026-03-02", total="758.70", invoice_number="01100210031112345678")
    made.drop("三月/b.pdf")
    made.read(
        "三月/b.pdf",
        read_receipt(1, 2, merchant="北京清风餐饮", date="2026-03-05", total="-12.00", category="meals"),
        read_receipt(2, 2, merchant="=cmd|' /C calc'!A0", total="9.00", note="7-11", address="1 High St\nLeeds"),
    )
    by_hand = made.store.add_receipt(made.batch)
    type_into(made, by_hand, merchant="Taxi", total="20.00")
    yield made
    made.store.close()


def type_into(filled: Filled, receipt_id: int, **values: str) -> None:
    for name, value in values.items():
        row = filled.store.receipt_row(receipt_id)
        assert row is not None
        filled.store.apply_edit(typed_edit(row, name, value))


def exported(filled: Filled, folder: Path, language: Language = "en") -> list[list[str]]:
    file = folder / "out.csv"
    write_csv(filled.store.export_rows(filled.batch), file, True, language)
    return list(csv.reader(file.open(encoding="utf-8-sig", newline="")))


def compared(filled: Filled, folder: Path, rows: list[list[str]]) -> Comparison:
    file = folder / "edited.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return compare(filled.store, filled.batch, read_table(file))


def as_json(filled: Filled, folder: Path) -> dict[str, list[dict[str, dict[str, dict[str, str]]]]]:
    file = folder / "out.json"
    write_json(filled.store.export_rows(filled.batch), file, True)
    return json.loads(file.read_text("utf-8"))  # type: ignore[no-any-return]


def compared_json(filled: Filled, folder: Path, document: object) -> Comparison:
    file = folder / "edited.json"
    file.write_text(json.dumps(document), "utf-8")
    return compare(filled.store, filled.batch, read_table(file))


def told(comparison: Comparison) -> list[tuple[int, str, str, str]]:
    return [(change.line, change.name, change.before, change.after) for change in comparison.changes]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_nobody_edited_changes_nothing(filled: Filled, tmp_path: Path, language: Language) -> None:
    comparison = compared(filled, tmp_path, exported(filled, tmp_path, language))
    assert (told(comparison), comparison.strangers, comparison.rows) == ([], (), 4)
    assert told(compared_json(filled, tmp_path, as_json(filled, tmp_path))) == []


@pytest.mark.parametrize(("language", "word", "before"), [("en", "Blank page", "Done"), ("zh", "空白页", "已完成")])
def test_the_word_for_a_blank_page_is_read_back_as_no_change(
    filled: Filled, tmp_path: Path, language: Language, word: str, before: str
) -> None:
    filled.drop("white.png")
    filled.read("white.png", read_receipt(), quality=("blank",))
    rows = exported(filled, tmp_path, language)
    of_blank = next(row for row in rows if "white.png" in row)
    assert of_blank[0] == word
    comparison = compared(filled, tmp_path, rows)
    assert (told(comparison), comparison.strangers, comparison.rows) == ([], (), 5)
    of_blank[0] = before  # as tables said it until now
    of_blank[rows[0].index("Total" if language == "en" else "价税合计")] = "5.00"
    line = rows.index(of_blank) + 1
    assert told(compared(filled, tmp_path, rows)) == [(line, "total", "", "5.00")]


def test_edited_cells_are_found_wherever_the_rows_and_columns_went(filled: Filled, tmp_path: Path) -> None:
    rows = exported(filled, tmp_path, "zh")
    head = rows[0]
    rows[1][head.index("商户")] = "Yong Soon Fatt"
    rows[2][head.index("价税合计")] = "-13.5"
    rows[2][head.index("类别")] = "住宿"
    rows[3][head.index("备注")] = ""
    rows[4][head.index("币种")] = "cny"
    shuffled = [list(reversed(row)) for row in (rows[0], rows[4], rows[3], rows[2], rows[1])]
    comparison = compared(filled, tmp_path, shuffled)
    assert sorted(told(comparison)) == [
        (2, "currency", "", "CNY"),
        (3, "note", "7-11", ""),
        (4, "category", "meals", "lodging"),
        (4, "total", "-12.00", "-13.50"),
        (5, "merchant", "YONG SOON", "Yong Soon Fatt"),
    ]
    assert [change for change in comparison.changes if not change.is_plain] == []


def test_a_column_that_is_not_there_takes_nothing_out(filled: Filled, tmp_path: Path) -> None:
    rows = [[row[1], row[-5], row[-4], row[-3]] for row in exported(filled, tmp_path)]
    assert rows[0] == ["Merchant", "File", "Page", "Receipt no."]
    assert told(compared(filled, tmp_path, rows)) == []


def test_rows_of_elsewhere_copies_and_removed_rows_fit_nothing(filled: Filled, tmp_path: Path) -> None:
    rows = exported(filled, tmp_path)
    removed = filled.store.receipt_rows(filled.batch)[0]
    filled.store.set_removed([removed.receipt_id], True)
    strange = [*rows[2]]
    strange[rows[0].index("File")] = "of another batch.pdf"
    new = ["" for _ in rows[0]]
    new[1] = "Nobody scanned this"
    comparison = compared(filled, tmp_path, [*rows, rows[2], strange, new])
    assert [(each.line, each.why) for each in comparison.strangers] == [
        *((2, "removed"), (6, "twice"), (7, "elsewhere"), (8, "elsewhere")),
    ]
    assert comparison.strangers[2].words.startswith("北京清风餐饮 · 2026-03-05")
    assert told(comparison) == []


def test_an_impossible_value_is_kept_as_typed_and_doubtful(filled: Filled, tmp_path: Path) -> None:
    rows = exported(filled, tmp_path)
    rows[1][rows[0].index("Date")] = "2026-02-31"
    comparison = compared(filled, tmp_path, rows)
    (change,) = comparison.changes
    assert (change.after, change.problem, change.is_plain) == ("2026-02-31", "no_such_day", True)
    by_id = {row.receipt_id: row for row in filled.store.receipt_rows(filled.batch)}
    (edit,) = edits_of(comparison.plain(), by_id)
    assert edit.after is not None
    assert (edit.after.value, edit.after.doubtful, edit.after.origin) == ("2026-02-31", True, "user")


def test_a_number_that_a_spreadsheet_cut_is_shown_and_not_made(filled: Filled, tmp_path: Path) -> None:
    rows = exported(filled, tmp_path)
    rows[1][rows[0].index("Invoice number")] = "1.10021E+18"
    comparison = compared(filled, tmp_path, rows)
    assert [(change.after, change.trouble) for change in comparison.damaged()] == [("1.10021E+18", "cut")]
    assert comparison.plain() == ()


def test_edits_made_are_rows_of_the_history_with_their_maker(filled: Filled, tmp_path: Path) -> None:
    rows = exported(filled, tmp_path)
    rows[1][rows[0].index("Total")] = ""
    comparison = compared(filled, tmp_path, rows)
    by_id = {row.receipt_id: row for row in filled.store.receipt_rows(filled.batch)}
    filled.store.apply_edits(edits_of(comparison.plain(), by_id))
    (entry,) = filled.store.history(comparison.changes[0].receipt_id)
    assert (entry.field, entry.before, entry.after) == ("total", "758.70", None)
    assert entry.by
    assert told(compared(filled, tmp_path, rows)) == []


# the list was edited after the export


def test_a_cell_nobody_touched_does_not_undo_a_later_edit(filled: Filled, tmp_path: Path) -> None:
    document, rows = as_json(filled, tmp_path), exported(filled, tmp_path)
    first = filled.store.receipt_rows(filled.batch)[0].receipt_id
    type_into(filled, first, total="759.00", project="P1")
    assert told(compared_json(filled, tmp_path, document)) == []
    comparison = compared(filled, tmp_path, rows)  # a CSV does not know what was exported: asked about, never done
    assert told(comparison) == [(2, "total", "759.00", "758.70"), (2, "project", "P1", "")]
    assert [change.exported for change in comparison.conflicts()] == ["758.70", ""]


def test_a_file_that_knows_a_later_edit_is_no_older_than_that(filled: Filled, tmp_path: Path) -> None:
    first, second, *_, by_hand = filled.store.receipt_rows(filled.batch)
    type_into(filled, first.receipt_id, total="759.00")
    type_into(filled, second.receipt_id, project="P1")
    rows = exported(filled, tmp_path)
    happened(filled, first.receipt_id, "2026-03-01T10:00:00+08:00")
    happened(filled, by_hand.receipt_id, "2026-03-01T02:00:00+00:00")
    happened(filled, second.receipt_id, "2026-03-01T11:00:00+08:00")
    rows[1][rows[0].index("Total")] = "758.70"  # put back on purpose, for the file has what was typed later
    assert [c.is_plain for c in compared(filled, tmp_path, rows).changes] == [True]
    rows[2][rows[0].index("Project")] = ""
    assert [c.is_plain for c in compared(filled, tmp_path, rows).changes] == [False, False]


def happened(filled: Filled, receipt_id: int, at: str) -> None:
    with sqlite3.connect(filled.path) as db:
        db.execute("UPDATE history SET at = ? WHERE receipt_id = ?", (at, receipt_id))
    db.close()


def test_what_both_edited_is_a_conflict_unless_both_say_the_same(filled: Filled, tmp_path: Path) -> None:
    document = as_json(filled, tmp_path)
    first = filled.store.receipt_rows(filled.batch)[0].receipt_id
    type_into(filled, first, total="759.00", merchant="Yong")
    fields = document["pages"][0]["fields"]
    fields["total"]["value"] = "760.00"
    fields["merchant"]["value"] = "Yong"
    del fields["date"]
    comparison = compared_json(filled, tmp_path, document)
    assert told(comparison) == [(1, "date", "2026-03-02", ""), (1, "total", "759.00", "760.00")]
    assert [(c.name, c.exported) for c in comparison.conflicts()] == [("total", "758.70")]


# which batch


def test_the_batch_is_found_that_has_the_rows(filled: Filled, tmp_path: Path) -> None:
    exported(filled, tmp_path)
    table = read_table(tmp_path / "out.csv")
    other = filled.store.create_batch("April")
    assert best_batch(filled.store, table) == filled.batch
    twin = Filled(filled.path, filled.store, other)
    twin.put("a.png", merchant="YONG SOON")
    twin.put("三月/b.pdf", merchant="北京清风餐饮")
    assert best_batch(filled.store, table) == filled.batch  # the other one differs in more
    empty = open_store(tmp_path / "empty.sqlite")
    empty.create_batch()
    assert best_batch(empty, table) is None
    empty.close()


def test_a_form_without_places_is_matched_by_its_content(filled: Filled, tmp_path: Path) -> None:
    rows = [[row[1], row[2], row[3]] for row in exported(filled, tmp_path)]
    assert rows[0] == ["Merchant", "Date", "Total"]
    rows[1][1] = "2026-03-03"
    comparison = compared(filled, tmp_path, [rows[0], *reversed(rows[1:])])
    assert told(comparison) == [(5, "date", "2026-03-02", "2026-03-03")]
    assert comparison.strangers == ()


def test_rows_that_say_the_same_are_told_apart_by_nothing_and_need_not(filled: Filled, tmp_path: Path) -> None:
    type_into(filled, filled.store.add_receipt(filled.batch), merchant="Taxi", total="20.00")
    rows = exported(filled, tmp_path)
    assert (told(compared(filled, tmp_path, rows)), len(rows)) == ([], 6)
    rows[5][rows[0].index("Merchant")] = "Bus"
    comparison = compared(filled, tmp_path, rows)
    assert told(comparison) == [(6, "merchant", "Taxi", "Bus")]


VALUES = st.dictionaries(st.sampled_from(FIELD_NAMES), st.text(min_size=1, max_size=30), max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, min_size=1, max_size=4))
def test_whatever_the_fields_say_an_export_comes_back_unchanged(
    tmp_path_factory: pytest.TempPathFactory, receipts: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    made = fill(folder, open_store)
    try:
        made.drop("any.pdf")
        made.read("any.pdf", *(read_receipt(n, len(receipts), **v) for n, v in enumerate(receipts, start=1)))
        comparison = compared(made, folder, exported(made, folder))
        assert (told(comparison), comparison.strangers) == ([], ())
        assert told(compared_json(made, folder, as_json(made, folder))) == []
    finally:
        made.store.close()
