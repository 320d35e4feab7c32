"""The command line as a person calls it: a process of its own with a home of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from paddlescan.resources_dir import resource

SAMPLES = resource("samples")
PAGES = 6
"""In the inbox."""
VOLATILE = ("seconds", "history", "generator")


@dataclass(frozen=True)
class CommandLine:
    """Calls `paddlescan …` with everything kept below `home`."""

    home: Path

    def environment(self, **more: str) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PADDLESCAN_")}
        return clean | {"PADDLESCAN_HOME": str(self.home), "LC_ALL": "C.UTF-8"} | more

    def command(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "paddlescan", *map(str, arguments)]

    def start(self, *arguments: str | Path, **more: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
            text=True,
            env=self.environment(**more),
        )

    def __call__(self, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments, **more)
        out, err = process.communicate(timeout=280)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@pytest.fixture
def paddlescan(tmp_path: Path) -> CommandLine:
    """The command line with an empty home."""
    return CommandLine(tmp_path / "home")


@pytest.fixture
def samples_truth() -> dict[str, dict[str, Any]]:
    """The truth of the drawn sample receipts by file name."""
    manifest = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
    return {item["path"]: item for item in manifest["items"]}


@pytest.fixture
def pages() -> Callable[[Path], list[dict[str, Any]]]:
    """Reads the entries of an export."""
    return lambda file: json.loads(file.read_text(encoding="utf-8"))["pages"]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder of some receipts: enough that a program killed after the second is in the middle."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    names = sorted(path for path in SAMPLES.glob("*.jpg"))
    for number in range(PAGES):
        shutil.copy(names[number % len(names)], folder / f"{number}.jpg")
    return folder


def steady(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries without what may differ between two runs."""
    return [{k: v for k, v in page.items() if k not in VOLATILE} for page in pages]
