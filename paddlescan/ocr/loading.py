"""Loads PaddleOCR: on the CPU, on a GPU, or with PaddlePaddle under it.

Import this only where the environment has been quietened (`environment`).
"""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path
from typing import Any

from paddlescan.document import Backend, EngineInfo, EngineOptions
from paddlescan.errors import GpuUnavailable, ModelDamaged, ModelMissing
from paddlescan.ocr.cpu_models import open_models
from paddlescan.ocr.decoding import LineDecoder
from paddlescan.ocr.gpu_memory import MOST_LINES, Seat
from paddlescan.ocr.line_classifier import LineClassifier
from paddlescan.ocr.line_pictures import LinePictures
from paddlescan.ocr.models import DETECTOR_NAME, RECOGNISER_NAME, find_models, intact_bytes, lay_out, lay_out_empty
from paddlescan.ocr.opening import open_runner
from paddlescan.ocr.paddle_models import PADDLE_DETECTOR, PADDLE_RECOGNISER, lay_out_paddle
from paddlescan.ocr.paddle_ocr import PaddleOcrEngine
from paddlescan.ocr.paddle_pipeline import build_pipeline, dictionary_of, parts_of
from paddlescan.ocr.reasons import Reason
from paddlescan.ocr.runtimes import installed_runtimes, with_backend

log = logging.getLogger(__name__)


def load_cpu_engine(info: EngineInfo, options: EngineOptions, scratch: Path) -> PaddleOcrEngine:
    """PaddleOCR on the CPU, its models run by ONNX Runtime or OpenVINO.

    Raises ModelMissing or ModelDamaged, and ImportError where a runtime does not load.
    """
    models = open_models(options)
    detector, recogniser = lay_out_empty(scratch, models.characters)
    pipeline = build_pipeline(
        {DETECTOR_NAME: detector, RECOGNISER_NAME: recogniser},
        options.threads,
        engine="onnxruntime",  # for PaddleX, whichever it is
        device="cpu",
        runners={DETECTOR_NAME: models.detector, RECOGNISER_NAME: models.recogniser},
    )
    _remove_copies(detector, recogniser)
    info = with_backend(info, models.recogniser.backend)
    return PaddleOcrEngine(info, pipeline, LineClassifier(models.line_classifier), models)


def load_onnx_engine(
    info: EngineInfo, options: EngineOptions, scratch: Path, seat: Seat | None = None
) -> PaddleOcrEngine:
    """PaddleOCR with ONNX Runtime under it, on a GPU. Raises ModelMissing, ModelDamaged or GpuUnavailable.

    seat: its place on a GPU.
    """
    models = find_models(Path(options.models_dir) if options.models_dir else None)
    classifier = intact_bytes(models.line_classifier)
    detector, recogniser = lay_out(models, scratch)
    _load_cuda_libraries()
    pipeline = build_pipeline(
        {DETECTOR_NAME: detector, RECOGNISER_NAME: recogniser},
        options.threads,
        engine="onnxruntime",
        device=_device(info, seat),
        engine_config={  # `cpu_threads` does not reach this engine in PaddleOCR 3.7
            "intra_op_num_threads": options.threads,
            "inter_op_num_threads": 1,
            "log_severity_level": 3,
            **({"provider_options": [seat.provider_options(), {}]} if seat else {}),  # of CUDA's and the CPU's provider
        },
        text_recognition_batch_size=MOST_LINES,  # it is `GpuEngine` that says which lines are read together
    )
    _require_cuda(pipeline)
    part = parts_of(pipeline).text_rec_model
    part.pre_tfs["ReisizeNorm"] = LinePictures()
    part.post_op = LineDecoder(dictionary_of(part))
    _remove_copies(detector, recogniser)
    line_classifier = LineClassifier(open_runner(Backend("onnxruntime"), classifier, options.threads))
    return PaddleOcrEngine(info, pipeline, line_classifier)


def _remove_copies(*folders: Path) -> None:
    """They were read as a whole; 30 MB an engine need not lie in scratch."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def load_paddle_engine(
    info: EngineInfo, options: EngineOptions, scratch: Path, seat: Seat | None = None
) -> PaddleOcrEngine:
    """PaddleOCR with PaddlePaddle under it. Raises ModelMissing, ModelDamaged or GpuUnavailable.

    seat: its place on a GPU.
    """
    if seat:
        os.environ.update(seat.paddle_flags())  # read when it is imported
    together: dict[str, Any] = {"text_recognition_batch_size": MOST_LINES} if seat else {}
    detector, recogniser = lay_out_paddle(scratch, Path(options.models_dir) if options.models_dir else None)
    pipeline = build_pipeline(
        {PADDLE_DETECTOR: detector, PADDLE_RECOGNISER: recogniser},
        options.threads,
        engine="paddle_static",
        device=_device(info, seat),
        cpu_threads=options.threads,
        **together,
    )
    part = parts_of(pipeline).text_rec_model
    part.post_op = LineDecoder(dictionary_of(part))
    return PaddleOcrEngine(info, pipeline, _classifier_if_any(options.threads))


def _classifier_if_any(threads: int) -> LineClassifier | None:
    """The line classifier of the ONNX models where those and a runtime for them happen to be installed.

    Without it quarter turns are still found, by reading alone, which takes longer.
    """
    runtimes = installed_runtimes()
    if not runtimes:
        log.info("no line classifier: no runtime for it is installed")
        return None
    try:
        model = intact_bytes(find_models().line_classifier)
    except (ModelMissing, ModelDamaged) as error:
        log.info("no line classifier: %s", error.code)
        return None
    return LineClassifier(open_runner(Backend(runtimes[0]), model, threads))


def _device(info: EngineInfo, seat: Seat | None) -> str:
    """As PaddleX names it."""
    return f"gpu:{seat.card}" if seat and info.device == "gpu" else info.device


def _load_cuda_libraries() -> None:
    import onnxruntime

    with_wheels = getattr(onnxruntime, "preload_dlls", None)  # finds CUDA and cuDNN among the installed packages
    if with_wheels is not None:
        with_wheels()


def _require_cuda(pipeline: Any) -> None:
    """ONNX Runtime falls back to the CPU with a line in its log only, so ask the sessions themselves."""
    parts = parts_of(pipeline)
    for model in (parts.text_det_model, parts.text_rec_model):
        if "CUDAExecutionProvider" not in model.runner.session.get_providers():
            raise GpuUnavailable(detail=Reason.CUDA_FAILED)
