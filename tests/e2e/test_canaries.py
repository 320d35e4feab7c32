"""Words that stand nowhere else are put wherever something private can be: none of them comes out where we write for
somebody else to read: logs, the journal, the support file."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
import zipfile
from pathlib import Path

import cv2
import openpyxl
import pikepdf
import psutil
import pytest
from PIL import Image, TiffImagePlugin

from paddlescan.desktop.bundle import write_bundle
from paddlescan.desktop.diagnosis import Diagnosis
from paddlescan.paths import Paths
from tests.e2e.conftest import CommandLine
from tests.e2e.test_privacy import CANARY, canary_receipt
from tests.samples.codes import symbol

pytestmark = [pytest.mark.slow, pytest.mark.long]

PASSWORD, IN_CODE, IN_TAG, TYPED, IN_TEMPLATE = "XOCHIPILLI", "TEZCATLIPOCA", "MICTLANTECUHTLI", "XOLOTL", "TLALOC"
SECRETS = (CANARY, "77.10", PASSWORD, IN_CODE, IN_TAG, TYPED, IN_TEMPLATE)
STEERS = tuple(chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if chr(code) != "\n")
EVIL = f"{CANARY}\x1b[2J\rERROR forged\nERROR forged.png"
"""A name that would clear a terminal and write a line of its own into a log."""


def fill(inbox: Path) -> None:
    """Files that are read, locked, odd, cut off and broken; each holds a canary, and so do their names."""
    inbox.mkdir()
    canary_receipt(inbox / f"{CANARY}-receipt.png")
    canary_receipt(inbox / EVIL)
    cv2.imwrite(str(inbox / f"{CANARY}-code.png"), symbol(f"https://example.com/{IN_CODE}", 8))
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[270] = IN_TAG  # the description
    tags[65000] = IN_TAG  # a tag that nobody knows, of which libraries warn
    with Image.open(inbox / f"{CANARY}-receipt.png") as picture:
        picture.save(inbox / f"{CANARY}-tags.tif", tiffinfo=tags, compression="tiff_lzw")
    whole = (inbox / f"{CANARY}-tags.tif").read_bytes()
    (inbox / f"{CANARY}-cut.tif").write_bytes(whole[: len(whole) * 2 // 3])
    (inbox / f"{CANARY}-broken.jpg").write_bytes(b"\xff\xd8\xff\xe1\x00\x40" + f"Exif\0\0{IN_TAG}".encode() * 9)
    (inbox / f"{CANARY}.pdf").write_text(f"%PDF-1.7 {IN_TAG}")
    with pikepdf.new() as locked:
        locked.add_blank_page()
        locked.docinfo["/Title"] = IN_TAG
        locked.save(inbox / f"{CANARY}-locked.pdf", encryption=pikepdf.Encryption(user=PASSWORD, owner=PASSWORD))


def workbook(file: Path) -> None:
    """A stranger's workbook, of which the library that reads it warns with what stands in its cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([CANARY, TYPED])
    sheet.append([float(10**12), TYPED])
    sheet["A2"].number_format = "yyyy-mm-dd"
    book.save(file)


def told_everywhere(home: Path, out: Path) -> dict[str, str]:
    """All that may be read by somebody else: logs, the journal, a support file that is written now."""
    told = {str(file): file.read_text(encoding="utf-8") for file in (home / "logs").rglob("*") if file.is_file()}
    with sqlite3.connect(home / "data" / "receipts.sqlite") as db:
        rows = db.execute("SELECT what, detail FROM event").fetchall()
    told["journal"] = "\n".join(f"{what} {detail}" for what, detail in rows)
    file = out / "support.zip"
    write_bundle(file, Paths(home / "config", home / "data", home / "cache", home / "logs"), [Diagnosis("x", "ok", "")])
    with zipfile.ZipFile(file) as packed:
        told |= {f"bundle/{name}": packed.read(name).decode() for name in packed.namelist()}
    return told


def assert_kept(told: dict[str, str]) -> None:
    """None of it holds a canary, in whatever letters, or anything that steers a terminal."""
    for place, text in told.items():
        assert [word for word in SECRETS if word.casefold() in text.casefold()] == [], place
        assert [letter for letter in STEERS if letter in text] == [], place
        assert not any(line.startswith("ERROR") for line in text.splitlines()), place


def engine_of(process: int) -> psutil.Process | None:
    """The engine process below another."""
    for child in psutil.Process(process).children(recursive=True):
        if "engine_process" in " ".join(child.cmdline()):
            return child
    return None


@pytest.mark.skipif(sys.platform == "win32", reason="names and signals are POSIX")
def test_no_canary_comes_out(paddlescan: CommandLine, tmp_path: Path) -> None:
    inbox, quiet = tmp_path / CANARY, {"PADDLESCAN_PASSWORD": PASSWORD, "PADDLESCAN_LOG_LEVEL": "DEBUG"}
    fill(inbox)
    templates = paddlescan.home / "config" / "templates"
    templates.mkdir(parents=True)
    (templates / f"{IN_TEMPLATE}.yaml").write_text(f"name: {IN_TEMPLATE}\ncolumns: [total, merchant]\n")
    (templates / "broken.yaml").write_text(f"name: {IN_TEMPLATE}-2\ncolumns: [{IN_TEMPLATE}]\n")
    table = tmp_path / f"{CANARY}.csv"
    process = paddlescan.start("scan", inbox, "--csv", table, "--template", IN_TEMPLATE, "--workers", "1", **quiet)
    log = paddlescan.home / "logs" / "engine-1.log"
    end = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < end:
        if log.exists() and "engine onnxruntime" in log.read_text() and (engine := engine_of(process.pid)) is not None:
            os.kill(engine.pid, signal.SIGSEGV)  # a native crash, in the midst of a page
            break
        time.sleep(0.02)
    out, err = process.communicate(timeout=280)
    assert process.returncode == 1, err
    assert CANARY in table.read_text(encoding="utf-8-sig"), "the canary was not read, so this test proves nothing"
    assert "Segmentation fault" in "".join(file.read_text() for file in log.parent.glob("engine-1.log*"))

    foreign, edited = tmp_path / f"{CANARY}.xlsx", tmp_path / f"{CANARY}-edited.csv"
    workbook(foreign)
    edited.write_text(table.read_text(encoding="utf-8-sig").replace(f"{CANARY} TRADING", TYPED), encoding="utf-8")
    runs = (
        paddlescan("import", foreign, **quiet),
        paddlescan("import", edited, **quiet),
        paddlescan("scan", inbox, "--csv", inbox / "no folder" / f"{CANARY}.csv", **quiet),
        paddlescan("scan", inbox, "--template", f"{CANARY} template", **quiet),
        paddlescan("log", f"{CANARY} batch", **quiet),
        paddlescan("log", "--file", EVIL, **quiet),
    )
    assert [done.returncode for done in runs][2:5] == [2, 2, 2]
    for done in (*runs, None):
        text = out + err if done is None else done.stdout + done.stderr
        assert not any(letter in text for letter in STEERS if letter not in "\t\r"), "a terminal would be steered"
        assert not any(line.startswith("ERROR forged") for line in text.splitlines())

    told = told_everywhere(paddlescan.home, tmp_path)
    assert {Path(place).name for place in told} >= {"command.log", "engine-1.log", "journal", "settings.json"}
    assert {"waits", "failed", "exported"} <= {line.split()[0] for line in told["journal"].splitlines()}
    assert_kept(told)
