"""Started from a menu of Windows the program has no console: nothing to write to, and nothing to read from."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import SAMPLES, CommandLine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes them")


def status_without_streams(paddlescan: CommandLine, *arguments: str | Path) -> int:
    closed = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *paddlescan.command(*arguments)]
    return subprocess.run(closed, env=paddlescan.environment(), check=False).returncode


@pytest.mark.slow
def test_a_scan_that_cannot_say_anything_writes_its_table(paddlescan: CommandLine, tmp_path: Path) -> None:
    receipt = shutil.copy(SAMPLES / "cafe.jpg", tmp_path)
    assert status_without_streams(paddlescan, "scan", "--beside", "--", receipt) == 0
    assert (tmp_path / "cafe.csv").is_file()


def test_wrong_usage_is_wrong_usage_where_nobody_reads_why(paddlescan: CommandLine) -> None:
    assert status_without_streams(paddlescan, "--nonsense") == 2
