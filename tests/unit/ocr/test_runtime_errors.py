"""What ONNX Runtime really says where it fails, and what is made of it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from paddlescan.document import Backend
from paddlescan.errors.spent import DeviceFailed, DeviceMemoryShort
from paddlescan.ocr.models import find_models
from paddlescan.ocr.opening import open_runner
from paddlescan.ocr.runtime_errors import runtime

NO_MEMORY = """
import resource, sys
import numpy as np
from paddlescan.document import Backend
from paddlescan.errors.spent import DeviceFailed
from paddlescan.ocr.line_classifier import LineClassifier
from paddlescan.ocr.models import find_models
from paddlescan.ocr.opening import open_runner
runner = open_runner(Backend("onnxruntime"), find_models().line_classifier.read_bytes())
classifier = LineClassifier(runner)
picture = np.full((48, 192, 3), 200, np.uint8)
classifier.upside_down([picture])  # it is loaded, and well
data = np.zeros((3000, 3, 48, 192), np.float32)
used = int(open("/proc/self/statm").read().split()[0]) * 4096
resource.setrlimit(resource.RLIMIT_AS, (used + (64 << 20), -1))
from paddlescan.ocr.runtime_errors import runtime
try:
    with runtime():
        runner(data)
except DeviceFailed as failed:
    print("device failed:", failed)
except MemoryError:
    print("memory")
"""


def test_a_wrong_input_is_our_mistake() -> None:
    runner = open_runner(Backend("onnxruntime"), find_models().line_classifier.read_bytes())
    with pytest.raises(Exception, match="rank") as caught, runtime():
        runner(np.zeros((1, 3), np.float32))
    assert not isinstance(caught.value, DeviceFailed)


@pytest.mark.skipif(sys.platform != "linux", reason="limits its address space")
def test_a_runtime_that_fails_in_the_middle_is_the_device() -> None:
    """A real session of the real runtime that gets no memory any more; a GPU that is gone raises the same kinds."""
    done = subprocess.run([sys.executable, "-c", NO_MEMORY], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.startswith("device failed: "), done.stderr
    assert done.stdout.split()[2] in ("RuntimeException", "Fail")


@pytest.mark.parametrize(
    "error", [RuntimeError("CUDA error 719"), OSError("(External) CUDA error(999)"), SystemError()]
)
def test_what_paddle_raises_is_the_device(error: Exception) -> None:
    with pytest.raises(DeviceFailed) as caught, runtime():
        raise error
    assert str(caught.value) == type(error).__name__  # nothing of its text


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("Failed to allocate memory for requested buffer of size 939524096"),
        RuntimeError("Available memory of 1024 is smaller than requested bytes of 4096"),
        RuntimeError("CUDA failure 2: out of memory ; GPU=0"),
        RuntimeError("CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0"),
        OSError("(External) CUDA error(2), out of memory."),
        MemoryError("ResourceExhaustedError: Out of memory error on GPU 0. Cannot allocate 2.000000GB memory on GPU 0"),
    ],
)
def test_a_card_without_memory_is_told_from_one_that_is_gone(error: Exception) -> None:
    """As ONNX Runtime, CUDA and PaddlePaddle say it; a card of their own is nowhere in these tests."""
    with pytest.raises(DeviceMemoryShort) as caught, runtime():
        raise error
    assert str(caught.value) == type(error).__name__


@pytest.mark.skipif(sys.platform != "linux", reason="limits its address space")
def test_a_real_session_without_memory_is_one_that_may_be_asked_for_less() -> None:
    program = NO_MEMORY.replace("DeviceFailed", "DeviceMemoryShort") + (
        "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))\nprint(len(classifier.upside_down([picture])))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.startswith("device failed: "), done.stderr
    assert done.stdout.splitlines()[1] == "1"


def test_what_spends_the_process_or_is_a_bug_passes() -> None:
    with pytest.raises(MemoryError), runtime():
        raise MemoryError
    with pytest.raises(ValueError, match="ours"), runtime():
        raise ValueError("ours")
