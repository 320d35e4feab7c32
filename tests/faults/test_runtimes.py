"""Engines that find out which runtime is the quickest, and what goes wrong there, in real processes."""

from __future__ import annotations

from pathlib import Path

from paddlescan.document import Backend, EngineOptions, ModelTrial, Runtimes
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.events import EngineReady
from paddlescan.pipeline.messages import Start
from paddlescan.pipeline.runtimes_kept import keep_runtimes
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


def test_an_engine_that_comes_later_knows_what_another_one_has_found_out(tmp_path: Path) -> None:
    file = tmp_path / "runtimes.json"
    engine = EngineProcess(EngineOptions(runtimes_file=str(file)), command=faulty("well"), scratch_root=tmp_path)
    try:
        engine.ensure_started()
        found = Runtimes(ModelTrial(Backend("openvino"), ()), ModelTrial(Backend("openvino"), ()))
        keep_runtimes(file, found, threads=1)
        engine.stop()
        engine.ensure_started()
        assert isinstance(engine._start, Start)
        assert engine._start.engine is not None
        assert engine._start.engine.runtimes == found
    finally:
        engine.stop()
