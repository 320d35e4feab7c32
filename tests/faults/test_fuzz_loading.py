"""A short run of the fuzzing of loading; `python -m tests.faults.fuzz_loading` is the long one."""

from __future__ import annotations

import random
from pathlib import Path

from paddlescan.pipeline.clients import LightProcess
from tests.faults.fuzz_loading import LIMITS, damaged, files, fuzz, load
from tests.samples.containers import drawn_files


def test_a_hundred_damaged_files_end_well(tmp_path: Path) -> None:
    report = fuzz(drawn_files(), 110, 7, tmp_path)
    assert report.outcomes.total() == 110
    assert report.outcomes["page"] >= 10  # some damage does no harm
    assert report.outcomes["unreadable_file"] + report.outcomes["truncated_file"] >= 10
    assert report.lost == 0
    assert report.starts == 1
    assert report.peak_bytes < 1536 << 20
    assert list(tmp_path.glob("paddlescan-*")) == []


def test_sound_files_are_pages(tmp_path: Path) -> None:
    light = LightProcess(limits=LIMITS, scratch_root=tmp_path)
    outcomes = {}
    for name, data in drawn_files().items():
        (tmp_path / name).write_bytes(data)
        outcomes[name] = load(light, tmp_path / name)
    light.stop()
    assert set(outcomes.values()) == {"page"}, outcomes


def test_the_same_seed_makes_the_same_damage() -> None:
    sound = drawn_files()
    first, again, other = (list(files(sound, 44, seed)) for seed in (3, 3, 4))
    assert first == again
    assert [data for _, data in first] != [data for _, data in other]
    assert sum(data != sound[name.split("-", 2)[2]] for name, data in first) >= 40


def test_damage_to_next_to_nothing() -> None:
    for seed in range(50):
        assert isinstance(damaged(b"II*\0", b"", random.Random(seed)), bytes)
