"""The benchmark of graphics cards, as far as it can be tried without one."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from paddlescan.ocr.cards import MIB, Card
from paddlescan.ocr.reasons import Reason
from tests.benchmarks import gpu

CARD = Card(0, "A card", 8192 * MIB, (8, 9), (13, 0), "580.1", 8000 * MIB)
PAGES = {Path("a.jpg"): "TOTAL 1.00", Path("b.jpg"): "TOTAL 2.00"}


def run(workers: int, texts: dict[Path, str], memory: list[tuple[float, int]]) -> gpu.Run:
    return gpu.Run(
        workers,
        workers > 1,
        2.0,
        1.0,
        3.0,
        Counter({"gpu A card": workers}),
        Counter({Reason.GPU_SMALLER: 1}),
        texts,
        memory,
    )


def test_the_table_counts_pages_that_read_as_on_the_cpu_and_the_most_memory() -> None:
    other = PAGES | {Path("b.jpg"): "TOTAL 7.00"}
    said = gpu.table(run(1, PAGES, []), [run(2, other, [(0.2, 100 * MIB), (0.4, 300 * MIB), (0.6, 200 * MIB)])], 2)
    assert "| 1 | one | 3.0 s | 1.00 | 0.50 | not told | 2 of 2 | 1 on gpu A card |" in said
    assert "| 2 | several | 3.0 s | 1.00 | 0.50 | 300 | 1 of 2 | 2 on gpu A card |" in said
    assert "Memory taken with 2 workers, several at once, MiB: 0 s 100, 0 s 300, 1 s 200." in said
    assert "Pages read fewer lines at once: 1." in said


def test_memory_is_what_is_taken_since_the_watch_began(monkeypatch: pytest.MonkeyPatch) -> None:
    free = [8000 * MIB]
    monkeypatch.setattr(gpu, "cards", lambda: (replace(CARD, free=free[0]), replace(CARD, free=None)))
    monkeypatch.setattr(gpu, "SAMPLE_S", 0.001)
    watch = gpu.MemoryWatch()
    free[0] = 7000 * MIB
    while not watch.samples or not watch.samples[-1][1]:
        time.sleep(0.001)
    assert {taken for _, taken in watch.end()} - {0} == {1000 * MIB}


def test_a_driver_that_does_not_tell_gives_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def cards() -> tuple[Card, ...]:
        asked.append(1)
        return (replace(CARD, free=None),)

    monkeypatch.setattr(gpu, "cards", cards)
    monkeypatch.setattr(gpu, "SAMPLE_S", 0.001)
    watch = gpu.MemoryWatch()
    while len(asked) < 4:
        time.sleep(0.001)
    assert watch.end() == []


def test_pages_are_the_first_of_a_folder_each_once(tmp_path: Path) -> None:
    for name in ("b.png", "a.jpg", "c.jpeg"):
        Image.new("RGB", (4, 4)).save(tmp_path / name)
    (tmp_path / "notes.txt").touch()
    assert [path.name for path in gpu.chosen(tmp_path, 2)] == ["a.jpg", "b.png"]
    assert len(set(gpu.chosen(None, 99))) == len(gpu.chosen(None, 99)) > 0


def test_the_machine_is_told_with_its_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gpu, "cards", lambda: (CARD,))
    assert gpu.machine().startswith("A card, 8,192 MiB, compute capability 8.9, driver 580.1; ")
