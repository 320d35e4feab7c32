"""What the packed program has on Windows and macOS alone. `installers/pyinstaller` is no package but scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path("installers/pyinstaller").absolute())


@pytest.mark.parametrize(("system", "kind"), [("win32", "ICO"), ("darwin", "ICNS")])
def test_programs_carry_the_icon_where_programs_do(system: str, kind: str, tmp_path: Path, qapp: QApplication) -> None:
    import per_system

    drawn = per_system.icon(str(tmp_path), system)
    with Image.open(drawn) as picture:
        assert picture.format == kind
    assert per_system.icon(str(tmp_path), "linux") is None


def test_windows_is_told_the_version_of_each_program(tmp_path: Path) -> None:
    import per_system

    for program in ("paddlescan.exe", "paddlescan-gui.exe"):
        told = per_system.version_file(str(tmp_path), program, "win32")
        assert f"'OriginalFilename', '{program}'" in Path(told).read_text("utf-8")
    assert per_system.version_file(str(tmp_path), "paddlescan", "darwin") is None


def test_an_app_replaces_the_one_before_and_has_what_lies_beside_the_program(tmp_path: Path) -> None:
    import per_system

    built, into = tmp_path / "built", tmp_path / "into"
    per_system.put_app(built, into, lambda folder: pytest.fail("there is none"))
    (built / "PaddleScan.app" / "Contents" / "Resources").mkdir(parents=True)
    (into / "PaddleScan.app" / "old").mkdir(parents=True)
    per_system.put_app(built, into, lambda folder: (folder / "LICENSE").touch())
    found = {str(path.relative_to(into)) for path in into.rglob("*") if path.is_file() or path.name == "old"}
    assert found == {"PaddleScan.app/Contents/Resources/LICENSE"}
