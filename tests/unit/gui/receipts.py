"""A real store filled with real page results, as the scanner would leave them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from paddlescan.document import Check, Field, Finding, PageResult, Quad, Receipt, SourceFile, TextLine
from paddlescan.errors import PaddleScanError
from paddlescan.store import Store


def quad_at(x: float, y: float, width: float = 120.0, height: float = 24.0) -> Quad:
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


def read_field(
    name: str, value: str, row: int = 0, *, doubtful: bool = False, candidates: tuple[str, ...] = ()
) -> Field:
    """A field as the engine read it, in line `row` of the page."""
    return Field(name, value, value, 0.6 if doubtful else 0.98, quad_at(50, 40 + 40 * row), "ocr", doubtful, candidates)


def read_receipt(number: int = 1, count: int = 1, checks: tuple[Check, ...] = (), **values: str) -> Receipt:
    """A receipt of some values; one that ends with `?` is doubtful, what follows `|` are its candidates."""
    fields = []
    for row, (name, text) in enumerate(values.items()):
        value, *candidates = text.split("|")
        fields.append(
            read_field(name, value.rstrip("?"), row, doubtful=value.endswith("?"), candidates=tuple(candidates))
        )
    lines = tuple(TextLine(f.value, 0.9, f.quad) for f in fields if f.quad)
    return Receipt(number, count, fields=tuple(fields), checks=checks, lines=lines)


@dataclass
class Filled:
    """A store with one batch."""

    path: Path
    store: Store
    batch: int

    def drop(self, *names: str) -> None:
        """Files are dropped; their pages wait."""
        self.store.add_sources(self.batch, [SourceFile.at(f"/receipts/{name}", name) for name in names])

    def page_of(self, name: str) -> int:
        return next(page.id for page in self.store.page_rows(self.batch) if page.ref.source.name == name)

    def read(self, name: str, *receipts: Receipt, quality: tuple[str, ...] = ()) -> int:
        """The page of a file is read; returns its id."""
        page_id = self.page_of(name)
        claim = self.store.claim_page(self.batch, page_id)
        assert claim is not None
        assert claim.page_id == page_id
        findings = tuple(Finding(each) for each in quality)
        result = PageResult(
            claim.ref, sha256=f"{page_id:064x}", width=600, height=800, receipts=receipts, quality=findings
        )
        assert self.store.save_result(page_id, result, claim.token)
        return page_id

    def fail(self, name: str, error: PaddleScanError) -> int:
        """The page of a file fails; returns its id."""
        page_id = self.page_of(name)
        claim = self.store.claim_page(self.batch, page_id)
        assert claim is not None
        assert self.store.save_result(page_id, PageResult(claim.ref, error=error.failure), claim.token)
        return page_id

    def put(self, name: str, **values: str) -> int:
        """A file with one receipt is dropped and read; returns the page id."""
        self.drop(name)
        return self.read(name, read_receipt(1, 1, (), **values))


def fill(folder: Path, open_store: Callable[[Path], Store] = Store) -> Filled:
    """An empty batch in a new store."""
    path = folder / "store.sqlite"
    store = open_store(path)
    return Filled(path, store, store.create_batch("March"))
