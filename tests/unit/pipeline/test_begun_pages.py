"""Pages that are prepared one after another and read together. The engine is the real one, on the CPU; where a card is
wanted, only its memory is a fault's."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from paddlescan.document import PageRef, PageResult, ScanOptions, Seconds, SourceFile
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.gpu_engine import GpuEngine
from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline import begun_pages, engine_service
from paddlescan.pipeline.begun_pages import BegunPages
from paddlescan.pipeline.engine_service import EngineService
from paddlescan.pipeline.messages import BeginPage, Begun, ReadBegun, ReadTogether, Scanned, ScanPage, Start
from paddlescan.pipeline.scan import BegunPage, begin_page
from paddlescan.resources_dir import resource
from tests.fakes.faulty_card import ShortCard

NAMES = ("cafe.jpg", "hotel.jpg", "火车票.jpg")
PAGES = [PageRef(SourceFile.at(resource("samples", name)), 1, n) for n, name in enumerate(NAMES, 1)]


def on_card(engine: OcrEngine, columns: int = 1 << 20, detects: bool = True) -> GpuEngine:
    card = ShortCard(engine, columns, detects)
    card.info = replace(engine.info, device="gpu")
    return GpuEngine(card, 1 << 15, lambda: engine)


def service_of(engine: OcrEngine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> EngineService:
    monkeypatch.setattr(engine_service, "load_engine", lambda *_: engine)
    service = EngineService(folder)
    service.answer(Start())
    return service


def alone(service: EngineService) -> list[PageResult]:
    answers = [service.answer(ScanPage(page, ScanOptions())) for page in PAGES]
    return [plain(answer.result) for answer in answers if isinstance(answer, Scanned)]


def plain(result: PageResult) -> PageResult:
    """Without what differs each time."""
    return replace(result, seconds=Seconds(), engine=None)


def together(service: EngineService) -> tuple[PageResult, ...]:
    for page in PAGES:
        answer = service.answer(BeginPage(page, ScanOptions()))
        assert isinstance(answer, Begun)
        assert answer.result is None
    read = service.answer(ReadBegun())
    assert isinstance(read, ReadTogether)
    return read.results


def texts(result: PageResult) -> list[str]:
    return [line.text for receipt in result.receipts for line in receipt.lines]


def test_pages_read_together_say_what_each_says_alone(
    engine: OcrEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = on_card(engine)
    service = service_of(card, tmp_path, monkeypatch)
    wanted = alone(service)
    inner = card._engine
    assert isinstance(inner, ShortCard)
    inner.tried.clear()
    results = together(service)
    assert [texts(result) for result in results] == [texts(result) for result in wanted]
    for result, want in zip(results, wanted, strict=True):
        assert [receipt.fields for receipt in result.receipts] == [receipt.fields for receipt in want.receipts]
        assert (result.page, result.sha256, result.quality) == (want.page, want.sha256, want.quality)
        assert result.seconds.recognise > 0
        assert result.engine == card.info
    assert max(inner.tried) > max(len(texts(result)) for result in wanted)
    assert service.answer(ReadBegun()) == ReadTogether(())


def test_short_memory_halves_the_batches_of_all(
    engine: OcrEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_of(on_card(engine, columns=3000), tmp_path, monkeypatch)
    wanted = alone(service)
    results = together(service_of(on_card(engine, columns=3000), tmp_path, monkeypatch))
    assert [texts(result) for result in results] == [texts(result) for result in wanted]
    assert {result.engine.reason for result in results if result.engine} == {Reason.GPU_SMALLER}


def test_where_no_line_has_room_each_page_goes_to_the_processor(
    engine: OcrEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_of(on_card(engine, columns=1), tmp_path, monkeypatch)
    wanted = alone(service)
    results = together(service)
    assert [texts(result) for result in results] == [texts(result) for result in wanted]
    assert {(r.engine.device, r.engine.reason) for r in results if r.engine} == {("cpu", Reason.PAGE_ON_CPU)}


def test_a_page_whose_detection_had_no_room_is_read_at_once_by_the_processor(
    engine: OcrEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_of(on_card(engine, detects=False), tmp_path, monkeypatch)
    answer = service.answer(BeginPage(PAGES[0], ScanOptions()))
    assert isinstance(answer, Begun)
    assert answer.result is not None
    assert answer.result.engine is not None
    assert answer.result.engine.reason == Reason.PAGE_ON_CPU
    assert service.answer(ReadBegun()) == ReadTogether(())


def test_an_engine_on_the_processor_keeps_no_page(
    engine: OcrEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_of(engine, tmp_path, monkeypatch)
    answer = service.answer(BeginPage(PAGES[0], ScanOptions()))
    assert isinstance(answer, Begun)
    assert answer.result is not None
    assert plain(answer.result) == alone(service)[0]


def test_what_is_wrong_with_a_file_is_its_result_and_leaves_the_others_begun(
    engine: OcrEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_of(on_card(engine), tmp_path, monkeypatch)
    service.answer(BeginPage(PAGES[0], ScanOptions()))
    (tmp_path / "no picture.png").write_bytes(b"no picture")
    wrong = PageRef(SourceFile.at(tmp_path / "no picture.png"), 1, 9)
    answer = service.answer(BeginPage(wrong, ScanOptions()))
    assert isinstance(answer, Begun)
    assert answer.result is not None
    assert answer.result.error is not None
    read = service.answer(ReadBegun())
    assert isinstance(read, ReadTogether)
    assert [result.page for result in read.results] == PAGES[:1]


def begun(engine: OcrEngine, data: bytes, page: PageRef = PAGES[0]) -> BegunPage:
    found = begin_page(page, io.BytesIO(data), engine, ScanOptions())
    assert isinstance(found, BegunPage)
    return found


def test_a_blank_page_is_not_kept(engine: OcrEngine) -> None:
    file = io.BytesIO()
    Image.new("RGB", (500, 700), "white").save(file, "PNG")
    assert not BegunPages().keep(begun(engine, file.getvalue()))


def test_there_is_enough_with_so_many_lines_pages_or_pixels(engine: OcrEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    page = begun(engine, Path(PAGES[0].source.path).read_bytes())
    height, width = page.image.pixels.shape[:2]
    limits = (("ENOUGH_LINES", 2 * len(page.places)), ("MOST_PAGES", 2), ("MOST_PIXELS", 4 * height * width))
    for name, most in limits:
        with monkeypatch.context() as patch:
            patch.setattr(begun_pages, name, most)
            pages = BegunPages()
            seen = []
            while not pages.are_enough:
                assert pages.keep(page)
                seen.append(pages.are_enough)
            assert seen == [False, True]
    monkeypatch.setattr(begun_pages, "MOST_PIXELS", height * width)
    pages = BegunPages()
    assert pages.keep(page)
    assert not pages.keep(page)
