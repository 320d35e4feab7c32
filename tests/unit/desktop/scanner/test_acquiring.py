"""Pages from a scanner that really scans: libsane's test backend."""

from __future__ import annotations

import os
import stat
import struct
import tempfile
import threading
from collections.abc import Generator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from paddlescan.desktop.scanner import ending
from paddlescan.desktop.scanner.acquiring import Order, Patience, Progress, Stopping, acquire
from paddlescan.desktop.scanner.listing import Scanner, list_scanners
from paddlescan.desktop.scanner.options import ask_abilities
from paddlescan.desktop.scanner.pages import Keeper, read_page
from paddlescan.desktop.scanner.program import Run, Stop, bounded_environment, find_program, missing_here, version_of
from paddlescan.desktop.scanner.wish import Wish
from paddlescan.errors import (
    PaddleScanError,
    ScannerEmpty,
    ScannerFailed,
    ScannerGone,
    ScannerNone,
    ScannerPageDamaged,
    ScannerProgramMissing,
    ScannerSilent,
)
from tests.scanners import FEEDER_PAGES, only_test_scanners

NOW = datetime(2026, 11, 26, 15, 30, 12)
LOW = Wish(resolution=150, colour="grey", paper="a5")


@pytest.fixture
def order(program: Path, tmp_path: Path) -> Order:
    (scanner,) = list_scanners(program, Stop())
    abilities = ask_abilities(program, scanner, Stop())
    assert abilities is not None
    folder = tmp_path / "home 100% 数据" / "scanned"
    return Order(program, scanner, abilities, LOW, folder, patience=Patience(60.0, 1.0))


def pages_of(order: Order, stop: Stop | None = None) -> list[Path]:
    return [one for one in acquire(order, NOW, stop or Stop()) if isinstance(one, Path)]


def names(order: Order) -> list[str]:
    return sorted(file.name for file in order.folder.iterdir())


