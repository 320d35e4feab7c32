from __future__ import annotations

from pathlib import Path

import pytest

from paddlescan.desktop.menus.places import Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A home and a system with nothing in them."""
    system = tmp_path / "system"
    return Places(tmp_path / "home/.local/share", tmp_path / "home/.config", (system / "share",), (system / "xdg",))


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file and what it says."""
    found = sorted(folder.rglob("*"))
    return {str(file.relative_to(folder)): file.read_bytes() if file.is_file() else b"" for file in found}
