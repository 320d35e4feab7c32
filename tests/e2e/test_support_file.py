"""`paddlescan doctor --bundle` as a person calls it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.e2e.conftest import SAMPLES, CommandLine

pytestmark = pytest.mark.slow


@pytest.mark.long
def test_the_doctor_writes_a_support_file_and_says_beforehand_what_it_holds(
    paddlescan: CommandLine, tmp_path: Path
) -> None:
    assert paddlescan("scan", SAMPLES / "cafe.jpg").returncode == 0
    file = tmp_path / "support.zip"
    done = paddlescan("doctor", "--bundle", file)
    assert done.returncode in (0, 3), done.stderr
    said = done.stderr.splitlines()
    assert said.index("It does not hold:") < said.index(f"Wrote {file}")
    with zipfile.ZipFile(file) as packed:
        whole = b"".join(packed.read(name) for name in packed.namelist()).decode()
        doctor = json.loads(packed.read("doctor.json"))
        assert b'"what": "begun"' in packed.read("journal/batch-1.jsonl")
    assert {part["name"] for part in doctor} >= {"program", "device", "models", "store", "reading"}
    assert not any(word in whole for word in ("HARBOUR", "42.40", "cafe.jpg", str(tmp_path)))

    done = paddlescan("doctor", "--bundle", file)
    assert done.returncode == 2 and "exists already" in done.stderr and done.stdout == "", (
        "said before anything is done"
    )
    done = paddlescan("doctor", "--with-names")
    assert done.returncode == 2 and "--bundle" in done.stderr
