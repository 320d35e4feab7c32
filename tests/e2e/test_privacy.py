"""Nothing private enters a log."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.e2e.conftest import SAMPLES, CommandLine

pytestmark = pytest.mark.slow

CANARY = "QUETZALCOATL"


def canary_receipt(file: Path) -> None:
    """A receipt whose merchant is a word that stands nowhere else."""
    image = Image.new("RGB", (700, 500), "white")
    pen = ImageDraw.Draw(image)
    big = ImageFont.load_default(40)
    for y, text in ((40, f"{CANARY} TRADING SDN BHD"), (120, "Date: 14/03/2026"), (200, "TOTAL RM 77.10")):
        pen.text((40, y), text, font=big, fill="black")
    image.save(file)


def assert_silent(folder: Path, *names: str) -> None:
    """No log in a folder holds the canary, its total or a name; these logs are among them, and they are at DEBUG."""
    logs = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.name for path in logs} >= set(names)
    for path in logs:
        text = path.read_text(encoding="utf-8", errors="replace")
        assert CANARY.lower() not in text.lower(), path.name
        assert "77.10" not in text, path.name
        assert path.stat().st_mode & 0o077 == 0, path.name
    assert any("DEBUG" in path.read_text() for path in logs), "the logs were not at DEBUG"


def test_no_log_holds_a_receipt_or_a_file_name(paddlescan: CommandLine, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    canary_receipt(inbox / f"{CANARY}-receipt.png")
    (inbox / f"{CANARY}-broken.jpg").write_text(f"{CANARY} is no picture")
    (inbox / f"{CANARY}-cut.jpg").write_bytes((SAMPLES / "hotel.jpg").read_bytes()[:5000])
    kinds = ("json", "csv", "items", "xlsx", "report", "pdf")
    files = {
        kind: tmp_path / f"{CANARY}-{kind}.{kind.replace('items', 'csv').replace('report', 'xlsx')}" for kind in kinds
    }
    exports = [argument for kind, file in files.items() for argument in (f"--{kind}", file)]
    copies = tmp_path / f"{CANARY} copies"
    rename = ("--rename", "{merchant}_{total}", "--rename-to", copies)
    done = paddlescan("scan", inbox, *exports, *rename, PADDLESCAN_LOG_LEVEL="DEBUG")
    assert done.returncode == 1
    assert [kind for kind, file in files.items() if not file.exists()] == []
    assert any(CANARY in file.name and "77.10" in file.name for file in copies.iterdir())
    assert CANARY in files["json"].read_text(), "the canary was not read, so this test proves nothing"
    assert_silent(paddlescan.home / "logs", "command.log", "engine-1.log")

    edited = files["csv"].read_text(encoding="utf-8-sig").replace(f"{CANARY} TRADING", f"{CANARY} HOLDING")
    files["csv"].write_text(edited, encoding="utf-8")
    done = paddlescan("import", files["csv"], PADDLESCAN_LOG_LEVEL="DEBUG")
    assert done.returncode == 0
    assert f"{CANARY} HOLDING" in done.stdout + done.stderr, "nothing was read back, so this proves nothing"
    broken = tmp_path / f"{CANARY}.xlsx"
    broken.write_bytes(files["xlsx"].read_bytes()[:3000])
    assert paddlescan("import", broken, PADDLESCAN_LOG_LEVEL="DEBUG").returncode != 0
    assert_silent(paddlescan.home / "logs", "command.log")
