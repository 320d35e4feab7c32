"""Builds the engine that the options ask for."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from paddlescan.document import EngineInfo, EngineOptions
from paddlescan.errors import GpuUnavailable, GpuWrongAnswer
from paddlescan.errors.spent import DeviceFailed, DeviceMemoryShort
from paddlescan.ocr.cards import cards
from paddlescan.ocr.devices import choose_device
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.environment import quieten
from paddlescan.ocr.gpu_engine import GpuEngine
from paddlescan.ocr.gpu_memory import MOST_COLUMNS, Seat, seat_of
from paddlescan.ocr.gpu_package import use
from paddlescan.ocr.reasons import Reason

log = logging.getLogger(__name__)


def load_engine(options: EngineOptions, scratch: Path) -> OcrEngine:
    """Load an engine; about two seconds, most of it imports.

    scratch: a folder the process may write; model folders and caches are made below it. Raises
    EngineMissing, GpuUnavailable, GpuWrongAnswer, ModelMissing or ModelDamaged. With device `auto` a
    GPU that does not start, or reads what we know wrongly, is passed over, and `info.reason` says so.
    """
    info = choose_device(options)
    quieten(scratch, options.threads)
    if options.gpu_dir and info.device == "gpu":
        use(Path(options.gpu_dir))
    try:
        engine = _on_gpu(info, options, scratch) if info.device == "gpu" else _load(info, options, scratch)
    except (GpuUnavailable, GpuWrongAnswer) as error:
        if options.device == "gpu":
            raise
        detail = error.parameters.get("detail", Reason.GPU_FAILED)
        log.info("the GPU is not used: %s, %s", error.code, detail)
        engine = _load(_in_its_place(info, error), options, scratch)
    log.info("engine %s on %s, %s: %s", engine.info.name, engine.info.device, engine.info.models, engine.info.reason)
    return engine


def _on_gpu(info: EngineInfo, options: EngineOptions, scratch: Path) -> OcrEngine:
    """An engine on the card that is its, once it has read the test page rightly."""
    from paddlescan.ocr.known_answer import prove

    there = cards()
    seat = seat_of(options, there) if there else None
    if there and seat is None:
        raise GpuUnavailable(detail=Reason.GPU_FULL)
    engine = _load(replace(info, reason=Reason.GPU_PROVEN), options, scratch, seat)
    try:
        prove(engine)
    except DeviceFailed as error:
        log.info("the GPU fails at the test page: %s", error)
        full = isinstance(error, DeviceMemoryShort)
        raise GpuUnavailable(detail=Reason.GPU_FULL if full else Reason.GPU_FAILED) from error
    on_cpu = replace(info, device="cpu", card="")
    return GpuEngine(engine, seat.columns if seat else MOST_COLUMNS, lambda: _load(on_cpu, options, scratch))


def _in_its_place(info: EngineInfo, error: GpuUnavailable | GpuWrongAnswer) -> EngineInfo:
    """The same engine on the CPU, with the reason."""
    wrong = isinstance(error, GpuWrongAnswer)
    reason = Reason.WRONG_ANSWER if wrong else error.parameters.get("detail", Reason.GPU_FAILED)
    return replace(info, device="cpu", reason=reason, card="")


def _load(info: EngineInfo, options: EngineOptions, scratch: Path, seat: Seat | None = None) -> OcrEngine:
    from paddlescan.ocr.loading import load_cpu_engine, load_onnx_engine, load_paddle_engine  # numpy, cv2 and more

    if info.name == "paddle":
        return load_paddle_engine(info, options, scratch, seat)
    if info.device == "gpu":
        return load_onnx_engine(info, options, scratch, seat)
    return load_cpu_engine(info, options, scratch)
