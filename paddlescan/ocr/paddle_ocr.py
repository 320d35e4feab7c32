"""PaddleOCR's pipeline as an engine: detection, cutting out, recognition."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from paddlescan.document import EngineInfo, EngineOptions, TextLine, quad_from
from paddlescan.document.pixels import Pixels, check_pixels
from paddlescan.errors import GpuUnavailable
from paddlescan.ocr.decoding import LineDecoder
from paddlescan.ocr.line_pictures import LinePictures
from paddlescan.ocr.models import DETECTOR_NAME, RECOGNISER_NAME, dictionary, find_models, lay_out, require_intact

DETECTION_SIDE = 960
"""Longer side of the page as the detector sees it, in pixels. Larger gains nothing (measured up to 1600)."""
BINARY_THRESHOLD = 0.3
BOX_THRESHOLD = 0.5
UNCLIP_RATIO = 1.6
LINES_AT_ONCE = {"cpu": 1, "gpu": 16}
"""On a CPU a batch is no faster than its lines one by one, and pads the shorter ones."""


class PaddleOcrEngine:
    """A loaded PaddleOCR pipeline. Belongs to the thread that built it."""

    def __init__(self, info: EngineInfo, pipeline: Any) -> None:
        self.info = info
        self._pipeline = pipeline

    def recognise(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """Read the text of a prepared page; see OcrEngine."""
        check_pixels(pixels)
        (page,) = self._pipeline.predict(np.ascontiguousarray(pixels))
        return tuple(
            TextLine(text, min(max(float(score), 0.0), 1.0), quad_from(quad))
            for text, score, quad in zip(page["rec_texts"], page["rec_scores"], page["rec_polys"], strict=True)
            if text.strip()
        )


def load_onnx_engine(info: EngineInfo, options: EngineOptions, scratch: Path) -> PaddleOcrEngine:
    """PaddleOCR with ONNX Runtime under it. Raises ModelMissing, ModelDamaged, GpuUnavailable."""
    models = find_models(Path(options.models_dir) if options.models_dir else None)
    require_intact(models)
    detector, recogniser = lay_out(models, scratch)
    pipeline = _build(
        detector=(DETECTOR_NAME, detector),
        recogniser=(RECOGNISER_NAME, recogniser),
        engine="onnxruntime",
        device=info.device,
        engine_config={
            "intra_op_num_threads": options.threads,
            "inter_op_num_threads": 1,
            "log_severity_level": 3,
        },
    )
    _refine(pipeline, dictionary(models.recogniser))
    return PaddleOcrEngine(info, pipeline)


def _build(
    detector: tuple[str, Path], recogniser: tuple[str, Path], engine: str, device: str, engine_config: dict[str, object]
) -> Any:
    from paddleocr import PaddleOCR

    _silence()
    try:
        return PaddleOCR(
            text_detection_model_name=detector[0],
            text_detection_model_dir=str(detector[1]),
            text_recognition_model_name=recogniser[0],
            text_recognition_model_dir=str(recogniser[1]),
            use_doc_orientation_classify=False,
            use_doc_unwarping=False,
            use_textline_orientation=False,
            text_recognition_batch_size=LINES_AT_ONCE[device],
            text_det_limit_side_len=DETECTION_SIDE,
            text_det_limit_type="max",
            text_det_thresh=BINARY_THRESHOLD,
            text_det_box_thresh=BOX_THRESHOLD,
            text_det_unclip_ratio=UNCLIP_RATIO,
            engine=engine,
            engine_config=engine_config,
            device=device,
        )
    except RuntimeError as error:
        if device == "gpu":
            raise GpuUnavailable(detail=f"the GPU libraries did not start ({type(error).__name__})") from error
        raise


def _refine(pipeline: Any, characters: Sequence[str]) -> None:
    """Put our line pictures and our decoder into PaddleX's recogniser; both stand beside what they replace."""
    recogniser = pipeline.paddlex_pipeline._pipeline.text_rec_model
    recogniser.pre_tfs["ReisizeNorm"] = LinePictures()
    recogniser.post_op = LineDecoder(characters)


def _silence() -> None:
    """Third parties report to our log, and only what is wrong."""
    for name in ("paddlex", "paddleocr"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.ERROR)
