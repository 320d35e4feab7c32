"""A file that was replaced by another of the same name, and read again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from paddlescan.pipeline.events import Event, PageFinished, PagesAdded
from paddlescan.store import PageRow, Store
from tests.fakes.commands import faulty
from tests.faults.bench import HONEST, Bench


def rows(bench: Bench) -> tuple[PageRow, ...]:
    with Store(bench.path) as store:
        return store.page_rows(bench.batch)


def replace_and_read_again(bench: Bench, data: bytes, number: int = 1) -> None:
    (bench.folder / bench.names[0]).write_bytes(data)
    with Store(bench.path) as store:
        store.read_again(next(row.id for row in rows(bench) if row.ref.number == number))
    bench.events.clear()
    bench.run(faulty("well"))


@pytest.mark.parametrize("number", [1, 2])
def test_it_is_looked_at_again_and_gets_its_new_pages(tmp_path: Path, number: int) -> None:
    bench = Bench(tmp_path, ["a.pdf"])
    (tmp_path / "a.pdf").write_bytes(b"page page")
    bench.run(faulty("well"))
    assert [(row.ref.number, row.page_count) for row in rows(bench)] == [(1, 2), (2, 2)]

    replace_and_read_again(bench, b"page page page", number)
    after = rows(bench)
    assert [(row.ref.number, row.page_count) for row in after] == [(1, 3), (2, 3), (3, 3)]
    assert {row.sha256 for row in after} == {hashlib.sha256(b"page page page").hexdigest()}
    assert bench.of(PagesAdded) == [PagesAdded((after[2].id,))]
    finished = [event.page_id for event in bench.events if isinstance(event, PageFinished)]
    assert finished == [after[number - 1].id, after[2].id]


def test_one_that_shrank_keeps_the_rows_of_its_lost_pages(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.pdf"])
    (tmp_path / "a.pdf").write_bytes(b"page page page")
    bench.run(faulty("well"))
    replace_and_read_again(bench, b"page", number=3)
    after = rows(bench)
    assert [(row.ref.number, row.state, row.page_count) for row in after] == [(n, "failed", 1) for n in (1, 2, 3)]
    assert {row.failure.code if row.failure else None for row in after} == {HONEST}
    with Store(bench.path) as store:
        assert [row.page_number for row in store.receipt_rows(bench.batch)] == [1, 2, 3]


def test_an_engine_that_is_lost_before_it_looked_does_not_keep_the_old_hash(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.pdf"])
    (tmp_path / "a.pdf").write_bytes(b"page")
    bench.run(faulty("well"))
    with Store(bench.path) as store:
        store.read_again(bench.pages[0])
        assert store.claim_page(bench.batch)  # and the program ends here
        store.recover(bench.batch)
    (tmp_path / "a.pdf").write_bytes(b"page page")
    bench.run(faulty("well"))
    assert {row.sha256 for row in rows(bench)} == {hashlib.sha256(b"page page").hexdigest()}


def test_one_that_is_replaced_between_look_and_reading(tmp_path: Path) -> None:
    """The page that was read is the new file's, so the new file's hash and pages go with it."""
    bench = Bench(tmp_path, ["a.pdf"])
    (tmp_path / "a.pdf").write_bytes(b"page page")

    def replace_it(event: Event) -> None:
        if isinstance(event, PagesAdded) and len(bench.of(PagesAdded)) == 1:
            (tmp_path / "new").write_bytes(b"page page page")
            (tmp_path / "new").replace(tmp_path / "a.pdf")

    bench.run(faulty("well"), hear=replace_it)
    new = hashlib.sha256(b"page page page").hexdigest()
    assert [(row.ref.number, row.page_count, row.sha256) for row in rows(bench)] == [(n, 3, new) for n in (1, 2, 3)]
    assert {row.failure.code if row.failure else None for row in rows(bench)} == {HONEST}


def test_one_that_never_holds_still(tmp_path: Path) -> None:
    """Written to before every answer: one clear error, and the batch goes on."""
    bench = Bench(tmp_path, ["a.pdf", "b.png"])
    bench.run(faulty("restless", "a.pdf"))
    assert bench.codes() == {"a.pdf": "file_changed", "b.png": HONEST}
