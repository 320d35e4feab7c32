"""A card whose memory runs out. The engine under it is the real one, on the CPU; only the memory is a fault's."""

from __future__ import annotations

import pytest

from paddlescan.document import TextLine
from paddlescan.document.pixels import Pixels
from paddlescan.errors.spent import DeviceFailed, DeviceMemoryShort
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.gpu_engine import GpuEngine
from paddlescan.ocr.known_answer import known_page
from paddlescan.ocr.reasons import Reason
from tests.fakes.faulty_card import ShortCard

Page = tuple[Pixels, list[str]]


@pytest.fixture(scope="module")
def page(engine: OcrEngine) -> Page:
    """The test page, and how the engine reads it where memory is no matter."""
    pixels, _ = known_page()
    return pixels, texts(engine.recognise(pixels))


def texts(lines: tuple[TextLine, ...]) -> list[str]:
    return [line.text for line in lines]


def test_a_batch_that_has_no_room_is_halved_and_the_page_reads_the_same(engine: OcrEngine, page: Page) -> None:
    pixels, wanted = page
    card = ShortCard(engine, columns=1000)
    on_card = GpuEngine(card, 4_000, lambda: pytest.fail("no stand-in is needed"))
    assert texts(on_card.recognise(pixels)) == wanted
    assert on_card.info.device == engine.info.device
    assert on_card.info.reason == Reason.GPU_SMALLER
    assert on_card.columns < 4_000
    quads, refused = engine.detect(pixels), [card.refused]
    for _ in range(3):
        on_card.begin_page()
        assert texts(on_card.read(pixels, quads)) == wanted
        assert on_card.info.reason == Reason.GPU_SMALLER
        refused.append(card.refused)
    assert refused[0] > 0
    assert refused[-1] == refused[-2]  # it goes on with what has room


def test_one_line_that_has_no_room_brings_the_cpu_for_this_page_only(engine: OcrEngine, page: Page) -> None:
    pixels, wanted = page
    loaded: list[OcrEngine] = []

    def stand_in() -> OcrEngine:
        loaded.append(engine)
        return engine

    card = ShortCard(engine, columns=1)
    on_card = GpuEngine(card, 4_000, stand_in)
    assert texts(on_card.recognise(pixels)) == wanted
    assert (on_card.info.device, on_card.info.reason) == ("cpu", Reason.PAGE_ON_CPU)
    tried = len(card.tried)
    on_card.read(pixels, engine.detect(pixels)[:2])
    assert len(card.tried) == tried  # the page has moved
    on_card.begin_page()
    assert on_card.info.device == engine.info.device
    assert texts(on_card.recognise(pixels)) == wanted
    assert len(card.tried) > tried
    assert len(loaded) == 1


def test_a_detector_without_room_brings_the_cpu_too(engine: OcrEngine, page: Page) -> None:
    pixels, wanted = page
    on_card = GpuEngine(ShortCard(engine, 10**6, detects=False), 4_000, lambda: engine)
    assert texts(on_card.recognise(pixels)) == wanted
    assert on_card.info.reason == Reason.PAGE_ON_CPU


def test_any_other_failure_of_the_card_passes(engine: OcrEngine, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    pixels, _ = page
    card = ShortCard(engine, 10**6)

    def gone(*_: object) -> None:
        raise DeviceFailed("Fail")

    monkeypatch.setattr(card, "detect", gone)
    with pytest.raises(DeviceFailed) as caught:
        GpuEngine(card, 4_000, lambda: engine).recognise(pixels)
    assert not isinstance(caught.value, DeviceMemoryShort)


def test_to_other_engines_a_page_is_like_another(engine: OcrEngine) -> None:
    before = engine.info
    engine.begin_page()
    assert engine.info == before
