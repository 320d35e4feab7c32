from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.errors import PaddleScanError
from paddlescan.paths import user_paths
from paddlescan.settings import Settings, load_settings, save_settings, threads_for


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    settings = replace(Settings(), language="zh", workers=3, window_geometry=b"\x00\xff", seal_strength=80)
    save_settings(tmp_path / "config" / "settings.json", settings)
    assert load_settings(tmp_path / "config" / "settings.json") == settings


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == Settings()


@pytest.mark.logs
def test_a_damaged_file_is_set_aside_and_the_program_starts(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(b'{"workers": "many"}')
    assert load_settings(file) == Settings()
    assert (tmp_path / "settings.damaged").read_bytes() == b'{"workers": "many"}'
    assert not file.exists()


def test_a_setting_of_another_version_is_no_obstacle(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"workers": 2, "from_the_future": true}')
    assert load_settings(file).workers == 2


@pytest.mark.parametrize(("processors", "workers"), [(1, 1), (2, 2), (4, 2), (8, 4), (64, 4)])
def test_workers_follow_the_processors(processors: int, workers: int) -> None:
    assert Settings().worker_count(processors) == workers
    assert Settings(workers=7).worker_count(processors) == 7


def test_one_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path))
    paths = user_paths().make()
    for place in (paths.store, paths.settings, paths.scratch, paths.logs, paths.pasted):
        assert place.is_relative_to(tmp_path)
    assert paths.data.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("workers", "processors", "threads"), [(1, 2, 2), (2, 2, 1), (4, 8, 2), (3, 2, 1), (1, 64, 4)])
def test_engines_share_the_processors(workers: int, processors: int, threads: int) -> None:
    assert threads_for(workers, processors) == threads


@pytest.mark.logs
@pytest.mark.parametrize("text", ['{"seal_strength": 500}', '{"workers": -1}'])
def test_a_setting_out_of_its_range_is_set_aside_too(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text)
    assert load_settings(file) == Settings()


def test_a_folder_that_cannot_be_made_is_an_error_a_person_can_read(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PaddleScanError, match="cannot be used"):
        save_settings(tmp_path / "file" / "settings.json", Settings())
