from __future__ import annotations

import errno
from pathlib import Path

import pytest

from paddlescan.errors import DiskFull
from paddlescan.pipeline import engine_service
from paddlescan.pipeline.engine_service import EngineService
from paddlescan.pipeline.messages import Start


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_too_full_for_the_model_folders_is_called_by_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, "no room")

    monkeypatch.setattr(engine_service, "load_engine", full)
    with pytest.raises(DiskFull):
        EngineService(tmp_path).answer(Start())
