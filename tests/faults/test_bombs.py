"""Files that would be large, long or without end: a real light process ends them soon, with a clear error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from paddlescan.document import Limits, PageRef, SourceFile
from paddlescan.errors import PaddleScanError
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.losses import blame
from paddlescan.pipeline.supervisor import ChildLimits, EngineLost
from tests.faults.bombs import BOMBS, pdf_of_a_million_strokes
from tests.faults.bombs_wrapped import WRAPPED
from tests.samples.containers import drawn_files

MOST_MEMORY = 1536 << 20
ENDED_BY_GUARD = {"pdf_of_a_gigabyte", "pdf_packed_twice", "pdf_of_a_billion_laughs"}
"""What PDFium unpacks before anybody can ask: the supervisor ends the process when it has taken too much."""
EXPECTED = {
    "png_of_3600_megapixels": "too_large",
    "png_with_too_much_data": "page",
    "png_with_a_novel": "unreadable_file",
    "gif_of_4295_megapixels": "too_large",
    "bmp_of_4000_megapixels": "too_large",
    "pnm_of_a_billion_rows": "too_large",
    "webp_of_268_megapixels": "unreadable_file",
    "tiff_of_a_million_pages": "too_many_pages",
    "tiff_of_5000_pages_of_notes": "unreadable_file",
    "tiff_with_a_loop": "page",
    "tiff_of_millions_of_strips": "too_large",
    "pdf_of_100_000_pages": "too_many_pages",
    "pdf_that_claims_two_billion_pages": "page",
    "pdf_of_a_million_letters": "page",
    "pdf_with_a_picture_of_3600_megapixels": "too_large",
    "pdf_with_a_large_mask": "page",
    "pdf_of_a_billion_tiles": "page",
    "pdf_as_long_as_a_street": "page",
    "pdf_nested_without_end": "page",
}
WRAPPED_EXPECTED = {
    "gif_whose_first_picture_is_beyond_its_screen": "too_large",
    "tiff_of_millions_of_tiles": "too_large",
    "tiff_packed_with_nothing": "page",
    "jp2_of_1100_megapixels": "too_large",
    "jp2_of_a_million_tiles": "too_large",
    "pdf_whose_pages_are_their_own_parents": "unreadable_file",
    "pdf_of_a_million_objects": "page",
    "pdf_packed_by_lzw": "page",
    "pdf_packed_ten_times": "page",
    "pdf_of_object_streams_that_hold_each_other": "page",
    "pdf_with_a_jbig2_of_4000_megapixels": "too_large",
    "ofd_that_lists_a_note_without_end": "too_large",
    "ofd_that_lists_many_notes_often": "too_large",
    "ofd_that_lists_its_resources_without_end": "too_large",
    "ofd_of_a_part_that_unpacks_to_much": "too_large",
    "ofd_of_pictures_in_pictures": "page_timed_out",
    "xml_of_a_billion_laughs": "unreadable_file",
    "xml_of_a_million_names": "too_large",
    "xml_of_one_name_of_a_million_marks": "unsupported_format",
}


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LightProcess]:
    process = LightProcess(limits=ChildLimits(request_s=60.0), scratch_root=tmp_path_factory.mktemp("scratch"))
    yield process
    process.stop()


def outcome(light: LightProcess, path: Path, limits: Limits | None = None) -> str:
    """`page`, or the code that a person is told."""
    source = SourceFile.at(path)
    try:
        light.inspect(source, limits)
        Path(light.thumbnail(PageRef(source), 100, limits).file).unlink()
    except EngineLost as lost:
        return blame(lost, path.name, light.limits.request_s).code
    except PaddleScanError as error:
        return error.code
    return "page"


def test_every_bomb_has_its_expectation() -> None:
    assert set(EXPECTED) | ENDED_BY_GUARD | {"pdf_of_a_million_strokes"} == set(BOMBS)


@pytest.mark.long
@pytest.mark.slow
def test_bombs_end_in_the_process_that_opens_them(light: LightProcess, tmp_path: Path) -> None:
    found = {}
    for name in EXPECTED:
        path = tmp_path / name
        path.write_bytes(BOMBS[name]())
        found[name] = outcome(light, path)
        path.unlink()
    assert found == EXPECTED
    assert light.starts == 1, "a process was lost"
    assert peak(light) < MOST_MEMORY


@pytest.mark.long
def test_what_is_packed_linked_or_listed_without_end_ends_too(light: LightProcess, tmp_path: Path) -> None:
    assert set(WRAPPED_EXPECTED) == set(WRAPPED)
    starts, found = light.starts, {}
    for name, make in WRAPPED.items():
        path = tmp_path / name
        path.write_bytes(make())
        found[name] = outcome(light, path, Limits(max_seconds=3.0))
        path.unlink()
    assert found == WRAPPED_EXPECTED
    assert light.starts == max(starts, 1), "a process was lost"
    assert peak(light) < MOST_MEMORY


@pytest.mark.parametrize("name", [name for name in WRAPPED if name.startswith(("ofd_that", "gif"))])
def test_what_is_listed_or_drawn_beyond_reason_is_noticed(name: str, light: LightProcess, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(WRAPPED[name]())
    assert outcome(light, tmp_path / name) == WRAPPED_EXPECTED[name]
    assert peak(light) < MOST_MEMORY


def peak(light: LightProcess) -> int:
    """The most memory that the process took, in bytes: exactly where the system says so, else as it was seen."""
    if sys.platform != "linux":
        return light.peak_bytes
    lines = Path(f"/proc/{light.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def test_a_page_that_draws_without_end_is_stopped_and_the_process_lives(light: LightProcess, tmp_path: Path) -> None:
    path = tmp_path / "strokes.pdf"
    path.write_bytes(pdf_of_a_million_strokes())
    starts = light.starts
    assert outcome(light, path, Limits(max_seconds=0.5)) == "page_timed_out"
    assert light.starts == max(starts, 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "limits", "code"),
    [
        ("pdf_of_a_gigabyte", ChildLimits(request_s=60.0, memory_bytes=400 << 20), "out_of_memory"),
        ("pdf_of_a_billion_laughs", ChildLimits(request_s=1.5, memory_bytes=4 << 30), "page_timed_out"),
    ],
)
def test_what_nobody_can_ask_first_is_ended_by_the_supervisor(
    name: str, limits: ChildLimits, code: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    light = LightProcess(limits=limits, scratch_root=tmp_path)
    assert outcome(light, path) == code
    path.write_bytes(drawn_files()["rgb.png"])
    assert outcome(light, path) == "page"
    assert light.starts == 2
    light.stop()
