"""A worker's reader and the pages that its engine has begun. What stands in for the engine reads nothing: only who
holds which page matters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paddlescan.document import Limits, PageRef, PageResult, ScanOptions, SourceFile, SourceInfo
from paddlescan.errors import UnreadableFile
from paddlescan.pipeline.claimed import ClaimReader
from paddlescan.pipeline.ends import EngineLost
from paddlescan.pipeline.messages import Begun
from paddlescan.pipeline.passwords import Passwords
from paddlescan.store import Claim, Store


def result_of(page: PageRef) -> PageResult:
    return PageResult(page, error=UnreadableFile(file=page.source.name).failure)


class Keeper:
    """Begins every page, and says of each that it cannot be read."""

    def __init__(self) -> None:
        self.begun: list[PageRef] = []
        self.scanned: list[PageRef] = []

    def inspect(self, source: SourceFile, limits: Limits, password: str | None = None) -> SourceInfo:
        return SourceInfo("png", 1, "0" * 64)

    def begin(self, page: PageRef, options: ScanOptions, password: str | None = None) -> Begun:
        self.begun.append(page)
        return Begun(enough=len(self.begun) == 3)

    def scan(self, page: PageRef, options: ScanOptions, password: str | None = None) -> PageResult:
        self.scanned.append(page)
        return result_of(page)

    def read_begun(self) -> tuple[PageResult, ...]:
        return tuple(map(result_of, self.begun))

    def distrust(self) -> EngineLost:
        return EngineLost("bad_answer")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as store:
        batch = store.create_batch("", "cli", ScanOptions())
        store.add_sources(batch, [SourceFile(b"/%d.png" % n, f"{n}.png") for n in range(3)])
        yield store


def reader_of(engine: Keeper) -> ClaimReader:
    return ClaimReader(engine, Limits(), Passwords(), lambda act: act())  # type: ignore[arg-type]


def begin_all(reader: ClaimReader, store: Store) -> list[Claim]:
    claims = []
    while (claim := store.claim_page(1)) is not None:
        assert reader.read(store, claim, lambda _: None) is None
        claims.append(claim)
    return claims


def test_a_page_is_begun_until_its_result_is_kept(store: Store) -> None:
    reader = reader_of(Keeper())
    claims = begin_all(reader, store)
    assert reader.has_enough
    told = reader.read_begun(store, lambda _: None)
    assert next(told)[0] == claims[0]
    assert reader.begun == claims  # nobody has kept it yet
    assert next(told)[0] == claims[1]
    assert reader.begun == claims[1:]
    told.close()  # whoever kept the second one failed
    assert reader.let_go() == claims[1:]
    assert reader.begun == []


def test_all_results_are_told_once(store: Store) -> None:
    reader = reader_of(Keeper())
    claims = begin_all(reader, store)
    assert [claim for claim, _ in reader.read_begun(store, lambda _: None)] == claims
    assert reader.begun == []
    assert not reader.has_enough


@pytest.mark.logs
def test_fewer_results_than_pages_are_not_believed(store: Store) -> None:
    engine = Keeper()
    reader = reader_of(engine)
    claims = begin_all(reader, store)
    engine.begun.pop()
    with pytest.raises(EngineLost):
        list(reader.read_begun(store, lambda _: None))
    assert reader.begun == claims


def test_a_page_that_was_begun_before_is_read_by_itself(store: Store) -> None:
    engine = Keeper()
    reader = reader_of(engine)
    claim = store.claim_page(1)
    assert claim is not None
    store.release_page(claim.page_id, True, claim.token)
    again = store.claim_page(1, claim.page_id)
    assert again is not None
    assert reader.read(store, again, lambda _: None) is not None
    assert (engine.begun, len(engine.scanned)) == ([], 1)