def size_of(page: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", page.read_bytes()[16:24])
    return width, height


def test_one_page_from_the_glass(order: Order) -> None:
    happened = list(acquire(replace(order, wish=Wish(resolution=300, paper="a4")), NOW, Stop()))
    page = order.folder / "scan-2026-11-26-153012-001.png"
    assert [one for one in happened if isinstance(one, Path)] == [page]
    assert {one.page for one in happened if isinstance(one, Progress)} == {1}
    assert any(isinstance(one, Progress) and one.percent for one in happened)
    width, height = size_of(page)
    assert (width, height) == (round(200 / 25.4 * 300), round(200 / 25.4 * 300))  # its glass is 200 mm square
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert stat.S_IMODE(order.folder.stat().st_mode) == 0o700
    assert names(order) == [page.name]
    with Image.open(page) as picture:
        assert (picture.mode, picture.format) == ("RGB", "PNG")
        assert round(picture.info["dpi"][0]) == 300
        picture.load()


@pytest.mark.parametrize("way", ["--hand-scanner=yes", "--three-pass=yes", "--ppl-loss=7"])
def test_scanners_that_do_not_know_the_length_or_scan_thrice(order: Order, way: str) -> None:
    """With them scanimage's own PNG breaks off."""
    order = replace(order, wish=Wish(resolution=150, paper="a5"), more=(way, "--test-picture=Color pattern"))
    (page,) = pages_of(order)
    with Image.open(page) as picture:
        picture.load()
        assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 2


def test_a_page_is_kept_as_it_was_scanned(order: Order) -> None:
    (page,) = pages_of(replace(order, more=("--test-picture=Grid",)))
    with Image.open(page) as picture:
        black, white = (picture.convert("L").histogram()[at] for at in (0, 255))
        assert black + white == picture.width * picture.height
        assert 0.4 < black / (black + white) < 0.6
        square = round(10 / 25.4 * 150)
        assert picture.getpixel((square // 2, square // 2)) != picture.getpixel((square * 3 // 2, square // 2))


def test_a_feeder_is_emptied_and_each_page_kept_as_it_comes(order: Order) -> None:
    order = replace(order, wish=replace(LOW, kind="feeder"))
    there: list[int] = []
    for one in acquire(order, NOW, Stop()):
        if isinstance(one, Path):
            assert one.stat().st_size
            there.append(sum(name.startswith("scan-") for name in names(order)))
    assert there == list(range(1, FEEDER_PAGES + 1))
    assert names(order) == [f"scan-2026-11-26-153012-{n:03}.png" for n in range(1, FEEDER_PAGES + 1)]


def test_nothing_that_is_there_is_overwritten(order: Order) -> None:
    order.folder.mkdir(parents=True)
    other = order.folder / "scan-2026-11-26-153012-001.png"
    other.write_bytes(b"of another window")
    (page,) = pages_of(order)
    assert page.name == "scan-2026-11-26-153012-002.png"
    assert other.read_bytes() == b"of another window"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("DEVICE_BUSY", "scanner_busy"),
        ("JAMMED", "scanner_jammed"),
        ("COVER_OPEN", "scanner_cover_open"),
        ("NO_DOCS", "scanner_empty"),
        ("ACCESS_DENIED", "scanner_denied"),
        ("IO_ERROR", "scanner_failed"),
        ("NO_MEM", "scanner_failed"),
        ("UNSUPPORTED", "scanner_failed"),
        ("INVAL", "scanner_failed"),
        ("EOF", "scanner_page_damaged"),  # it ends before it begins, and scanimage calls it done
    ],
)
def test_every_error_of_a_scanner_is_told_by_its_own_words(order: Order, status: str, code: str) -> None:
    with pytest.raises(PaddleScanError) as told:
        pages_of(replace(order, more=(f"--read-return-value=SANE_STATUS_{status}",)))
    assert told.value.code == code
    assert order.scanner.title in told.value.message
    assert names(order) == []


def test_a_scanner_that_is_gone_is_told(order: Order) -> None:
    with pytest.raises(ScannerGone):
        pages_of(replace(order, scanner=Scanner("test:7", "Seventh")))


def test_a_choice_that_the_scanner_refuses_is_told(order: Order) -> None:
    with pytest.raises(ScannerFailed) as told:
        pages_of(replace(order, more=("--source=Nowhere",)))
    assert told.value.parameters["detail"] == "it does not know that choice"


def slow(order: Order) -> Order:
    """As slow as a scanner: half a minute a page."""
    wish = replace(order.wish, resolution=600, kind="feeder")
    return replace(order, wish=wish, more=("--read-delay=yes", "--read-delay-duration=200000"))


def test_stopped_in_the_middle_of_a_page_half_a_page_is_not_kept(order: Order) -> None:
    stop = Stop()
    for one in acquire(slow(order), NOW, stop):
        assert isinstance(one, Progress)
        if one.percent:
            stop.ask()
    assert names(order) == []


def test_pages_before_the_stop_are_kept(order: Order) -> None:
    stop = Stop()
    pages = []
    for one in acquire(replace(order, wish=replace(LOW, kind="feeder")), NOW, stop):
        if isinstance(one, Path):
            pages.append(one.name)
            stop.ask()
    assert 1 <= len(pages) <= FEEDER_PAGES
    assert names(order) == pages


def test_a_window_that_closes_waits_for_no_scanner(order: Order) -> None:
    stop = Stop()
    for one in acquire(slow(order), NOW, stop):
        if isinstance(one, Progress):
            stop.ask(hurry=True)
    assert names(order) == []


def test_who_looks_away_leaves_no_program_and_no_folder_behind(order: Order) -> None:
    happening = acquire(slow(order), NOW, Stop())
    assert isinstance(happening, Generator)
    next(happening)
    (folder,) = order.folder.iterdir()
    assert list(folder.parent.iterdir()) == [folder]
    happening.close()
    assert names(order) == []


def test_what_a_program_left_that_was_killed_goes_with_the_next_scan(order: Order) -> None:
    left = order.folder / ".paddlescan-0123456789abcdef.parts"
    left.mkdir(parents=True)
    (left / "page-0001.pnm.part").write_bytes(b"half a page")
    (page,) = pages_of(order)
    assert names(order) == [page.name]


def test_a_scanner_that_says_nothing_is_given_up(order: Order) -> None:
    with pytest.raises(ScannerSilent) as told:
        pages_of(replace(slow(order), patience=Patience(0.0)))
    assert order.scanner.title in told.value.message
    assert names(order) == []


def test_a_folder_that_cannot_be_is_told(order: Order, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PaddleScanError) as told:
        pages_of(replace(order, folder=tmp_path / "file" / "scanned"))
    assert told.value.code == "folder_unwritable"


# Programs that are not scanimage, though they bear its name ------------------------------------------------


def raw(file: Path, less: int = 0) -> Path:
    """A page as scanimage writes it. less: so many bytes short."""
    data = b"P5\n# SANE data follows\n40 30\n255\n" + bytes(range(40)) * 30
    file.write_bytes(data[: len(data) - less])
    return file


def program_that(tmp_path: Path, script: str) -> Path:
    program = tmp_path / "scanimage"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
@pytest.mark.parametrize(
    "name", ["../../outside.png", "/etc/hostname", "page-0001.pnm.part", "page-0002.pnm", "page-0003.pnm", ""]
)
def test_what_it_says_is_not_believed(order: Order, tmp_path: Path, name: str) -> None:
    """Names outside of its folder, of no page, of a link, of a page that is not there."""
    (tmp_path / "outside.png").write_bytes(b"x")
    script = f"ln -s /etc/hostname page-0002.pnm; echo x > page-0001.pnm.part; echo '{name}'"
    with pytest.raises(ScannerFailed):  # it ends well, and there is no page
        pages_of(replace(order, program=program_that(tmp_path, script)))
    assert names(order) == []


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
def test_a_page_that_is_cut_off_is_not_kept_and_told(order: Order, tmp_path: Path) -> None:
    whole, cut = raw(tmp_path / "whole"), raw(tmp_path / "cut", 1)
    script = f"cp '{whole}' page-0001.pnm; cp '{cut}' page-0002.pnm; echo page-0001.pnm; echo page-0002.pnm"
    order = replace(order, program=program_that(tmp_path, script))
    with pytest.raises(ScannerPageDamaged):
        pages_of(order)
    assert names(order) == ["scan-2026-11-26-153012-001.png"]


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Scanned page 1. (scanner status = 5)", ""),
        ("scanimage: sane_start: Document feeder out of documents", ""),
        ("scanimage: sane_read: Document feeder jammed", "scanner_jammed"),
    ],
)
def test_one_that_has_told_all_and_does_not_leave_is_ended(order: Order, tmp_path: Path, said: str, code: str) -> None:
    """As libsane does now and then: its reading thread is cancelled while it holds a lock."""
    whole = raw(tmp_path / "whole")
    told = f"echo '{said}' >&2; echo 'Batch terminated, 1 page scanned' >&2; sleep 600"
    script = f"cp '{whole}' page-0001.pnm; echo page-0001.pnm; sleep 0.3; {told}"
    order = replace(order, program=program_that(tmp_path, script), patience=Patience(60.0, 0.5))
    try:
        pages_of(order)
    except PaddleScanError as error:
        assert error.code == code
    else:
        assert not code
    assert len(names(order)) == 1


