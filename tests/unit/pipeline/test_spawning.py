from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.pipeline import spawning
from paddlescan.pipeline.spawning import CHILD_FLAG, child_command, run_child_if_asked

ROOT = Path(spawning.__file__).resolve().parent.parent.parent


def test_nothing_is_imported_from_the_current_folder(tmp_path: Path) -> None:
    """A folder of strangers' files may hold a msgspec.py."""
    (tmp_path / "msgspec.py").write_text("raise SystemExit('taken over')")
    (tmp_path / "paddlescan.py").write_text("raise SystemExit('taken over')")
    command = child_command("light")
    script = command[3].replace("main(sys.argv[1:])", "print(main.__module__)")
    done = subprocess.run(
        [*command[:3], script, *command[4:]], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "paddlescan.pipeline.light_process"), done.stderr


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command("engine", "1") == (sys.executable, CHILD_FLAG, "engine", "1")


def test_only_a_child_s_arguments_make_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr("paddlescan.pipeline.light_process.main", seen.append)
    assert run_child_if_asked([CHILD_FLAG, "light", "/scratch", "stdin"]) is True
    assert seen == [["/scratch", "stdin"]]
    for arguments in ([], ["scan", "a.jpg"], [CHILD_FLAG], [CHILD_FLAG, "os"]):
        assert run_child_if_asked(arguments) is False


def test_the_room_imports_nothing_heavy() -> None:
    code = (
        "import sys, paddlescan.pipeline.batch, paddlescan.pipeline.intake, paddlescan.pipeline.progress\n"
        "print([m for m in ('numpy', 'cv2', 'PIL', 'paddleocr', 'onnxruntime', 'PySide6') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
