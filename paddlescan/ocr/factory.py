"""Builds the engine that the options ask for."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from paddlescan.document import EngineInfo, EngineOptions
from paddlescan.errors import GpuUnavailable
from paddlescan.ocr.devices import choose_device
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.environment import quieten
from paddlescan.ocr.gpu_package import use
from paddlescan.ocr.reasons import Reason

log = logging.getLogger(__name__)


def load_engine(options: EngineOptions, scratch: Path) -> OcrEngine:
    """Load an engine; about two seconds, most of it imports.

    scratch: a folder the process may write; model folders and caches are made below it. Raises
    EngineMissing, GpuUnavailable, ModelMissing or ModelDamaged. With device `auto` a GPU that does not start is passed
    over, and `info.reason` says so.
    """
    info = choose_device(options)
    quieten(scratch, options.threads)
    if options.gpu_dir and info.device == "gpu":
        use(Path(options.gpu_dir))
    try:
        engine = _load(info, options, scratch)
    except GpuUnavailable as error:
        if options.device == "gpu":
            raise
        reason = error.parameters.get("detail", Reason.GPU_FAILED)
        engine = _load(replace(info, device="cpu", reason=reason), options, scratch)
    log.info("engine %s on %s, %s: %s", engine.info.name, engine.info.device, engine.info.models, engine.info.reason)
    return engine


def _load(info: EngineInfo, options: EngineOptions, scratch: Path) -> OcrEngine:
    from paddlescan.ocr.paddle_ocr import load_cpu_engine, load_onnx_engine, load_paddle_engine  # numpy, cv2 and more

    if info.name == "paddle":
        return load_paddle_engine(info, options, scratch)
    return (load_onnx_engine if info.device == "gpu" else load_cpu_engine)(info, options, scratch)