DEAF = "trap '' INT TERM; sleep 600 & echo $! >&2; wait; sleep 600"
"""It heeds no signal, and says the number of its child."""


def gone(process: int) -> bool:
    """Whether there is no such process, or soon will be none: until its new parent has buried it."""
    for _ in range(2000):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        threading.Event().wait(0.01)
    return False


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
def test_one_that_heeds_no_signal_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "TO_ABORT_S", 0.1)
    stop, child = Stop(), 0
    with Run(program_that(tmp_path, DEAF), [], stop, 60.0) as run:
        run.to_stop_s = 0.1
        for _, line in run.lines():
            child = int(line)
            stop.ask()
        assert run.status < 0
    assert gone(child)


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
def test_who_is_in_a_hurry_does_not_wait_for_it_and_it_ends_all_the_same(order: Order, tmp_path: Path) -> None:
    """It is alive when the window has closed; the end of the program waits for its end."""
    whole = raw(tmp_path / "whole")
    script = f"cp '{whole}' page-0001.pnm; echo page-0001.pnm; echo $$ > '{tmp_path}/number'; {DEAF}"
    stop = Stop()
    order = replace(order, program=program_that(tmp_path, script), patience=Patience(60.0, 1.0, 1.0))
    for one in acquire(order, NOW, stop):
        if isinstance(one, Path):
            while not (tmp_path / "number").exists() or not (tmp_path / "number").read_text():
                threading.Event().wait(0.01)
            stop.ask(hurry=True)
    process = int((tmp_path / "number").read_text())
    os.kill(process, 0)  # it is there
    assert names(order) == ["scan-2026-11-26-153012-001.png"]
    ending.wait_for_endings()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
