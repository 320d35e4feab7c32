"""PaddleOCR's own pipeline, built of a detector and a recogniser, and what is reached inside it (PaddleOCR 3.7)."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import cv2

from paddlescan.errors import GpuUnavailable
from paddlescan.ocr.left_out import left_out
from paddlescan.ocr.models import BINARY_THRESHOLD, BOX_THRESHOLD, DETECTION_SIDE, UNCLIP_RATIO
from paddlescan.ocr.reasons import Reason
from paddlescan.ocr.runners import Runner, given_to_paddlex

log = logging.getLogger(__name__)


def build_pipeline(
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


def parts_of(pipeline: Any) -> Any:
    """PaddleX's own pipeline inside PaddleOCR's (3.7), with the two models as attributes."""
    return pipeline.paddlex_pipeline._pipeline


def dictionary_of(recogniser: Any) -> Sequence[str]:
    """The characters that PaddleX decodes with, without the blank before and the space behind them."""
    characters: list[str] = recogniser.post_op.character
    return characters[1:-1]


def _silence() -> None:
    """Third parties report to our log, and only what is wrong. PaddleX sets up its own when it is imported."""
    for name in ("paddlex", "paddleocr"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.ERROR)
