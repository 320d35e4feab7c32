from __future__ import annotations

from pathlib import Path

import pytest

from tests.scanners import only_test_scanners


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """scanimage, which knows the test scanner alone."""
    return only_test_scanners(tmp_path / "sane", monkeypatch)