@pytest.mark.parametrize("trouble", ["cut", "silent"])
def test_trouble_in_the_midst_of_a_feeder_stops_the_scanner_gently(order: Order, tmp_path: Path, trouble: str) -> None:
    """A jam, an open cover, no more paper: some drivers call the page done, and scanimage begins the next one. Killed
    in the midst of it, a scanner may stay blocked."""
    whole, cut = raw(tmp_path / "whole"), raw(tmp_path / "cut", 1)
    said = f"cp '{cut}' page-0002.pnm; echo page-0002.pnm" if trouble == "cut" else ":"
    script = (
        f"trap 'echo gently > {tmp_path}/stopped; exit 2' INT\n"
        f"cp '{whole}' page-0001.pnm; echo page-0001.pnm; {said}\nsleep 600 & wait"
    )
    order = replace(order, program=program_that(tmp_path, script), patience=Patience(1.0, 1.0))
    happened = []
    with pytest.raises(ScannerPageDamaged if trouble == "cut" else ScannerSilent):
        for one in acquire(order, NOW, Stop()):
            happened.append(one)
    assert [type(one) for one in happened if not isinstance(one, Path)] == [Stopping]
    assert (tmp_path / "stopped").read_text() == "gently\n"
    assert names(order) == ["scan-2026-11-26-153012-001.png"]


def test_a_scanner_in_the_midst_of_a_page_is_stopped_by_scanimage_itself(order: Order, tmp_path: Path) -> None:
    arguments = slow(order).arguments()
    with Run(order.program, arguments, Stop(), 60.0, tmp_path) as run:
        for _, line in run.lines():
            if line.startswith("Progress: "):
                break
    assert run.status >= 0  # no signal killed it


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
def test_its_environment_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PADDLESCAN_PASSWORD", "secret")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with Run(program_that(tmp_path, "env"), [], Stop(), 60.0) as run:
        said = dict(line.split("=", 1) for _, line in run.lines() if "=" in line)
    assert said["LC_ALL"] == "C.UTF-8"
    assert "PADDLESCAN_PASSWORD" not in said
    assert set(said) - {"PWD", "OLDPWD", "SHLVL", "_"} <= set(bounded_environment())


def test_the_libraries_of_a_packed_program_are_not_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    packed = {"LD_LIBRARY_PATH": "/opt/paddlescan", "PATH": "/bin"}
    assert "LD_LIBRARY_PATH" not in bounded_environment(packed)
    assert bounded_environment(packed | {"LD_LIBRARY_PATH_ORIG": "/usr/own"})["LD_LIBRARY_PATH"] == "/usr/own"


# The program, the list ---------------------------------------------------------------------------------------


def test_without_the_program_the_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScannerProgramMissing) as told:
        find_program({"PATH": str(tmp_path)})
    assert "sane-utils" in told.value.remedy


