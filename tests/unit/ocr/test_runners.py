"""The real runtimes with the real models."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import cv2
import numpy as np
import pytest

from paddlescan.document import (
    Backend,
    EngineInfo,
    EngineOptions,
    ModelTrial,
    Quad,
    RuntimeName,
    Runtimes,
    TextLine,
)
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.environment import HIDDEN
from paddlescan.ocr.factory import load_engine
from paddlescan.ocr.models import DETECTOR_NAME, MODELS_NAME, RECOGNISER_NAME, find_models, lay_out
from paddlescan.ocr.opening import open_runner, suits_processor
from paddlescan.ocr.paddle_ocr import PaddleOcrEngine
from paddlescan.ocr.paddle_pipeline import build_pipeline
from paddlescan.ocr.runtimes import BACKENDS, installed_runtimes

from .test_paddle_ocr import sample


@pytest.fixture(scope="module", params=BACKENDS, ids=lambda backend: f"{backend.runtime}-{backend.precision}")
def ours(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> OcrEngine:
    """The engine with detector and recogniser under a backend, as it ships."""
    backend: Backend = request.param
    if not suits_processor(backend):
        pytest.skip(f"this processor does not compute in {backend.precision}")
    found = ModelTrial(backend, ())
    options = EngineOptions(device="cpu", runtimes=Runtimes(found, found))
    return load_engine(options, tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> OcrEngine:
    """PaddleOCR as it comes: nothing in it is replaced; it makes its own sessions of ONNX Runtime."""
    detector, recogniser = lay_out(find_models(), tmp_path_factory.mktemp("paddlex"))
    models = {DETECTOR_NAME: detector, RECOGNISER_NAME: recogniser}
    pipeline = build_pipeline(models, threads=1, device="cpu", engine="onnxruntime", text_recognition_batch_size=1)
    return PaddleOcrEngine(EngineInfo("onnxruntime", "cpu", MODELS_NAME), pipeline)


@pytest.mark.parametrize("name", installed_runtimes())
def test_a_model_in_memory_is_run(name: RuntimeName) -> None:
    runner = open_runner(Backend(name), find_models().line_classifier.read_bytes())
    lines = np.zeros((5, 3, 48, 192), np.float32)
    for x in (lines, [lines], lines[:, :, :, ::-1]):  # as PaddleX gives it, too, and in another memory layout
        (found,) = runner(x)
        assert found.shape == (5, 2)
        assert found.sum(axis=1) == pytest.approx(np.ones(5))
    assert runner.parts is None
    runner.close()


@pytest.mark.parametrize("name", installed_runtimes())
def test_what_is_no_model_is_refused(name: RuntimeName) -> None:
    """With what the runtime raises of itself."""
    with pytest.raises(Exception, match=r".") as caught:
        open_runner(Backend(name), b"no model")
    assert type(caught.value).__name__ == {"onnxruntime": "InvalidProtobuf", "openvino": "RuntimeError"}[name]


def test_openvino_comes_without_its_telemetry_and_its_converter(tmp_path: Path) -> None:
    """A package that would be found is not imported either."""
    (tmp_path / "openvino_telemetry").mkdir()
    (tmp_path / "openvino_telemetry" / "__init__.py").write_text("raise SystemExit('telemetry was imported')")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from paddlescan.document import Backend\n"
        "from paddlescan.ocr.models import find_models; from paddlescan.ocr.opening import open_runner\n"
        "open_runner(Backend('openvino'), find_models().line_classifier.read_bytes())\n"
        "print([n for n in sys.modules if sys.modules[n] and ('telemetry' in n or n.startswith('openvino.tools'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=quiet())
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.skipif(
    sys.platform == "win32", reason="a program on Windows gets no SIGTERM, and has no stack for its handler"
)
def test_a_signal_is_heard_after_runners_came_and_went() -> None:
    """Seen on a processor with AMX: each of OpenVINO's cores brought a stack for signal handlers and took it away."""
    program = (
        "import signal\nimport numpy as np\n"
        "from paddlescan.document import Backend\n"
        "from paddlescan.ocr.models import find_models; from paddlescan.ocr.opening import open_runner\n"
        "model = find_models().line_classifier.read_bytes()\n"
        "runners = [open_runner(Backend('openvino'), model) for _ in range(3)]\n"
        "for runner in runners: runner([np.zeros((1, 3, 48, 192), np.float32)]); runner.close()\n"
        "while runners: runners.pop(0)\n"
        "signal.signal(signal.SIGTERM, lambda *_: print('heard'))\n"
        "signal.raise_signal(signal.SIGTERM)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=quiet())
    assert (done.returncode, done.stdout, done.stderr) == (0, "heard\n", "")


def quiet() -> dict[str, str]:
    """As engines have it: in a bare chroot, without /sys, OpenVINO's hwloc would complain."""
    return os.environ | {"HWLOC_HIDE_ERRORS": HIDDEN}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "other_texts"), [("cafe", 0), ("hotel", 0), ("电子发票", 1)])
def test_every_backend_reads_what_paddleocr_reads_by_itself(
    ours: OcrEngine, plain: OcrEngine, name: str, other_texts: int
) -> None:
    """But for spaces, which are put back, and for what the narrower margin behind a line decides: whether a colon is
    wide, and on the invoice what is read into the ring of a seal."""
    pixels = sample(name)[0]
    these, those = ours.recognise(pixels), plain.recognise(pixels)
    assert sum(bare(a) != bare(b) for a, b in zip(these, those, strict=True)) <= other_texts
    assert max(distance(a.quad, b.quad) for a, b in zip(these, those, strict=True)) <= reach(ours)


def reach(engine: OcrEngine) -> float:
    """By how many pixels its places may be others than PaddleOCR's. In bfloat16 the map of text has blurred edges: on
    real receipts 294 of 325 lines were within one pixel, 321 within eight."""
    return 8.0 if "bfloat16" in engine.info.models else 1.0


def bare(line: TextLine) -> str:
    return "".join(unicodedata.normalize("NFKC", line.text).split())


def distance(these: Quad, those: Quad) -> float:
    """Of the corners that are farthest apart, in pixels along one axis."""
    return max(abs(p - q) for a, b in zip(these, those, strict=True) for p, q in zip(a, b, strict=True))


@pytest.mark.long
@pytest.mark.real_data
def test_on_real_receipts_it_reads_nearly_every_line_alike(ours: OcrEngine, plain: OcrEngine) -> None:
    """Every tenth of them. What may differ, and on how many lines it did, says docs/performance.md."""
    folder = os.environ.get("PADDLESCAN_RECEIPTS")
    if not folder:
        pytest.skip("PADDLESCAN_RECEIPTS names no folder")
    lines = alike = 0
    for file in sorted(Path(folder, "sroie", "images").iterdir())[::10]:
        pixels = cv2.imread(str(file))
        assert pixels is not None
        found = ours.recognise(pixels.astype(np.uint8))
        expected = plain.recognise(pixels.astype(np.uint8))
        lines += len(expected)
        alike += sum(
            any(bare(one) == bare(line) and distance(one.quad, line.quad) <= reach(ours) for one in found)
            for line in expected
        )
    assert alike >= 0.96 * lines
