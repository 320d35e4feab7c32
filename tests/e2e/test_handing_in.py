"""What one scan of the drawn receipts by the real engine hands in: what was read, the table, the searchable PDF, the
renamed copies, and what other programs find in them."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pikepdf
import pypdfium2
import pytest

from paddlescan.resources_dir import resource
from tests.e2e.conftest import SAMPLES, CommandLine

Box = tuple[float, float, float, float]


class Scanned:
    """One scan of the samples and a broken file, with everything that can be handed in."""

    def __init__(self, folder: Path) -> None:
        self.command = CommandLine(folder / "home")
        self.inbox = folder / "inbox"
        shutil.copytree(SAMPLES, self.inbox, ignore=shutil.ignore_patterns("*.json"))
        (self.inbox / "broken.jpg").write_bytes(b"\xff\xd8\xff no picture")
        self.before = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in self.inbox.iterdir()}
        self.pdf, self.json, self.csv = (folder / f"out.{kind}" for kind in ("pdf", "json", "csv"))
        self.copies = folder / "copies"
        pattern = "{date}_{merchant}_{total}"
        self.done = self.command(
            *("scan", self.inbox, "--pdf", self.pdf, "--json", self.json, "--csv", self.csv),
            *("--rename", pattern, "--rename-to", self.copies),
        )
        self.pages: list[dict[str, Any]] = json.loads(self.json.read_text(encoding="utf-8"))["pages"]
        self.drawn = [page for page in self.pages if page["error"] is None]


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Scanned:
    return Scanned(tmp_path_factory.mktemp("handing_in"))


def words(pdf: Path, page: int) -> list[tuple[str, Box]]:
    """What poppler finds on a page, with boxes in points from the top left."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(pdf), "-"]
    done = subprocess.run(command, check=True, capture_output=True)
    found = ElementTree.fromstring(done.stdout).iter("{http://www.w3.org/1999/xhtml}word")
    boxes = [(w.text or "", [float(w.attrib[n]) for n in ("xMin", "yMin", "xMax", "yMax")]) for w in found]
    return [(text, (a, b, c, d)) for text, (a, b, c, d) in boxes]


def lines_drawn_level(page: dict[str, Any]) -> bool:
    """Whether the page was neither turned nor bent, so that its quads say where lines are on paper."""
    how = page["prepared"]
    return how["rotation_degrees"] == 0 and abs(how["skew_degrees"]) < 0.001 and how["perspective"] is None


def test_what_is_told(scanned: Scanned) -> None:
    assert scanned.done.returncode == 1  # a page failed
    assert scanned.done.stdout == ""
    assert f"Wrote {scanned.pdf} (pages: 8)" in scanned.done.stderr
    assert "without the pages that could not be drawn: 1." in scanned.done.stderr
    assert (
        scanned.done.stderr.count("broken.jpg could not be read")
        + scanned.done.stderr.count("broken.jpg is incomplete")
        == 1
    )
    assert f"Files copied into {scanned.copies}: 9 (there already: 0)" in scanned.done.stderr


def test_the_samples_are_read_rightly(scanned: Scanned, samples_truth: dict[str, dict[str, Any]]) -> None:
    document = json.loads(scanned.json.read_text(encoding="utf-8"))
    jsonschema.validate(document, json.loads(resource("schema", "paddlescan-1.json").read_text(encoding="utf-8")))
    assert {page["source"] for page in document["pages"]} == {
        f"inbox/{name}" for name in (*samples_truth, "broken.jpg")
    }
    for page in scanned.drawn:
        truth = samples_truth[page["source"].removeprefix("inbox/")]
        assert page["status"] in ("done", "needs_review")
        for name in ("date", "total", "currency"):
            assert page["fields"][name]["value"] == truth["gt"]["fields"][name], (page["source"], name)
        slant = page["prepared"]["rotation_degrees"] + page["prepared"]["skew_degrees"]
        assert slant == pytest.approx(truth["skew_deg_ccw"], abs=0.3)
        assert page["prepared"]["seal_removed"] == truth["seal"]


def test_each_has_a_row_in_the_table(scanned: Scanned) -> None:
    raw = scanned.csv.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(raw.decode("utf-8-sig").splitlines())
    assert {"Merchant", "Total"} <= set(head)
    assert len(rows) == len(scanned.pages)


def test_every_receipt_has_its_page_with_its_text(scanned: Scanned) -> None:
    assert len(scanned.drawn) == 8
    with pypdfium2.PdfDocument(scanned.pdf) as pdf:
        assert len(pdf) == 8
        for sheet, page in zip(pdf, scanned.drawn, strict=True):
            text = _bare(sheet.get_textpage().get_text_bounded())
            missing = [line["text"] for line in page["lines"] if _bare(line["text"]) not in text]
            assert missing == [], page["source"]
        marks = [mark.get_title() for mark in pdf.get_toc()]
    assert marks[0] == "2. HARBOUR LANE COFFEE SDN BHD 2026-03-14 42.40 MYR"
    assert len(marks) == 8


