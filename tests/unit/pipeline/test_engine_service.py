from __future__ import annotations

import errno
from pathlib import Path

import pytest

from paddlescan.document import EngineInfo, PageRef, ScanOptions, SourceFile
from paddlescan.errors import DiskFull
from paddlescan.pipeline import engine_service
from paddlescan.pipeline.engine_service import EngineService
from paddlescan.pipeline.messages import ScanPage, Start


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_too_full_for_the_model_folders_is_called_by_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, "no room")

    monkeypatch.setattr(engine_service, "load_engine", full)
    with pytest.raises(DiskFull):
        EngineService(tmp_path).answer(Start())


def test_the_engine_is_told_of_each_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Told:
        info = EngineInfo("onnxruntime", "cpu", "none")
        pages = 0

        def begin_page(self) -> None:
            self.pages += 1

        def take_found(self) -> None:
            return None

    engine = Told()
    monkeypatch.setattr(engine_service, "load_engine", lambda *_: engine)
    service = EngineService(tmp_path)
    service.answer(Start())
    for number in (1, 2):
        service.answer(ScanPage(PageRef(SourceFile.at(tmp_path / "none.png"), 1, number), ScanOptions()))
        assert engine.pages == number
