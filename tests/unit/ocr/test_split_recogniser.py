"""The recogniser in two parts, beside the whole one: the real model under the real runtime."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from paddlescan.document import Backend
from paddlescan.document.pixels import Pixels
from paddlescan.ocr import split_recogniser
from paddlescan.ocr.cpu_models import rivals
from paddlescan.ocr.decoding import BLANK, LineDecoder
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.line_pictures import line_input
from paddlescan.ocr.line_reader import LineReader
from paddlescan.ocr.models import dictionary, find_models
from paddlescan.ocr.opening import open_recogniser, open_runner, suits_processor
from paddlescan.ocr.paddle_ocr import PaddleOcrEngine
from paddlescan.ocr.split_recogniser import SplitRecogniser

from .test_paddle_ocr import sample

WHOLE = Backend("openvino")


@pytest.fixture(scope="module")
def model() -> bytes:
    return find_models().recogniser.read_bytes()


@pytest.fixture(scope="module")
def split(model: bytes) -> SplitRecogniser:
    return SplitRecogniser(model, rivals(dictionary(model)))


@pytest.fixture(scope="module", params=["cafe", "电子发票", "餐饮小票"])
def pictures(request: pytest.FixtureRequest, engine: OcrEngine) -> list[Pixels]:
    """Of the lines of a drawn receipt."""
    assert isinstance(engine, PaddleOcrEngine)
    pixels = sample(request.param)[0]
    return [cut for cut in engine.cut(pixels, engine.detect(pixels)) if cut.size]


def powers(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


@pytest.mark.parametrize("width", [128, 640])  # fewer steps than the head takes at a time, and more
def test_all_classes_of_all_steps_are_those_of_the_whole_one(model: bytes, split: SplitRecogniser, width: int) -> None:
    x = np.random.default_rng(3).uniform(-1, 1, (2, 3, 48, width)).astype(np.float32)
    (logits,), (chances,) = split(x), open_runner(WHOLE, model)(x)
    assert logits.shape == chances.shape
    assert np.abs(powers(logits) - chances).max() < 1e-5


def test_lines_are_read_as_by_the_whole_one(model: bytes, split: SplitRecogniser, pictures: list[Pixels]) -> None:
    decoder = LineDecoder(dictionary(model))
    expected = LineReader(open_runner(WHOLE, model), decoder)(pictures)
    read = LineReader(split, decoder)(pictures)
    assert [text for text, _ in read] == [text for text, _ in expected]
    assert [sure for _, sure in read] == pytest.approx([sure for _, sure in expected], abs=1e-4)


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_most_blanks_are_told_by_their_rivals_and_no_character_is_taken_for_one(
    model: bytes, pictures: list[Pixels], precision: str
) -> None:
    backend = Backend("openvino", "bfloat16" if precision == "bfloat16" else "float32")
    if not suits_processor(backend):
        pytest.skip(f"this processor does not compute in {precision}")
    parts = open_recogniser(backend, model, rivals(dictionary(model))).parts
    assert parts is not None
    told, blanks = 0, 0
    for picture in pictures:
        features, blank = (found[0].copy() for found in parts.features(line_input(picture)[np.newaxis]))
        steps = [int(parts.scores(features[n : n + 1]).argmax()) for n in range(len(features))]
        assert not (np.array(steps)[blank] != BLANK).any()
        told, blanks = told + blank.sum(), blanks + steps.count(BLANK)
    assert told > blanks / 2


def test_as_a_whole_it_says_what_its_parts_say(
    model: bytes, pictures: list[Pixels], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trial looks at the whole: a first part that takes text for blank must not pass there."""
    split = SplitRecogniser(model, rivals(dictionary(model)))
    line = line_input(pictures[0])[np.newaxis]
    (said,) = split(line)
    assert (said.argmax(axis=2) != BLANK).any()
    monkeypatch.setattr(split_recogniser, "SURE", -np.inf)
    (said,) = split(line)
    assert (said.argmax(axis=2) == BLANK).all()


def test_another_model_is_refused() -> None:
    with pytest.raises(ValueError, match="ends in"):
        SplitRecogniser(find_models().detector.read_bytes(), [1, 2])


def test_a_model_with_fewer_layers_is_refused() -> None:
    from openvino import Model, opset13

    given = opset13.parameter([1, 2], np.float32)
    with pytest.raises(ValueError, match="ends in"):
        split_recogniser._in_two(Model([opset13.result(opset13.relu(given))], [given]), [1])


def test_rivals_are_classes_of_the_dictionary_and_the_space(model: bytes) -> None:
    characters = dictionary(model)
    found = rivals(characters)
    assert len(found) == len({*found})
    assert BLANK not in found
    assert found[-1] == len(characters) + 1
    assert {characters[n - 1] for n in found[:-1]} >= {*"0123456789.,:-/", *"年月日元税"}
