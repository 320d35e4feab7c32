"""The lane for pictures, with the real light process and with children that really die."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from paddlescan.document import Preparation, PrepareOptions
from paddlescan.errors import Failure
from paddlescan.gui.lane import KEPT_PREVIEWS, PreviewLane
from paddlescan.gui.viewer.scene import Preview
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.supervisor import ChildLimits
from tests.fakes.commands import faulty
from tests.gui.viewer.pages import BARS, HEIGHT, SEAL, WIDTH, draw_page, page_at

PLAIN = PrepareOptions(deskew=False, remove_seals=False, rotation_degrees=0)
LONG = 60_000


@pytest.fixture
def make_lane(tmp_path: Path) -> Iterator[Callable[..., PreviewLane]]:
    lanes: list[PreviewLane] = []

    def make(start: bool = True, made: list[LightProcess] | None = None, **options: object) -> PreviewLane:
        process = LightProcess(scratch_root=tmp_path, **options)
        lane = PreviewLane(lambda: process)
        lanes.append(lane)
        if made is not None:
            made.append(process)
        if start:
            lane.start()
        return lane

    yield make
    for lane in lanes:
        assert lane.stop()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "page.png"
    draw_page(path, seal=True)
    return path


def red(preview: Preview) -> tuple[bool, bool]:
    """Whether there is red ink on the seal's ring, before and after."""
    unit = preview.before.width() / WIDTH
    x, y = round(SEAL.left() * unit), round(SEAL.center().y() * unit)
    return tuple(QColor(image.pixel(x, y)).saturation() > 100 for image in (preview.before, preview.after))


def test_a_page_is_drawn_before_and_after(qtbot: QtBot, make_lane: Callable[..., PreviewLane], picture: Path) -> None:
    lane = make_lane()
    with qtbot.waitSignal(lane.preview_ready, timeout=LONG) as ready:
        lane.request_preview(5, page_at(picture), PrepareOptions(rotation_degrees=0), 500)
    page_id, preview = ready.args
    assert page_id == 5
    assert (preview.width, preview.height) == (WIDTH, HEIGHT)
    assert (preview.before.width(), preview.before.height()) == (400, 500)
    assert red(preview) == (True, False)
    assert preview.preparation.seals


def test_a_page_turned_by_hand_comes_turned(qtbot: QtBot, make_lane: Callable[..., PreviewLane], picture: Path) -> None:
    lane = make_lane()
    with qtbot.waitSignal(lane.preview_ready, timeout=LONG) as ready:
        lane.request_preview(1, page_at(picture), PrepareOptions(False, False, False, rotation_degrees=90), 500)
    preview = ready.args[1]
    assert (preview.after.width(), preview.after.height()) == (500, 400)


def test_what_reading_found_is_not_measured_again(
    qtbot: QtBot, make_lane: Callable[..., PreviewLane], picture: Path
) -> None:
    lane = make_lane()
    with qtbot.waitSignal(lane.preview_ready, timeout=LONG) as ready:
        lane.request_preview(1, page_at(picture), PrepareOptions(), 500, known=Preparation(180, 7.5))
    found = ready.args[1].preparation
    assert (found.rotation_degrees, found.skew_degrees) == (180, 7.5)


def test_only_the_newest_preview_is_drawn(qtbot: QtBot, make_lane: Callable[..., PreviewLane], picture: Path) -> None:
    lane = make_lane(start=False)
    seen: list[Preview] = []
    lane.preview_ready.connect(lambda _, preview: seen.append(preview))
    for tenths in range(50):
        lane.request_preview(1, page_at(picture), PrepareOptions(True, True, False, skew_degrees=tenths / 10), 300)
    with qtbot.waitSignal(lane.thumbnail_ready, timeout=LONG):
        lane.request_thumbnail(1, page_at(picture), 64)
        lane.start()
    assert [preview.preparation.skew_degrees for preview in seen] == [4.9]