@pytest.mark.parametrize(
    ("platform", "inside", "code", "word"),
    [
        ("win32", {}, "scanner_not_on_windows", "Windows Scan"),
        ("darwin", {}, "scanner_not_on_mac", "Image Capture"),
        ("linux", {"FLATPAK_ID": "org.paddlescan.PaddleScan"}, "scanner_not_in_flatpak", "Document Scanner"),
        ("linux", {}, "scanner_program_missing", "sane-utils"),
    ],
)
def test_where_it_cannot_be_another_way_is_named(platform: str, inside: dict[str, str], code: str, word: str) -> None:
    error = missing_here(platform, inside)
    assert error.code == code
    assert word in error.remedy
    assert "watch that folder" in error.remedy


def test_the_program_is_found_and_says_its_version(program: Path) -> None:
    assert find_program({"PATH": str(program.parent)}) == program
    assert version_of(program)[0].isdigit()


def test_no_scanner_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = only_test_scanners(tmp_path / "sane", monkeypatch, count=0)
    with pytest.raises(ScannerNone):
        list_scanners(program, Stop())


def test_two_of_one_kind_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = only_test_scanners(tmp_path / "sane", monkeypatch, count=2)
    assert [scanner.title for scanner in list_scanners(program, Stop())] == [
        "frontend-tester (test:0)",
        "frontend-tester (test:1)",
    ]


def test_an_empty_feeder_is_an_error_before_the_first_page_only(order: Order) -> None:
    feeder = replace(order, wish=replace(LOW, kind="feeder"))
    with pytest.raises(ScannerEmpty):
        pages_of(replace(feeder, more=("--read-return-value=SANE_STATUS_NO_DOCS",)))
    assert len(pages_of(feeder)) == FEEDER_PAGES


# Whole pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "kind", "row"),
    [
        (b"P4\n# SANE data follows\n9 40\n", "1", 2),
        (b"P5\n# SANE data follows\n9 40\n255\n", "L", 9),
        (b"P5\n9 40\n65535\n", "L", 18),
        (b"P6\n# SANE data follows\n9 40\n255\n", "RGB", 27),
        (b"P6\n9 40\n65535\n", "RGB", 54),
    ],
)
def test_a_page_is_whole_with_all_its_rows_alone(tmp_path: Path, head: bytes, kind: str, row: int) -> None:
    file = tmp_path / "page-0001.pnm"
    whole = head + bytes(at % 251 for at in range(40 * row))
    file.write_bytes(whole)
    picture = read_page(file)
    assert picture is not None
    assert (picture.kind, picture.width, picture.height) == (kind, 9, 40)
    kept = Keeper(tmp_path, NOW).keep(picture)
    with Image.open(kept) as opened, Image.open(file) as meant:
        if b"65535" not in head:
            assert opened.convert("RGB").tobytes() == meant.convert("RGB").tobytes()
        assert opened.size == (9, 40)
    for cut in (*range(len(head) + 3), len(head) + row, len(whole) - row, len(whole) - 1):
        file.write_bytes(whole[:cut])
        assert read_page(file) is None, cut


def test_of_deep_colours_the_upper_half_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "page-0001.pnm"
    file.write_bytes(b"P5\n3 1\n65535\n" + bytes([10, 99, 20, 99, 255, 99]))
    picture = read_page(file)
    assert picture is not None
    assert picture.pixels == bytes([10, 20, 255])


def test_more_rows_than_were_announced_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "page-0001.pnm"
    file.write_bytes(b"P5\n3 2\n255\n" + bytes(10))
    picture = read_page(file)
    assert picture is not None
    assert (picture.height, len(picture.pixels)) == (3, 9)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"P5",
        b"P5\n0 0\n255\n",
        b"P5\n0 3\n255\n" + bytes(9),
        b"P5\n3 0\n255\n" + bytes(9),
        b"P5\n3 3\n0\n" + bytes(9),
        b"P5\n3 3\n300\n" + bytes(18),
        b"P5\n3 3\n" + bytes(9),
        b"P4\n3 3\n255\n" + bytes(9),
        b"P3\n1 1\n255\n1 1 1",
        b"P6\n999999 999999\n255\n" + bytes(99),
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_page_is_none(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "page-0001.pnm"
    file.write_bytes(data)
    assert read_page(file) is None


@given(st.binary(max_size=60))
def test_whatever_lies_there_is_a_page_or_none(data: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        read_page(Path(file.name))
