"""What the store remembers of watched folders."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from paddlescan.document import PageRef, PageResult, ScanOptions, SourceFile, SourceInfo
from paddlescan.errors import UnreadableFile
from paddlescan.store import HotFile, NewFile, Store

FOLDER = b"/scans"


def new(name: str, sha256: str = "") -> NewFile:
    return NewFile(SourceFile(FOLDER + b"/" + name.encode(), f"scans/{name}"), f"10 20 {name}", sha256 or f"sha-{name}")


def begin(store: Store) -> int:
    return store.begin_hot_round(FOLDER, "2026-11-26T10:00:00+00:00", "scans", "cli", ScanOptions())


def known(store: Store) -> dict[str, HotFile]:
    return {file.path.rsplit(b"/")[-1].decode(): file for file in store.hot_files(FOLDER)}


def test_a_file_and_its_page_come_in_together(store: Store) -> None:
    batch = begin(store)
    rows = store.take_hot_files(FOLDER, batch, [new("a.png"), new("b.png")])
    assert [(row.ref.source.name, row.state) for row in rows] == [
        ("scans/a.png", "waiting"),
        ("scans/b.png", "waiting"),
    ]
    assert {(name, file.state) for name, file in known(store).items()} == {("a.png", "taken"), ("b.png", "taken")}
    assert [(file.path, [row.id for row in pages]) for file, pages in store.hot_files_under_way(FOLDER)] == [
        (b"/scans/a.png", [rows[0].id]),
        (b"/scans/b.png", [rows[1].id]),
    ]
    assert store.hot_files(b"/other") == ()


def test_it_is_followed_where_it_goes(store: Store) -> None:
    store.take_hot_files(FOLDER, begin(store), [new("a.png")])
    store.aim_hot_file(known(store)["a.png"], b"/read/a.png")
    assert known(store)["a.png"].target == b"/read/a.png"
    (row,) = store.see_hot_file(known(store)["a.png"], b"/scans/b.png", "10 20 b", "scans/b.png")
    assert row.ref.source == SourceFile(b"/scans/b.png", "scans/b.png")
    after = known(store)["b.png"]
    assert (after.mark, after.target) == ("10 20 b", None)


def test_a_copy_has_no_page_and_fares_as_the_first(store: Store) -> None:
    batch = begin(store)
    store.take_hot_files(FOLDER, batch, [new("a.png")])
    store.add_hot_copy(FOLDER, b"/scans/copy.png", "10 21 c", known(store)["a.png"])
    assert len(store.page_rows(batch)) == len(store.hot_files_under_way(FOLDER)) == 1
    assert store.see_hot_file(known(store)["copy.png"], b"/scans/copy 2.png", "10 21 c") == ()
    assert store.page_rows(batch)[0].ref.source.path == "/scans/a.png"
    store.settle_hot_files([known(store)["a.png"]], "failed")
    assert [file.state for file in store.hot_files(FOLDER)] == ["failed", "failed"]
    assert store.hot_files_under_way(FOLDER) == ()


def test_one_that_was_gone_too_soon_leaves_no_row(store: Store) -> None:
    batch = begin(store)
    (row,) = store.take_hot_files(FOLDER, batch, [new("a.png")])
    store.set_source_info(row.id, SourceInfo("pdf", 2, "sha-a.png"))
    claim = store.claim_page(batch)
    assert claim is not None
    store.save_result(row.id, PageResult(PageRef(row.ref.source), error=UnreadableFile().failure), claim.token)
    assert len(store.receipt_rows(batch)) == 1
    assert len(store.drop_hot_file(known(store)["a.png"])) == 2
    assert store.page_rows(batch) == store.receipt_rows(batch) == store.hot_files(FOLDER) == ()


def test_a_batch_that_is_deleted_is_not_read_anew(store: Store) -> None:
    batch = begin(store)
    store.take_hot_files(FOLDER, batch, [new("a.png")])
    store.delete_batch(batch)
    file = known(store)["a.png"]
    assert (file.source, file.state) == (None, "taken")
    assert store.hot_files_under_way(FOLDER) == ((file, ()),)
    assert store.hot_rounds(FOLDER) == ()


def test_rounds_are_open_until_they_are_closed(store: Store, path: Path) -> None:
    first, second = begin(store), begin(store)
    store.number_hot_round(first, 7)
    with Store(path) as other:
        before = other.hot_rounds(FOLDER)
    assert [(each.batch, each.number, each.owner) for each in before] == [(first, 7, "cli"), (second, 0, "cli")]
    store.close_hot_round(first)
    assert store.hot_rounds(FOLDER) == (replace(before[1]),)
    assert store.summary(first).roots == ("/scans", "2026-11-26T10:00:00+00:00")
