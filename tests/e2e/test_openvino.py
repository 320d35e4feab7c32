"""An engine process with OpenVINO in it: in its jail, without a socket, and on trial beside ONNX Runtime."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, PageRef, ScanOptions, SourceFile
from paddlescan.ocr.opening import suits_processor
from paddlescan.ocr.runtimes import BACKENDS
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.runtimes_kept import kept_runtimes
from paddlescan.resources_dir import resource
from tests.unit.ocr.test_environment import kernel_watches

pytestmark = pytest.mark.slow
CAFE = PageRef(SourceFile.at(resource("samples", "cafe.jpg")))


def test_a_jailed_engine_reads_with_openvino(tmp_path: Path) -> None:
    process = EngineProcess(EngineOptions(device="cpu", engine="openvino"), scratch_root=tmp_path)
    try:
        hello = process.ensure_started()
        result = process.scan(CAFE, ScanOptions())
    finally:
        process.stop()
    if sys.platform == "linux":
        assert hello.jail.calls
    assert result.engine is not None
    assert result.engine.name == "openvino"
    assert result.receipts[0].value("total") == "42.40"


def test_the_first_pages_find_out_which_runtime_is_quicker(tmp_path: Path) -> None:
    """The first page is read by one alone; what is found is kept, and the next engine begins with it."""
    file = tmp_path / "runtimes.json"
    process = EngineProcess(EngineOptions(device="cpu", runtimes_file=str(file)), scratch_root=tmp_path)
    try:
        values, known = [], []
        for _ in range(8):
            result = process.scan(CAFE, ScanOptions())
            values.append({field.name: field.value for field in result.receipts[0].fields})
            found = kept_runtimes(file, 1)
            known.append(found)
            if found is not None and found.recogniser is not None:
                break
    finally:
        process.stop()
    assert known[0] is None
    found = known[-1]
    assert found is not None
    assert found.detector is not None
    assert found.recogniser is not None
    able = [backend for backend in BACKENDS if suits_processor(backend)]
    assert [backend for backend, _ in found.detector.milliseconds] == able
    assert [backend for backend, _ in found.recogniser.milliseconds] == able
    assert all(one == values[0] for one in values)
    again = EngineProcess(EngineOptions(device="cpu", runtimes_file=str(file)), scratch_root=tmp_path)
    try:
        assert again.ensure_started().engine.name == found.recogniser.chosen.runtime  # type: ignore[union-attr]
    finally:
        again.stop()


def test_one_engine_holds_both_runtimes_to_the_end_of_the_trial(tmp_path: Path) -> None:
    """Pages of several sizes, for which it grows: replaced before the end, it would begin anew each time."""
    file = tmp_path / "runtimes.json"
    process = EngineProcess(EngineOptions(device="cpu", runtimes_file=str(file)), scratch_root=tmp_path)
    names = ("cafe.jpg", "hotel.jpg", "电子发票.jpg", "餐饮小票.jpg")
    try:
        for _ in range(3):
            for name in names:
                process.scan(PageRef(SourceFile.at(resource("samples", name))), ScanOptions())
            found = kept_runtimes(file, 1)
            if found is not None and found.recogniser is not None:
                break
        assert found is not None
        assert found.recogniser is not None
        assert process.starts == 1
    finally:
        process.stop()


@kernel_watches
def test_openvino_asks_for_no_socket(tmp_path: Path) -> None:
    """The kernel ends the process that asks for one; files stay in scratch."""
    scratch, report = tmp_path / "scratch", tmp_path / "report.json"
    scratch.mkdir()
    command = [sys.executable, "-m", "tests.unit.ocr.quiet_session", str(scratch), "10", str(report)]
    done = subprocess.run([*command, "TEST_ENGINE=openvino"], capture_output=True, text=True, check=False, timeout=240)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found == {"lines": found["lines"], "same": True, "written": [], "started": []}