def test_a_preview_seen_before_is_at_hand(qtbot: QtBot, make_lane: Callable[..., PreviewLane], picture: Path) -> None:
    lane = make_lane()
    for page_id in range(KEPT_PREVIEWS + 1):
        with qtbot.waitSignal(lane.preview_ready, timeout=LONG):
            lane.request_preview(page_id, page_at(picture, page_id), PLAIN, 200)
    at_once: list[int] = []
    lane.preview_ready.connect(lambda page_id, _: at_once.append(page_id))
    lane.request_preview(1, page_at(picture, 1), PLAIN, 200)
    assert at_once == [1]
    lane.request_preview(0, page_at(picture, 0), PLAIN, 200)  # the oldest was let go
    assert at_once == [1]
    qtbot.waitUntil(lambda: at_once == [1, 0], timeout=LONG)


def test_a_small_preview_at_hand_comes_before_the_large_one(
    qtbot: QtBot, make_lane: Callable[..., PreviewLane], picture: Path
) -> None:
    lane = make_lane()
    with qtbot.waitSignal(lane.preview_ready, timeout=LONG):
        lane.request_preview(1, page_at(picture), PLAIN, 200)
    sides: list[int] = []
    lane.preview_ready.connect(lambda _, preview: sides.append(preview.before.height()))
    lane.request_preview(1, page_at(picture), PLAIN, 500)
    assert sides == [200]
    qtbot.waitUntil(lambda: sides == [200, 500], timeout=LONG)


def test_a_changed_file_can_be_forgotten(qtbot: QtBot, make_lane: Callable[..., PreviewLane], picture: Path) -> None:
    lane = make_lane()
    colours: list[str] = []
    x, y = round(BARS[0][0][0] / 4) + 20, round(BARS[0][0][1] / 4) + 3
    lane.preview_ready.connect(lambda _, preview: colours.append(QColor(preview.before.pixel(x, y)).name()))
    with qtbot.waitSignal(lane.preview_ready, timeout=LONG):
        lane.request_preview(1, page_at(picture), PLAIN, 250)
    draw_page(picture, colour="blue")
    lane.forget(1)
    with qtbot.waitSignal(lane.preview_ready, timeout=LONG):
        lane.request_preview(1, page_at(picture), PLAIN, 250)
    assert colours == ["#000000", "#0000ff"]


