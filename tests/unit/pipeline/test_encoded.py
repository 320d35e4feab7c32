"""Pictures of a child that was taken over: what is not the picture that was asked for goes no further."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from paddlescan.cli.prepare import _Preparer
from paddlescan.document import PageRef, Preparation, Receipt, ScanOptions, SourceInfo
from paddlescan.document.export import ExportRow
from paddlescan.export.picture_size import png_size
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.encoded import ask_pngs, taken_jpeg
from paddlescan.pipeline.keeping import open_store
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.messages import Jpeg
from paddlescan.pipeline.prepared_pages import PreparedPages
from paddlescan.pipeline.row_pictures import RowPictures
from paddlescan.pipeline.supervisor import EngineLost
from tests.fakes.commands import faulty, there
from tests.fakes.faulty_child import ODD_PICTURES
from tests.unit.pipeline.test_prepared_pages import add, read

KINDS = pytest.mark.parametrize("kind", sorted(ODD_PICTURES))


@pytest.fixture
def light(tmp_path: Path) -> Iterator[LightProcess]:
    process = LightProcess(scratch_root=tmp_path / "scratch", command=faulty("odd_pictures"))
    yield process
    process.stop()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EngineProcess]:
    process = EngineProcess(scratch_root=tmp_path / "scratch", command=faulty("odd_pictures"))
    yield process
    process.stop()


def test_none_of_them_gets_into_a_workbook(light: LightProcess) -> None:
    row = ExportRow("a.png", "done", receipt=Receipt(preparation=Preparation()), ref=PageRef(there("swapped 1.png")))
    assert RowPictures(light)(row) is None
    assert light.starts == 2, "its page is tried once more, on a fresh child"


def test_none_of_them_gets_into_a_pdf(light: LightProcess, tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        batch = store.create_batch()
        for kind in ODD_PICTURES:
            file = tmp_path / f"{kind} 1.png"
            file.write_bytes(kind.encode())
            add(store, batch, file, (read(),))
        pages = PreparedPages(store, batch, light)
        assert list(pages) == []
        assert [out.failure.code for out in pages.left_out] == ["page_stops_engine"] * len(ODD_PICTURES)


def test_none_of_them_gets_into_a_folder(engine: EngineProcess, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    page = PageRef(there("drawing 1.png"))
    result = _Preparer(engine, out, ScanOptions(), overwrite=False).page(page, SourceInfo("png", 1, "aa" * 32))
    assert result.error is not None
    assert result.error.code == "page_stops_engine"
    assert list(out.iterdir()) == []
    assert engine.starts == 2


@KINDS
def test_none_of_them_is_given_to_a_program(engine: EngineProcess, kind: str) -> None:
    with pytest.raises(EngineLost, match="bad_answer"):
        ask_pngs(engine, PageRef(there(f"{kind} 1.png")), ScanOptions())


def test_a_file_that_became_a_link_costs_the_child_its_life(tmp_path: Path, light: LightProcess) -> None:
    light.ensure_started()
    (tmp_path / "a.jpg").symlink_to("/etc/hostname")
    with pytest.raises(EngineLost, match="bad_answer"):
        taken_jpeg(light, Jpeg(str(tmp_path / "a.jpg"), 9, 9, (1.0,) * 9), 100)


def test_a_png_is_measured_by_its_header() -> None:
    def png(mode: str) -> bytes:
        kept = io.BytesIO()
        Image.new(mode, (31, 17)).save(kept, "PNG")
        return kept.getvalue()

    assert png_size(png("RGB")) == (31, 17)
    for wrong in (b"", png("RGB")[:32], png("L"), png("RGBA"), png("P"), b"\xff\xd8" + png("RGB")):
        with pytest.raises(ValueError, match="PNG"):
            png_size(wrong)
