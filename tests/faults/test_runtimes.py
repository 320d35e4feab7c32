"""Engines that find out which runtime is the quickest, and what goes wrong there, in real processes."""

from __future__ import annotations

from pathlib import Path

from paddlescan.document import EngineOptions
from paddlescan.pipeline.events import EngineReady
from tests.fakes.commands import faulty
from tests.faults.bench import HONEST, Bench


def test_where_memory_is_too_short_for_two_runtimes_one_engine_is_lost_and_no_page(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png", "c.png", "d.png"])
    bench.run(faulty("trial_swells"), options=EngineOptions(runtimes_file=str(tmp_path / "runtimes.json")))
    assert set(bench.codes().values()) == {HONEST}
    assert bench.attempts() == [2, 1, 1, 1]


def test_the_runtime_that_reads_from_now_on_is_told_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["onnxruntime 1.png", "openvino 2.png", "openvino 3.png", "QUETZALCOATL 4.png"])
    bench.run(faulty("other_runtime"))
    told = [(e.engine.name, e.engine.models, e.engine.reason) for e in bench.events if isinstance(e, EngineReady)]
    assert told == [
        ("onnxruntime", "PP-OCRv6_small", "chosen"),
        ("openvino", "PP-OCRv6_small, bfloat16", "chosen"),
    ]