def test_a_thumbnail_and_a_cutout_are_what_they_say(
    qtbot: QtBot, make_lane: Callable[..., PreviewLane], picture: Path
) -> None:
    lane = make_lane()
    thumbnails: list[tuple[int, QImage, int]] = []
    cutouts: list[tuple[object, QImage]] = []
    lane.thumbnail_ready.connect(lambda *got: thumbnails.append(got))
    lane.cutout_ready.connect(lambda *got: cutouts.append(got))
    lane.request_thumbnail(3, page_at(picture), 100, ticket=17)
    lane.request_cutout(("total", 9), page_at(picture), BARS[1], 300)
    qtbot.waitUntil(lambda: bool(thumbnails and cutouts), timeout=LONG)
    [(page_id, small, ticket)], [(key, cut)] = thumbnails, cutouts
    assert (page_id, small.width(), small.height(), ticket) == (3, 80, 100, 17)
    assert key == ("total", 9)
    assert cut.width() <= 300
    assert QColor(cut.pixel(cut.width() // 2, cut.height() // 2)).lightness() < 60  # print
    assert QColor(cut.pixel(2, 2)).lightness() > 200  # paper around it


def test_no_picture_stays_on_the_disk(
    qtbot: QtBot, make_lane: Callable[..., PreviewLane], picture: Path, tmp_path: Path
) -> None:
    lane = make_lane()
    with qtbot.waitSignal(lane.preview_ready, timeout=LONG):
        lane.request_preview(1, page_at(picture), PLAIN, 300)
    assert list(tmp_path.rglob("*.rgb")) == []
    assert lane.stop()
    assert [p for p in tmp_path.rglob("*") if p != picture] == []


def test_a_missing_file_is_told_with_its_page(
    qtbot: QtBot, make_lane: Callable[..., PreviewLane], tmp_path: Path
) -> None:
    lane = make_lane()
    gone = page_at(tmp_path / "gone.png")
    told: list[tuple[str, object, str]] = []
    lane.picture_failed.connect(lambda page, failure: told.append(("preview", page, failure.code)))
    lane.thumbnail_failed.connect(lambda page, failure, _: told.append(("thumbnail", page, failure.code)))
    lane.cutout_failed.connect(lambda key, failure: told.append(("cutout", key, failure.code)))
    lane.request_preview(8, gone, PLAIN, 300)
    lane.request_thumbnail(8, gone, 64)
    lane.request_cutout("key", gone, BARS[0], 100)
    qtbot.waitUntil(lambda: len(told) == 3, timeout=LONG)
    gone_code = "file_vanished"
    assert sorted(told) == [("cutout", "key", gone_code), ("preview", 8, gone_code), ("thumbnail", 8, gone_code)]


@pytest.mark.parametrize(("fault", "code"), [("crash", "page_stops_engine"), ("garbage", "page_stops_engine")])
def test_a_page_that_crashes_the_child_twice_is_told_and_the_next_is_served_by_a_fresh_one(
    qtbot: QtBot, make_lane: Callable[..., PreviewLane], tmp_path: Path, fault: str, code: str
) -> None:
    processes: list[LightProcess] = []
    lane = make_lane(made=processes, command=faulty(fault, "bad.png"))
    good, bad = tmp_path / "good.png", tmp_path / "bad.png"
    for path in (good, bad):
        draw_page(path)
    with qtbot.waitSignal(lane.picture_failed, timeout=LONG) as failed:
        lane.request_preview(2, page_at(bad), PLAIN, 300)
    assert failed.args == [2, Failure(code, (("file", "bad.png"),))]
    assert processes[0].starts == 2  # it was tried twice
    with qtbot.waitSignal(lane.picture_failed, timeout=LONG) as refused:
        lane.request_preview(1, page_at(good), PLAIN, 300)
    assert refused.args[1].code == "unreadable_file"  # all that a healthy child of this kind ever says
    assert lane.isRunning()


def test_a_killed_child_costs_nothing(qtbot: QtBot, make_lane: Callable[..., PreviewLane], picture: Path) -> None:
    processes: list[LightProcess] = []
    lane = make_lane(made=processes)
    with qtbot.waitSignal(lane.preview_ready, timeout=LONG):
        lane.request_preview(1, page_at(picture), PLAIN, 300)
    pid = processes[0].pid
    assert pid is not None
    psutil.Process(pid).kill()
    with qtbot.waitSignal(lane.preview_ready, timeout=LONG):
        lane.request_preview(2, page_at(picture, 2), PLAIN, 300)
    assert processes[0].pid != pid


def test_a_child_that_hangs_is_not_waited_for_twice(
    qtbot: QtBot, make_lane: Callable[..., PreviewLane], picture: Path
) -> None:
    lane = make_lane(command=faulty("hang"), limits=ChildLimits(request_s=0.5))
    with qtbot.waitSignal(lane.picture_failed, timeout=LONG) as failed:
        lane.request_preview(2, page_at(picture), PLAIN, 300)
    assert failed.args[1].code == "page_timed_out"


def test_the_lane_ends_in_the_middle_of_a_picture(
    qtbot: QtBot, make_lane: Callable[..., PreviewLane], tmp_path: Path
) -> None:
    lane = make_lane(command=faulty("hang"))
    silent: list[object] = []
    lane.picture_failed.connect(lambda *told: silent.append(told))
    lane.request_preview(2, page_at(tmp_path / "a.png"), PLAIN, 300)
    with qtbot.waitSignal(lane.finished, timeout=10_000):
        lane.ask_to_stop()
    assert silent == []  # whoever stops the lane wants no news of it
