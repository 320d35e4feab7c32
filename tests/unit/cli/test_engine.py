from __future__ import annotations

from pathlib import Path

import pytest

from paddlescan.cli.engine import engine_of, engine_options
from paddlescan.cli.parser import command_parser
from paddlescan.paths import user_paths
from paddlescan.settings import Settings, save_settings, threads_for


@pytest.mark.parametrize("command", [["scan", "a"], ["watch", "a"], ["doctor"]])
def test_the_ceiling_of_a_card_is_the_settings_unless_the_command_line_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path))
    paths = user_paths()
    save_settings(paths.settings, Settings(gpu_memory_mib=2048))
    for said, memory in (([], 2048), (["--gpu-memory", "512"], 512), (["--gpu-memory", "0"], 0)):
        assert engine_options(command_parser().parse_args([*command, *said]), paths).gpu_memory_mib == memory


def test_the_doctor_looks_at_what_was_found_by_the_engines_of_a_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As each number of threads has its own."""
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path))
    paths = user_paths()
    for count in (1, 2, 3):
        save_settings(paths.settings, Settings(workers=count))
        scan, doctor = (engine_of(command_parser().parse_args(words), paths) for words in (["scan", "a"], ["doctor"]))
        assert scan == doctor
        assert doctor.threads == threads_for(count)
