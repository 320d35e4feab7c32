"""The engine that is started before the window, or before a command, is the very one that reads the first page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from paddlescan import __main__ as entry
from paddlescan.cli import run
from paddlescan.document import EngineOptions
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import user_paths
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.early import EarlyEngine
from paddlescan.resources_dir import resource
from paddlescan.settings import load_settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_window_s_first_worker_has_it_and_the_second_another(qapp: QApplication) -> None:
    early = entry._early_engine()
    assert early is not None
    engine = early._engine
    paths = user_paths().make()
    work = Workplace(paths, load_settings(paths.settings), early=early)
    try:
        first, second = (work._worker(1, number, Crew()) for number in (1, 2))
        assert first.engine is engine, "the window asks for another engine than the one that was started"
        assert second.engine is not engine
        assert work._worker(1, 1, Crew()).engine is not engine, "it is taken once"
    finally:
        assert engine is not None
        engine.stop(0)
        work.end()


def test_a_window_that_reads_nothing_ends_it(qapp: QApplication) -> None:
    early = entry._early_engine()
    assert early is not None
    paths = user_paths().make()
    work = Workplace(paths, load_settings(paths.settings), early=early)
    work.end()
    assert early._engine is None
    assert list(paths.scratch.iterdir()) == []


@pytest.mark.slow
def test_a_scan_reads_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[EngineProcess | None] = []
    take = EarlyEngine.take

    def watched(self: EarlyEngine, options: EngineOptions) -> EngineProcess | None:
        taken.append(take(self, options))
        return taken[-1]

    monkeypatch.setattr(EarlyEngine, "take", watched)
    assert run(["scan", "--quiet", str(resource("samples", "cafe.jpg"))]) == 0
    (engine,) = taken
    assert engine is not None, "the scan asks for another engine than the one that was started"
    assert engine.starts == 1
