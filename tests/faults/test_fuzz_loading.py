"""A short run of the fuzzing of loading and reading; `make fuzz` is the long one."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from paddlescan.pipeline.light_client import LightProcess
from tests.faults.damage import damaged, files
from tests.faults.fuzz_loading import LIMITS, all_drawn, fuzz, load
from tests.samples.containers import drawn_files


def test_a_hundred_damaged_files_end_well(tmp_path: Path) -> None:
    report = fuzz(drawn_files(), 110, 7, tmp_path)
    assert report.outcomes.total() == 110
    assert report.outcomes["page"] >= 10  # some damage does no harm
    assert report.outcomes["unreadable_file"] + report.outcomes["truncated_file"] >= 10
    assert report.lost == report.outcomes["internal"] == 0
    assert report.starts == 1
    assert report.peak_bytes < 1536 << 20
    assert list(tmp_path.glob("paddlescan-*")) == []


@pytest.mark.long
def test_damaged_files_end_well_in_the_engine_that_reads_and_a_stopped_run_goes_on(tmp_path: Path) -> None:
    sources, record = all_drawn(), tmp_path / "record"
    fuzz(sources, 9, 5, tmp_path, through="engine", record=record)
    report = fuzz(sources, 28, 5, tmp_path, through="engine", record=record)
    assert len(record.read_text().splitlines()) == report.outcomes.total() == 28
    assert report.lost == report.outcomes["internal"] == 0
    assert report.outcomes["page"] >= 3
    assert report.starts == 1
    again = fuzz(sources, 28, 5, tmp_path, through="engine", record=record)
    assert (again.outcomes, again.starts) == (report.outcomes, 0)
    assert list(tmp_path.glob("paddlescan-*")) == []


def test_sound_files_are_pages(tmp_path: Path) -> None:
    light = LightProcess(limits=LIMITS, scratch_root=tmp_path)
    outcomes = {}
    for name, data in all_drawn().items():
        (tmp_path / name).write_bytes(data)
        outcomes[name] = load(light, tmp_path / name)
    light.stop()
    assert set(outcomes.values()) == {"page"}, outcomes


def test_the_same_seed_makes_the_same_damage() -> None:
    sound = all_drawn()
    first, again, other = (list(files(sound, range(44), seed)) for seed in (3, 3, 4))
    assert first == again
    assert list(files(sound, range(30, 44), 3)) == first[30:], "a part of a run is that part"
    assert [data for _, _, data in first] != [data for _, _, data in other]
    assert sum(data != sound[name.split("-", 2)[2]] for _, name, data in first) >= 40


def test_damage_lies_behind_the_door_of_a_zip_and_of_a_png_too() -> None:
    sound = all_drawn()
    ofd = [damaged(sound["vat.ofd"], b"", random.Random(seed)) for seed in range(40)]
    opened = [zipfile.ZipFile(io.BytesIO(data)) for data in ofd if zipfile.is_zipfile(io.BytesIO(data))]
    assert sum(package.testzip() is None for package in opened) >= 25
    png = [damaged(sound["rgb.png"], b"", random.Random(seed)) for seed in range(60)]
    assert sum(_is_believed(data) for data in png if data != sound["rgb.png"]) >= 5


def _is_believed(data: bytes) -> bool:
    try:
        Image.open(io.BytesIO(data)).verify()
    except (OSError, SyntaxError, ValueError):
        return False
    return True


def test_damage_to_next_to_nothing() -> None:
    for seed in range(50):
        assert isinstance(damaged(b"II*\0", b"", random.Random(seed)), bytes)
