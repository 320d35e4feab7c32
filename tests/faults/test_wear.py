"""Real engines that are replaced while a batch is read, and models that are damaged meanwhile."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, ScanOptions, SourceFile
from paddlescan.ocr.models import RECOGNISER, find_models
from paddlescan.pipeline.batch import run_batch
from paddlescan.pipeline.events import BatchFinished, EngineReady, EngineTrouble, Event, PageFinished
from paddlescan.pipeline.supervisor import ChildLimits
from paddlescan.store import Store
from paddlescan.words import error_sentence
from tests.benchmarks.soak_pages import draw_all

PAGES = 4
CEILING = 4 << 20
"""Bytes; the first page that an engine reads makes it grow by some tens of millions."""


class Drawn:
    """A batch of drawn receipts, read by one real engine after another."""

    def __init__(self, folder: Path) -> None:
        files = sorted(draw_all(folder / "receipts", PAGES).glob("*/*.png"))
        self.path, self.folder = folder / "store.sqlite", folder
        self.events: list[Event] = []
        self.hear: Callable[[Event], None] = lambda event: None
        with Store(self.path) as store:
            self.batch = store.create_batch("", "cli", ScanOptions())
            store.add_sources(self.batch, [SourceFile.at(file) for file in files])

    def read(self, limits: ChildLimits, models: Path | None = None) -> list[Event]:
        """Returns what was told this time."""
        self.events = []
        options = EngineOptions(device="cpu", models_dir=str(models) if models else None)
        wanted = options, ScanOptions(), 1, self._emit, threading.Event()
        run_batch(self.path, self.batch, *wanted, scratch_root=self.folder / "scratch", limits=limits)
        return self.events

    def _emit(self, event: Event) -> None:
        self.events.append(event)
        self.hear(event)

    def told(self, what: str) -> list[str]:
        """The details of all such events in the journal."""
        with Store(self.path) as store:
            return [event.detail for event in store.whole_journal(self.batch) if event.what == what]

    def pages(self) -> list[tuple[str, int]]:
        """State and attempts of each."""
        with Store(self.path) as store:
            return [(row.state, row.attempts) for row in store.page_rows(self.batch)]

    def whole(self) -> bool:
        """Every page was read once, and its receipt has a total."""
        with Store(self.path) as store:
            pages, journal = store.page_rows(self.batch), tuple(store.whole_journal(self.batch))
            totals = [row.values["total"] for row in store.receipt_rows(self.batch)]
        read = sorted(e.page_id for e in journal if e.what in ("read", "to_check") and e.page_id is not None)
        return (
            {row.state for row in pages} <= {"done", "needs_review"}
            and read == [row.id for row in pages]
            and len(pages) == len(totals) == PAGES
            and all(totals)
        )


@pytest.mark.long
@pytest.mark.parametrize("ceiling", [CEILING, ChildLimits().recycle_growth_bytes], ids=["low", "as it is"])
def test_an_engine_that_has_grown_is_replaced_between_two_pages_and_no_page_is_lost(
    ceiling: int, tmp_path: Path
) -> None:
    """Measured: the real engine's own memory. Under the ceiling as it is, one engine reads them all."""
    drawn = Drawn(tmp_path)
    told = drawn.read(ChildLimits(recycle_growth_bytes=ceiling))
    assert drawn.whole()
    assert isinstance(told[-1], BatchFinished)
    recycled = drawn.told("recycled")
    assert len([e for e in told if isinstance(e, EngineReady)]) == 1 + len(recycled)
    if ceiling == CEILING:
        assert len(recycled) >= PAGES - 1
        assert set(recycled) == {"grown"}
    else:
        assert recycled == []
    assert drawn.told("engine_lost") == drawn.told("waits") == []
    assert drawn.told("begun") == ["1"] * PAGES


@pytest.mark.long
@pytest.mark.logs
def test_a_model_that_is_damaged_while_engines_run_reads_nothing_and_no_page_is_lost(tmp_path: Path) -> None:
    """The engine that runs has a copy of its own and reads one page more; the next would load the damaged file."""
    models = tmp_path / "models"
    models.mkdir()
    for file in find_models().files:
        shutil.copy(file, models)
    drawn = Drawn(tmp_path)

    def hear(event: Event) -> None:
        if isinstance(event, PageFinished):
            drawn.hear = lambda event: None
            change_a_byte(models / RECOGNISER)

    drawn.hear = hear
    told = drawn.read(ChildLimits(recycle_requests=4), models)  # two pages: a file is looked at, then read
    (trouble,) = (event.failure for event in told if isinstance(event, EngineTrouble))
    assert trouble.code == "model_damaged"
    assert RECOGNISER in error_sentence(trouble, "en")[0]
    assert drawn.told("trouble") == ["model_damaged"]
    assert {state for state, _ in drawn.pages()[:2]} <= {"done", "needs_review"}
    assert drawn.pages()[2:] == [("waiting", 0)] * 2
    change_a_byte(models / RECOGNISER)
    assert isinstance(drawn.read(ChildLimits(), models)[-1], BatchFinished)
    assert drawn.whole()


def change_a_byte(file: Path) -> None:
    """In the midst of it; a second time, it is as it was."""
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size // 2)
        (byte,) = opened.read(1)
        opened.seek(-1, os.SEEK_CUR)
        opened.write(bytes([byte ^ 0x10]))
