"""One engine for all tests of this room."""

from __future__ import annotations

import pytest

from paddlescan.document import EngineOptions
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OcrEngine:
    """The real engine on the CPU."""
    return load_engine(EngineOptions(device="cpu"), tmp_path_factory.mktemp("engine"))
