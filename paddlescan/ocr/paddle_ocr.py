"""PaddleOCR's pipeline as an engine: detection, cutting out, recognition.

Import this only where the environment has been quietened (`environment`).
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from paddlescan.document import EngineInfo, EngineOptions, Quad, Runtimes, TextLine, quad_from
from paddlescan.document.pixels import Pixels, check_pixels
from paddlescan.errors import GpuUnavailable, ModelDamaged, ModelMissing
from paddlescan.ocr.cpu_models import CpuModels, open_models
from paddlescan.ocr.decoding import LineDecoder
from paddlescan.ocr.gpu_memory import MOST_LINES, Seat
from paddlescan.ocr.left_out import left_out
from paddlescan.ocr.line_classifier import NOBODY_KNOWS, LineClassifier
from paddlescan.ocr.line_pictures import FINE_STEP, LinePictures
from paddlescan.ocr.models import DETECTOR_NAME, RECOGNISER_NAME, find_models, intact_bytes, lay_out, lay_out_empty
from paddlescan.ocr.paddle_models import PADDLE_DETECTOR, PADDLE_RECOGNISER, lay_out_paddle
from paddlescan.ocr.reasons import Reason
from paddlescan.ocr.runners import Runner, given_to_paddlex, open_runner
from paddlescan.ocr.runtime_errors import runtime
from paddlescan.ocr.runtimes import installed_runtimes
from paddlescan.ocr.tiles import detect_in_pieces

log = logging.getLogger(__name__)

DETECTION_SIDE = 960
"""Longer side of the page as the detector sees it, in pixels. Larger gains nothing (measured up to 1600)."""
BINARY_THRESHOLD = 0.3
BOX_THRESHOLD = 0.5
UNCLIP_RATIO = 1.6
LINES_AT_ONCE = {"cpu": 1, "gpu": MOST_LINES}
"""On a CPU a batch is no faster than its lines one by one, and pads the shorter ones. On a GPU it is `GpuEngine` that
says which lines are read together."""


class PaddleOcrEngine:
    """A loaded PaddleOCR pipeline, used in its two halves. Belongs to the thread that built it (issue 18268)."""

    def __init__(
        self,
        info: EngineInfo,
        pipeline: Any,
        classifier: LineClassifier | None = None,
        models: CpuModels | None = None,
    ) -> None:
        self.info = info
        self._models = models
        self._classifier = classifier
        self._parts = _parts(pipeline)
        self._detection = self._parts.get_text_det_params()

    def detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        """Where lines of text are; see OcrEngine."""
        _check(pixels)
        return detect_in_pieces(pixels, self._detect)

    def _detect(self, pixels: Pixels) -> tuple[Quad, ...]:
        with runtime():
            (found,) = self._parts.text_det_model([np.ascontiguousarray(pixels)], **self._detection)
        return tuple(quad_from(quad) for quad in self._parts._sort_boxes(found["dt_polys"]))

    def upside_down(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[float, ...]:
        """Which lines stand on their head; see OcrEngine."""
        _check(pixels)
        if not quads or self._classifier is None:
            return (NOBODY_KNOWS,) * len(quads)
        return self._classifier.upside_down(self.cut(pixels, quads))

    def read(self, pixels: Pixels, quads: Sequence[Quad]) -> tuple[TextLine, ...]:
        """The text of known places; see OcrEngine."""
        _check(pixels)
        if not quads:
            return ()
        pictures = self.cut(pixels, quads)
        # The longest last, as lines of like width are cheaper to read together.
        order = sorted(
            (n for n, p in enumerate(pictures) if p.size), key=lambda n: pictures[n].shape[1] / len(pictures[n])
        )
        with runtime():
            read = tuple(self._parts.text_rec_model([pictures[n] for n in order])) if order else ()
        answers = dict(zip(order, read, strict=True))
        return tuple(_line(answers.get(n), quad) for n, quad in enumerate(quads))

    def cut(self, pixels: Pixels, quads: Sequence[Quad]) -> list[Pixels]:
        """The pictures of lines as the recogniser gets them: level, and a quarter turn where taller than 1.5 widths."""
        pictures: list[Pixels] = self._parts._crop_by_polys(pixels, [np.array(quad, np.float32) for quad in quads])
        return pictures

    def take_found(self) -> Runtimes | None:
        """What trials found; see OcrEngine."""
        found = self._models.take_found() if self._models else None
        if found is not None and found.recogniser is not None:
            self.info = replace(self.info, name=found.recogniser.chosen)
        return found

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """Both halves; see OcrEngine."""
        return tuple(line for line in self.read(pixels, self.detect(pixels)) if line.text.strip())


def _check(pixels: Pixels) -> None:
    check_pixels(pixels)
    if 0 in pixels.shape:
        raise ValueError(f"a page without pixels: {pixels.shape}")


def _line(answer: Any, quad: Quad) -> TextLine:
    """What PaddleX answers for a line; an empty one for a place too small to be cut out."""
    if answer is None:
        return TextLine("", 0.0, quad)
    return TextLine(answer["rec_text"], min(max(float(answer["rec_score"]), 0.0), 1.0), quad)


def load_cpu_engine(info: EngineInfo, options: EngineOptions, scratch: Path) -> PaddleOcrEngine:
    """PaddleOCR on the CPU, its models run by ONNX Runtime or OpenVINO.

    Raises ModelMissing or ModelDamaged, and ImportError where a runtime does not load.
    """
    models = open_models(options)
    detector, recogniser = lay_out_empty(scratch, models.characters)
    pipeline = _build(
        {DETECTOR_NAME: detector, RECOGNISER_NAME: recogniser},
        options.threads,
        engine="onnxruntime",  # for PaddleX, whichever it is
        device="cpu",
        runners={DETECTOR_NAME: models.detector, RECOGNISER_NAME: models.recogniser},
        text_recognition_batch_size=LINES_AT_ONCE["cpu"],
    )
    part = _parts(pipeline).text_rec_model
    part.pre_tfs["ReisizeNorm"] = LinePictures(FINE_STEP)
    part.post_op = LineDecoder(models.characters)
    _remove_copies(detector, recogniser)
    info = replace(info, name=models.recogniser.name)
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
    if info.device == "gpu":
        _load_cuda_libraries()
    pipeline = _build(
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
        text_recognition_batch_size=LINES_AT_ONCE[info.device],
    )
    if info.device == "gpu":
        _require_cuda(pipeline)
    part = _parts(pipeline).text_rec_model
    part.pre_tfs["ReisizeNorm"] = LinePictures()
    part.post_op = LineDecoder(_dictionary(part))
    _remove_copies(detector, recogniser)
    return PaddleOcrEngine(info, pipeline, LineClassifier(open_runner("onnxruntime", classifier, options.threads)))


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
    pipeline = _build(
        {PADDLE_DETECTOR: detector, PADDLE_RECOGNISER: recogniser},
        options.threads,
        engine="paddle_static",
        device=_device(info, seat),
        cpu_threads=options.threads,
        **together,
    )
    part = _parts(pipeline).text_rec_model
    part.post_op = LineDecoder(_dictionary(part))
    return PaddleOcrEngine(info, pipeline, _classifier_if_any(options.threads))


def _classifier_if_any(threads: int) -> LineClassifier | None:
    """The line classifier of the ONNX models where those and ONNX Runtime happen to be installed.

    Without it quarter turns are still found, by reading alone, which takes longer.
    """
    runtimes = installed_runtimes()
    if not runtimes:
        log.info("no line classifier: ONNX Runtime is not installed")
        return None
    try:
        model = intact_bytes(find_models().line_classifier)
    except (ModelMissing, ModelDamaged) as error:
        log.info("no line classifier: %s", error.code)
        return None
    return LineClassifier(open_runner(runtimes[0], model, threads))


def _build(
    models: dict[str, Path], threads: int, device: str, runners: Mapping[str, Runner] | None = None, **runtime: Any
) -> Any:
    """models: the names and folders of detector and recogniser, in this order. runners: what runs them, by their names;
    None: PaddleX's own."""
    with left_out():
        from paddleocr import PaddleOCR

    _silence()
    cv2.setNumThreads(threads)
    (detector, detector_folder), (recogniser, recogniser_folder) = models.items()
    given = nullcontext() if runners is None else given_to_paddlex(runners)
    try:
        with given:
            return PaddleOCR(
                text_detection_model_name=detector,
                text_detection_model_dir=str(detector_folder),
                text_recognition_model_name=recogniser,
                text_recognition_model_dir=str(recogniser_folder),
                use_doc_orientation_classify=False,
                use_doc_unwarping=False,
                use_textline_orientation=False,
                text_det_limit_side_len=DETECTION_SIDE,
                text_det_limit_type="max",
                text_det_thresh=BINARY_THRESHOLD,
                text_det_box_thresh=BOX_THRESHOLD,
                text_det_unclip_ratio=UNCLIP_RATIO,
                device=device,
                **runtime,
            )
    except (RuntimeError, OSError, ValueError) as error:
        if device.startswith("gpu"):
            log.info("the GPU's libraries do not start: %s", type(error).__name__)
            raise GpuUnavailable(detail=Reason.LIBRARIES_FAILED) from error
        raise


