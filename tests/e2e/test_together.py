"""An engine process that reads several pages together, as on a card: in its jail, with the real models."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, PageRef, ScanOptions, SourceFile
from paddlescan.pipeline.batch import run_batch
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.events import Event, PageFinished, PageStarted
from paddlescan.pipeline.messages import Begun
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from tests.fakes.commands import pretended_card

pytestmark = pytest.mark.slow
FILES = [SourceFile.at(path) for path in sorted(resource("samples").glob("*.jpg"))]


def read(folder: Path, command: tuple[str, ...] | None) -> tuple[dict[str, dict[str, str]], list[Event]]:
    """What a batch of the samples says, by the names of their files, and what was told meanwhile."""
    folder.mkdir()
    events: list[Event] = []
    with Store(folder / "store.sqlite") as store:
        batch = store.create_batch("", "cli", ScanOptions())
        store.add_sources(batch, FILES)
        run_batch(
            folder / "store.sqlite",
            batch,
            EngineOptions(device="cpu", engine="onnxruntime"),
            ScanOptions(),
            1,
            events.append,
            threading.Event(),
            scratch_root=folder,
            command=command,
        )
        rows = store.receipt_rows(batch)
        values = {row.source: {name: one.value for name, one in row.values.items()} for row in rows}
    return values, events


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What the samples say where each page is read by itself."""
    values, _ = read(tmp_path_factory.mktemp("alone") / "home", None)
    return values


@pytest.mark.parametrize("columns", [32_768, 2_000])
def test_a_batch_is_read_together_and_says_the_same(
    tmp_path: Path, wanted: dict[str, dict[str, str]], columns: int
) -> None:
    found, events = read(tmp_path / "together", pretended_card(columns))
    assert found == wanted
    letters = {PageStarted: "b", PageFinished: "f"}
    told = "".join(letters.get(type(event), "") for event in events)
    assert "bbb" in told
    assert "fff" in told


def test_the_process_is_in_its_jail_while_it_keeps_pages(tmp_path: Path) -> None:
    process = EngineProcess(EngineOptions(device="cpu"), scratch_root=tmp_path, command=pretended_card())
    try:
        hello = process.ensure_started()
        if sys.platform == "linux":
            assert hello.jail.calls
        pages = [PageRef(file, 1, n) for n, file in enumerate(FILES[:4])]
        first = process.begin(pages[0], ScanOptions())
        assert not isinstance(first, Begun)
        assert all(isinstance(process.begin(page, ScanOptions()), Begun) for page in pages[1:])
        assert [result.page for result in process.read_begun()] == pages[1:]
        assert process.read_begun() == ()
    finally:
        process.stop()