def test_poppler_finds_words_where_the_lines_lie(scanned: Scanned) -> None:
    """On pages that were left as they are, a line's quad is its place on paper, at 200 dpi."""
    looked = 0
    for number, page in enumerate(scanned.drawn, 1):
        if not lines_drawn_level(page):
            continue
        found = words(scanned.pdf, number)
        for line in page["lines"]:
            (first, *_), (left, top) = line["text"].split(), [v * 72 / 200 for v in line["quad"][0]]
            near = [box for text, box in found if text == first and abs(box[0] - left) < 2 and abs(box[1] - top) < 2]
            assert near, (page["source"], line["text"])
            looked += 1
    assert looked > 30


def test_words_lie_on_the_print(scanned: Scanned) -> None:
    """On every page, turned ones too: most of a word's box is not paper, and beside all words there is little ink."""
    with pypdfium2.PdfDocument(scanned.pdf) as pdf:
        for number, sheet in enumerate(pdf, 1):
            shown = sheet.render(scale=2).to_pil().convert("L")
            for text, (left, top, right, bottom) in words(scanned.pdf, number):
                part = shown.crop((int(left * 2), int(top * 2), int(right * 2) + 1, int(bottom * 2) + 1))
                low, high = part.getextrema()
                assert high - low > 60, (number, text)  # type: ignore[operator]


def test_pdfium_finds_the_totals(scanned: Scanned) -> None:
    with pypdfium2.PdfDocument(scanned.pdf) as pdf:
        for sheet, page in zip(pdf, scanned.drawn, strict=True):
            if "total" in page["fields"]:
                search = sheet.get_textpage().search(page["fields"]["total"]["value"].removesuffix("0"))
                assert search.get_next() is not None, page["source"]


def test_the_file_is_sound_and_says_nothing_of_where_it_comes_from(scanned: Scanned) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    assert subprocess.run(["qpdf", "--check", str(scanned.pdf)], check=False, capture_output=True).returncode == 0
    with pikepdf.open(scanned.pdf) as pdf:
        told = str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode("utf-8")
        assert re.search(r"pdfaid:part[^>]*>2<.*pdfaid:conformance[^>]*>B<", told)
        for private in ("HARBOUR", "inbox", str(scanned.inbox.parent), "cafe"):
            assert private not in told
        assert all(page.Resources.Font.F.DescendantFonts[0].FontDescriptor.FontFile2 for page in pdf.pages)
        assert "/OutputIntents" in pdf.Root


def test_a_page_is_small_enough_to_be_sent(scanned: Scanned) -> None:
    assert scanned.pdf.stat().st_size / 8 < 150_000


def test_copies_are_named_and_originals_untouched(scanned: Scanned) -> None:
    names = {file.name for file in scanned.copies.iterdir()}
    assert "2026-03-14_HARBOUR LANE COFFEE SDN BHD_42.40.jpg" in names
    assert "broken.jpg" in names
    assert "2026-06-08_杭州云栖餐饮管理有限公司_424.00.jpg" in names
    after = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in scanned.inbox.iterdir()}
    assert after == scanned.before
    copied = sorted(file.read_bytes() for file in scanned.copies.iterdir())
    assert copied == sorted(content for content, _ in scanned.before.values())


def test_a_dry_run_prints_the_plan_and_writes_nothing(scanned: Scanned, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(SAMPLES / "cafe.jpg", inbox)
    done = scanned.command("--lang", "zh", "scan", inbox, "--rename", "{date:%Y%m}_{total}", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "inbox/cafe.jpg\t202603_42.40.jpg\n"
    assert "本次未复制任何文件" in done.stderr
    assert [file.name for file in tmp_path.rglob("*")] == ["inbox", "cafe.jpg"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--rename", "{mercant}"), "{mercant}"),
        (("--rename", "{date"), "{"),
        (("--rename", "{date}", "--rename-to", "cafe.jpg"), "cafe.jpg"),
        (("--pdf", "cafe.jpg"), "cafe.jpg"),
        (("--pdf", "nowhere/out.pdf"), "out.pdf"),
    ],
)
def test_what_cannot_work_is_told_before_scanning(
    paddlescan: CommandLine, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    shutil.copy(SAMPLES / "cafe.jpg", tmp_path)
    known = [str(tmp_path / value) if "." in value else value for value in arguments]
    done = paddlescan("scan", tmp_path / "cafe.jpg", *known)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Reading on" not in done.stderr


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
