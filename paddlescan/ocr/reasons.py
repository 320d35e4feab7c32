"""Why a device was chosen or cannot be used: every sentence of it that this room ever says.

They are English and travel as they are (`EngineInfo.reason`, the `detail` of GpuUnavailable); other languages look
them up in `resources/messages/reasons.json`, and a test holds the two together.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Fits behind a colon, without a full stop."""

    CPU_CHOSEN = "the CPU was chosen"
    GPU_FOUND = "a CUDA GPU was found"
    GPU_PROVEN = "a CUDA GPU was found, and it reads the test page rightly"
    GPU_SMALLER = "the GPU's memory is short, so it reads fewer lines at once"
    PAGE_ON_CPU = "the GPU's memory was too short for this page"
    GPU_FULL = "too little of the GPU's memory is free"
    DRIVER_OLD = "the NVIDIA driver is too old for the CUDA libraries"
    CARD_OLD = "the GPU is too old for the CUDA libraries"
    WRONG_ANSWER = "the GPU read a page with known text wrongly"
    FOUND_NOTHING = "it found no text"
    OTHER_TEXT = "it read other text"
    NO_NUMBERS = "its results were no numbers"
    NO_GPU = "no CUDA GPU found"
    NO_ONNXRUNTIME_GPU = "onnxruntime-gpu is not installed"
    NO_GPU_PACKAGE = "the GPU package is not installed"
    OTHER_GPU_PACKAGE = "the GPU package is that of another version"
    NO_PADDLE_GPU = "paddlepaddle-gpu is not installed"
    OPENVINO_ON_CPU = "OpenVINO reads on the CPU"
    GPU_FAILED = "the GPU did not start"
    LIBRARIES_FAILED = "its libraries do not start"
    GPU_LOST = "the GPU failed while it was reading"
    CRASHES = "it crashes"
    HANGS = "it does not answer"
    MEMORY_SHORT = "memory is short"
    BABBLES = "its answers make no sense"
    FILLS_DISK = "it fills the disk"
    RUNTIME_FAILS = "its libraries report errors"
    CUDA_FAILED = "the CUDA or cuDNN libraries do not start"


TURNED_DOWN = (
    *(Reason.GPU_FAILED, Reason.LIBRARIES_FAILED, Reason.CUDA_FAILED),
    *(Reason.WRONG_ANSWER, Reason.GPU_FULL, Reason.PAGE_ON_CPU),
)
"""There is a card that seemed fit, and an engine found out that it is not."""
LACKS_PACKAGE = (Reason.NO_ONNXRUNTIME_GPU, Reason.NO_GPU_PACKAGE, Reason.OTHER_GPU_PACKAGE)
"""There is a card, and what would read on it can be installed: `paddlescan gpu` tells how."""