def _device(info: EngineInfo, seat: Seat | None) -> str:
    """As PaddleX names it."""
    return f"gpu:{seat.card}" if seat and info.device == "gpu" else info.device


def _silence() -> None:
    """Third parties report to our log, and only what is wrong. PaddleX sets up its own when it is imported."""
    for name in ("paddlex", "paddleocr"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.ERROR)


def _parts(pipeline: Any) -> Any:
    """PaddleX's own pipeline inside PaddleOCR's (3.7), with the two models as attributes."""
    return pipeline.paddlex_pipeline._pipeline


def _dictionary(recogniser: Any) -> Sequence[str]:
    """The characters that PaddleX decodes with, without the blank before and the space behind them."""
    characters: list[str] = recogniser.post_op.character
    return characters[1:-1]


def _load_cuda_libraries() -> None:
    import onnxruntime

    with_wheels = getattr(onnxruntime, "preload_dlls", None)  # finds CUDA and cuDNN among the installed packages
    if with_wheels is not None:
        with_wheels()


def _require_cuda(pipeline: Any) -> None:
    """ONNX Runtime falls back to the CPU with a line in its log only, so ask the sessions themselves."""
    parts = _parts(pipeline)
    for model in (parts.text_det_model, parts.text_rec_model):
        if "CUDAExecutionProvider" not in model.runner.session.get_providers():
            raise GpuUnavailable(detail=Reason.CUDA_FAILED)
