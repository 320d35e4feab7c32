"""Pages from a scanner that really scans: libsane's test backend."""

from __future__ import annotations

import os
import shutil
import stat
import struct
import threading
import zlib
from collections.abc import Generator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest

from paddlescan.desktop.scanner.acquiring import Order, Patience, Progress, acquire
from paddlescan.desktop.scanner.listing import Scanner, list_scanners
from paddlescan.desktop.scanner.options import ask_abilities
from paddlescan.desktop.scanner.pages import Keeper, is_whole
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
    with page.open("rb") as file:
        assert is_whole(file)


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
        ("EOF", "scanner_failed"),  # a page that ends before it begins: scanimage crashes
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
    (left / "page-0001.png.part").write_bytes(b"half a page")
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


def program_that(tmp_path: Path, script: str) -> Path:
    program = tmp_path / "scanimage"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
@pytest.mark.parametrize(
    "name", ["../../outside.png", "/etc/hostname", "page-0001.png.part", "page-0002.png", "page-0003.png", ""]
)
def test_what_it_says_is_not_believed(order: Order, tmp_path: Path, name: str) -> None:
    """Names outside of its folder, of no page, of a link, of a page that is not there."""
    (tmp_path / "outside.png").write_bytes(b"x")
    script = f"ln -s /etc/hostname page-0002.png; echo x > page-0001.png.part; echo '{name}'"
    with pytest.raises(ScannerFailed):  # it ends well, and there is no page
        pages_of(replace(order, program=program_that(tmp_path, script)))
    assert names(order) == []


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
def test_a_page_that_is_cut_off_is_not_kept_and_told(order: Order, tmp_path: Path) -> None:
    (whole,) = pages_of(order)
    cut = tmp_path / "cut.png"
    cut.write_bytes(whole.read_bytes()[:-20])
    script = f"cp '{whole}' page-0001.png; cp '{cut}' page-0002.png; echo page-0001.png; echo page-0002.png"
    order = replace(order, program=program_that(tmp_path, script))
    with pytest.raises(ScannerPageDamaged):
        pages_of(order)
    assert names(order) == ["scan-2026-11-26-153012-001.png", "scan-2026-11-26-153012-002.png"]


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
    (whole,) = pages_of(order)
    told = f"echo '{said}' >&2; echo 'Batch terminated, 1 page scanned' >&2; sleep 600"
    script = f"cp '{whole}' page-0001.png; echo page-0001.png; sleep 0.3; {told}"
    order = replace(order, program=program_that(tmp_path, script), patience=Patience(60.0, 0.5))
    try:
        pages_of(order)
    except PaddleScanError as error:
        assert error.code == code
    else:
        assert not code
    assert len(names(order)) == 2


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
def test_one_that_heeds_no_signal_is_ended_with_its_children(order: Order, tmp_path: Path) -> None:
    script = "trap '' TERM; sleep 600 & echo $! >&2; wait; sleep 600"
    stop, child = Stop(), 0
    with Run(program_that(tmp_path, script), [], stop, 60.0) as run:
        for _, line in run.lines():
            child = int(line)
            stop.ask(hurry=True)
        assert run.status < 0
    with pytest.raises(ProcessLookupError):
        for _ in range(1000):  # until its new parent has buried it
            os.kill(child, 0)
            threading.Event().wait(0.01)


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


def png(rows: int, said: int, *, depth: int = 8, colour: int = 0, width: int = 9) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    channels = {0: 1, 2: 3}[colour]
    row = bytes(1 + (width * depth * channels + 7) // 8)
    head = struct.pack(">IIBBBBB", width, said, depth, colour, 0, 0, 0)
    parts = [part(b"IHDR", head), part(b"IDAT", zlib.compress(row * rows)), part(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(("depth", "colour"), [(1, 0), (8, 0), (16, 0), (8, 2), (16, 2)])
def test_a_page_is_whole_with_all_its_rows_alone(depth: int, colour: int) -> None:
    whole = png(40, 40, depth=depth, colour=colour)
    assert is_whole(BytesIO(whole))
    for rows in (0, 39, 41):
        assert not is_whole(BytesIO(png(rows, 40, depth=depth, colour=colour))), rows
    for cut in range(len(whole)):
        assert not is_whole(BytesIO(whole[:cut])), cut
    for at in range(len(whole)):
        if whole[at] != whole[at] ^ 1:
            assert not is_whole(BytesIO(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])), at


def test_a_page_of_many_pieces_is_counted_to_its_end() -> None:
    assert is_whole(BytesIO(png(20_000, 20_000, width=999)))
    assert not is_whole(BytesIO(png(19_999, 20_000, width=999)))


def test_no_picture_is_so_large(tmp_path: Path) -> None:
    assert not is_whole(BytesIO(png(0, 2_000_000_000)))


def test_a_disk_that_takes_no_links_is_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuses)
    part = tmp_path / "page-0001.png"
    part.write_bytes(png(3, 3))
    kept = Keeper(tmp_path, NOW).keep(part)
    assert kept.read_bytes() == png(3, 3)
    assert not part.exists()
    shutil.copy(kept, part)
    assert Keeper(tmp_path, NOW).keep(part).name.endswith("-002.png")
