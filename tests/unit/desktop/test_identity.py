"""The program's id stands in one module; files that others read have it as a name."""

from __future__ import annotations

from paddlescan.desktop.identity import APP_ID
from tests.conftest import ROOT


def test_the_id_stands_in_one_module_and_names_the_files_of_the_packages() -> None:
    modules = [file for room in ("paddlescan", "installers") for file in (ROOT / room).rglob("*.py")]
    holding = [file.name for file in modules if APP_ID in file.read_text(encoding="utf-8")]
    assert holding == ["identity.py"]
    assert (ROOT / "installers" / "linux" / f"{APP_ID}.desktop").is_file()
    assert f"id: {APP_ID}\n" in (ROOT / "installers" / "flatpak" / f"{APP_ID}.yml").read_text(encoding="utf-8")
