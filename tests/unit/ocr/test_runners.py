"""The real runtimes with the real models."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from paddlescan.document import Backend, EngineInfo, EngineOptions, Quad, RuntimeName
from paddlescan.document.pixels import Pixels
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.environment import HIDDEN
from paddlescan.ocr.factory import load_engine
from paddlescan.ocr.line_pictures import FINE_STEP, LinePictures
from paddlescan.ocr.loading import load_onnx_engine
from paddlescan.ocr.models import MODELS_NAME, find_models
from paddlescan.ocr.paddle_ocr import PaddleOcrEngine
from paddlescan.ocr.runners import open_runner
from paddlescan.ocr.runtimes import installed_runtimes

from .test_paddle_ocr import sample


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> OcrEngine:
    """The engine with all its models under OpenVINO."""
    made = load_engine(EngineOptions(device="cpu", engine="openvino"), tmp_path_factory.mktemp("openvino"))
    return with_the_same_pictures(made)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> OcrEngine:
    """PaddleX with sessions of ONNX Runtime that it makes itself."""
    info = EngineInfo("onnxruntime", "cpu", MODELS_NAME)
    return with_the_same_pictures(
        load_onnx_engine(info, EngineOptions(device="cpu"), tmp_path_factory.mktemp("paddlex"))
    )


def with_the_same_pictures(engine: OcrEngine) -> OcrEngine:
    """With the margins that lines have under ONNX Runtime here: with another one, a full-width bracket of a few pixels
    may come out as a plain one."""
    assert isinstance(engine, PaddleOcrEngine)
    engine._parts.text_rec_model.pre_tfs["ReisizeNorm"] = LinePictures(lambda: FINE_STEP)
    return engine


@pytest.mark.parametrize("name", installed_runtimes())
def test_a_model_in_memory_is_run(name: RuntimeName) -> None:
    runner = open_runner(Backend(name), find_models().line_classifier.read_bytes())
    lines = np.zeros((5, 3, 48, 192), np.float32)
    for x in (lines, [lines], lines[:, :, :, ::-1]):  # as PaddleX gives it, too, and in another memory layout
        (found,) = runner(x)
        assert found.shape == (5, 2)
        assert found.sum(axis=1) == pytest.approx(np.ones(5))
    runner.close()


@pytest.mark.parametrize("name", installed_runtimes())
def test_what_is_no_model_is_refused(name: RuntimeName) -> None:
    with pytest.raises(Exception, match=r".") as caught:
        open_runner(Backend(name), b"no model")
    assert not isinstance(caught.value, ImportError)


def test_openvino_comes_without_its_telemetry_and_its_converter(tmp_path: Path) -> None:
    """A package that would be found is not imported either."""
    (tmp_path / "openvino_telemetry").mkdir()
    (tmp_path / "openvino_telemetry" / "__init__.py").write_text("raise SystemExit('telemetry was imported')")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from paddlescan.document import Backend\n"
        "from paddlescan.ocr.models import find_models; from paddlescan.ocr.runners import open_runner\n"
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
        "from paddlescan.ocr.models import find_models; from paddlescan.ocr.runners import open_runner\n"
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


SAMPLES = pytest.mark.parametrize("name", ["cafe", "hotel", "电子发票"])


@pytest.mark.slow
@SAMPLES
def test_both_runtimes_read_the_same(engine: OcrEngine, other: OcrEngine, name: str) -> None:
    assert_same(engine, other, sample(name)[0])
    assert other.info.name == "openvino"


@pytest.mark.slow
@SAMPLES
def test_our_runners_read_what_paddlex_reads_by_itself(engine: OcrEngine, own: OcrEngine, name: str) -> None:
    assert_same(engine, own, sample(name)[0])


def assert_same(engine: OcrEngine, other: OcrEngine, pixels: Pixels) -> None:
    """The same texts, at the same places within one pixel, as surely."""
    these, those = engine.recognise(pixels), other.recognise(pixels)
    assert [line.text for line in these] == [line.text for line in those]
    assert max(distance(a.quad, b.quad) for a, b in zip(these, those, strict=True)) <= 1.0
    assert max(abs(a.confidence - b.confidence) for a, b in zip(these, those, strict=True)) < 0.01


def distance(these: Quad, those: Quad) -> float:
    """Of the corners that are farthest apart, in pixels along one axis."""
    return max(abs(p - q) for a, b in zip(these, those, strict=True) for p, q in zip(a, b, strict=True))


@pytest.mark.long
@pytest.mark.real_data
@pytest.mark.parametrize("which", ["own", "other"])
def test_they_read_the_same_on_real_receipts(engine: OcrEngine, which: str, request: pytest.FixtureRequest) -> None:
    """Every tenth of them."""
    folder = os.environ.get("PADDLESCAN_RECEIPTS")
    if not folder:
        pytest.skip("PADDLESCAN_RECEIPTS names no folder")
    other: OcrEngine = request.getfixturevalue(which)
    for file in sorted(Path(folder, "sroie", "images").iterdir())[::10]:
        pixels = cv2.imread(str(file))
        assert pixels is not None
        assert_same(engine, other, pixels.astype(np.uint8))
