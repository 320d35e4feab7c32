"""`paddlescan scan` on drawn receipts, with the real engine, as a process of its own."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import cv2
import jsonschema
import numpy as np
import pytest
from PIL import Image

from paddlescan.pipeline.jail.landlock import version
from paddlescan.resources_dir import resource
from tests.e2e.conftest import SAMPLES, CommandLine
from tests.samples import bad_scans, originals
from tests.samples.codes import VAT_TEXT, Scanned, invoice_with, scanned

pytestmark = pytest.mark.slow


def test_a_bad_file_is_a_row_with_a_reason_and_the_rest_goes_on(paddlescan: CommandLine, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(SAMPLES / "cafe.jpg", inbox / "3 good.jpg")
    (inbox / "1 empty.png").touch()
    (inbox / "2 text.jpg").write_text("not a picture at all\n" * 50)
    (inbox / "4 cut.jpg").write_bytes((SAMPLES / "hotel.jpg").read_bytes()[:9000])
    (inbox / "notes.txt").write_text("nobody asked for this one")
    done = paddlescan("scan", inbox, tmp_path / "gone.jpg", "--json", tmp_path / "o.json")
    assert done.returncode == 1
    pages = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["pages"]
    outcome = {page["source"]: (page["error"] or {}).get("code") for page in pages}
    assert outcome == {
        "inbox/1 empty.png": "empty_file",
        "inbox/2 text.jpg": "unsupported_format",
        "inbox/3 good.jpg": None,
        "inbox/4 cut.jpg": "truncated_file",
        "gone.jpg": "file_vanished",
    }
    for page in pages:
        if page["error"]:
            assert page["source"].rpartition("/")[2] in page["error"]["message"]
            assert page["error"]["remedy"]
    assert "Pages: 5" in done.stderr
    assert "4 failed" in done.stderr


def test_packed_files_in_a_folder_are_told_at_the_end(paddlescan: CommandLine, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(SAMPLES / "cafe.jpg", inbox / "good.jpg")
    (inbox / "more.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    done = paddlescan("scan", inbox, "--json", tmp_path / "o.json", "--lang", "en")
    assert done.returncode == 0
    assert "left out: 1 (more.zip). Unpack them first" in done.stderr
    assert len(json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["pages"]) == 1
    (inbox / "good.jpg").unlink()
    for command in (("scan", inbox), ("prepare", inbox, tmp_path / "out")):
        done = paddlescan(*command, "--lang", "zh")
        assert done.returncode == 2
        assert "有 1 个压缩包（ZIP、RAR、7z 等）没有读取：more.zip。请先解压" in done.stderr


def test_pages_to_scan_again_and_blank_ones_are_told(paddlescan: CommandLine, tmp_path: Path) -> None:
    picture = cv2.imread(str(SAMPLES / "hotel.jpg"))
    blurred = bad_scans.shake(bad_scans.defocus(picture, 2.5), 13, 20)
    cv2.imwrite(str(tmp_path / "1 blurred.png"), blurred)
    cv2.imwrite(str(tmp_path / "2 back.png"), np.full_like(picture, 240))
    done = paddlescan("scan", tmp_path, "--json", tmp_path / "o.json")
    assert done.returncode == 0, done.stderr
    pages = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["pages"]
    assert [[finding["name"] for finding in page["quality"]] for page in pages] == [["blurred"], ["blank"]]
    assert "Pages: 2 (0 done, 1 to check, 0 failed, 1 blank). Receipts: 1\n" in done.stderr
    assert "Blank pages set aside: 1" in done.stderr
    assert "Rescan needed: 1" in done.stderr
    assert "1: Too blurred to trust; scan the paper again at 300 dpi." in done.stderr


def test_an_export_that_exists_is_noticed_before_scanning(paddlescan: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "o.csv"
    target.write_text("mine")
    done = paddlescan("scan", SAMPLES, "--csv", target)
    assert done.returncode == 2
    assert target.read_text() == "mine"
    assert "o.csv exists already" in done.stderr
    assert not (paddlescan.home / "data" / "receipts.sqlite").exists()


def test_beside_puts_the_table_beside_the_files_and_replaces_nothing(paddlescan: CommandLine, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(SAMPLES / "cafe.jpg", inbox)
    (inbox / "inbox.csv").write_text("mine")
    assert paddlescan("scan", inbox, "--beside", "--quiet").returncode == 0
    assert (inbox / "inbox.csv").read_text() == "mine"
    assert "42.40" in (inbox / "inbox (2).csv").read_text(encoding="utf-8-sig")


def test_without_files_the_table_goes_to_standard_output(paddlescan: CommandLine) -> None:
    done = paddlescan("scan", SAMPLES / "cafe.jpg", "--quiet")
    assert done.returncode == 0
    assert done.stderr == ""
    head, row = done.stdout.splitlines()
    assert head.split("\t")[:4] == ["State", "Merchant", "Date", "Total"]
    assert row.split("\t")[1:4] == ["HARBOUR LANE COFFEE SDN BHD", "2026-03-14", "42.40"]


@pytest.mark.parametrize(
    ("extra", "remedy"),
    [(["--device", "gpu"], "paddlescan gpu"), (["--engine", "paddle"], 'pip install "paddlescan[paddle]"')],
)
def test_what_is_not_there_is_said_with_a_remedy(paddlescan: CommandLine, extra: list[str], remedy: str) -> None:
    done = paddlescan("scan", SAMPLES / "cafe.jpg", *extra)
    assert done.returncode == 3
    assert remedy in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_folder_is_wrong_usage(paddlescan: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = paddlescan("scan", tmp_path / "empty")
    assert done.returncode == 2
    assert "nothing to scan" in done.stderr


def test_a_mistyped_path_is_wrong_usage(paddlescan: CommandLine, tmp_path: Path) -> None:
    done = paddlescan("scan", tmp_path / "nothere", "--csv", tmp_path / "o.csv")
    assert done.returncode == 2
    assert "nothere" in done.stderr
    assert not (tmp_path / "o.csv").exists()


def test_prepare_writes_pictures_and_says_what_it_did(paddlescan: CommandLine, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(SAMPLES / "hardware.jpg", inbox)
    first, second = (Image.open(SAMPLES / name) for name in ("cafe.jpg", "stationer.jpg"))
    first.save(inbox / "two.tif", save_all=True, append_images=[second], compression="tiff_lzw")
    (inbox / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    done = paddlescan("prepare", inbox, tmp_path / "out", "--json", tmp_path / "o.json")
    assert done.returncode == 1
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"hardware-1.png", "two-1.png", "two-2.png"}
    pages = {(p["source"], p["page"]): p for p in json.loads((tmp_path / "o.json").read_text())["pages"]}
    assert pages["inbox/broken.png", 1]["error"]["code"]
    assert pages["inbox/hardware.jpg", 1]["prepared"]["skew_degrees"] == pytest.approx(-2.1, abs=0.2)
    assert pages["inbox/two.tif", 2]["prepared"]["skew_degrees"] == pytest.approx(3.4, abs=0.2)
    assert all(page["lines"] == [] and page["fields"] == {} for page in pages.values())
    with Image.open(tmp_path / "out" / "hardware-1.png") as picture:
        assert picture.height > Image.open(SAMPLES / "hardware.jpg").height - 80


def test_doctor_tests_the_real_thing(paddlescan: CommandLine) -> None:
    done = paddlescan("doctor", "--json")
    findings = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 0, findings
    reading = {"program", "device", "runtimes", "models", "fonts", "folders", "store", "reading", "jail", "scanner"}
    reading.add("cluster")
    around = {"display", "bus", "portal", "notifications", "tray"} if sys.platform == "linux" else set[str]()
    assert set(findings) == reading | around | {"file_managers", "home"}
    assert findings["reading"]["state"] == "ok"
    if sys.platform == "linux" and version():
        assert f"Landlock {version()}" in findings["jail"]["detail"]
    assert all(finding["remedy"] for finding in findings.values() if finding["state"] != "ok")


def test_electronic_originals_are_exact(paddlescan: CommandLine, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1 older.ofd").write_bytes(originals.vat_ofd())
    (inbox / "2 digital.xml").write_bytes(originals.digital_xml())
    (inbox / "3 train.ofd").write_bytes(originals.railway_ofd())
    (inbox / "4 laughs.xml").write_bytes(originals.BILLION_LAUGHS)
    (inbox / "5 note.xml").write_bytes(b'<?xml version="1.0"?><note>no invoice</note>')
    done = paddlescan("scan", inbox, "--json", tmp_path / "o.json")
    assert done.returncode == 1, done.stderr
    document = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, json.loads(resource("schema", "paddlescan-1.json").read_text(encoding="utf-8")))
    pages = document["pages"]
    for page, truth in zip(pages, (originals.VAT, originals.DIGITAL, originals.RAILWAY), strict=False):
        assert page["status"] == "done"
        told = {name: field for name, field in page["fields"].items() if name != "category"}
        assert {name: field["value"] for name, field in told.items()} == truth
        assert {field["origin"] for field in told.values()} == {"xml"}
        assert page["engine"] is None
    assert [page["kind"] for page in pages[:3]] == ["vat_invoice", "vat_invoice", "train_ticket"]
    assert [page["items"][0]["amount"] for page in pages[:2]] == ["400.00", "300.00"]
    assert [page["error"]["code"] for page in pages[3:]] == ["unreadable_file", "unsupported_format"]


def test_the_code_of_an_invoice_settles_its_fields(paddlescan: CommandLine, tmp_path: Path) -> None:
    page = scanned(invoice_with(VAT_TEXT)[0], Scanned(200, 2.0))
    cv2.imwrite(str(tmp_path / "invoice.png"), page)
    done = paddlescan("scan", tmp_path / "invoice.png", "--json", tmp_path / "o.json")
    assert done.returncode == 0, done.stderr
    (found,) = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["pages"]
    for name in ("invoice_number", "invoice_code", "date", "subtotal"):
        assert (found["fields"][name]["value"], found["fields"][name]["origin"]) == (originals.VAT[name], "qr")
    assert {check["name"]: check["passed"] for check in found["checks"]}["qr_agrees"] is True
