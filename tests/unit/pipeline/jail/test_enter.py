"""Going to jail for real, in a process of its own; and where the system forbids it, doing with less and saying so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.pipeline.jail import SWITCH
from paddlescan.pipeline.jail.landlock import version

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's")

ROOT = Path(__file__).resolve().parents[4]
BEGIN = """
import sys
started = set(sys.modules)
import dataclasses, json, os, resource
from pathlib import Path
sys.path.append(sys.argv[1])
from paddlescan.pipeline import jail
def enter(): return dataclasses.asdict(jail.enter(Path(sys.argv[2])))
"""


def told(script: str, scratch: Path) -> list[dict[str, object]]:
    """What a fresh Python says, a JSON text a line."""
    command = [sys.executable, "-P", "-c", BEGIN + script, str(ROOT), str(scratch)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_system_that_forbids_it_is_told_and_nothing_breaks(tmp_path: Path) -> None:
    """The second time both calls are refused by the kernel, as in a container that does not let them."""
    first, second = told("print(json.dumps(enter())); print(json.dumps(enter()))", tmp_path)
    assert (first["landlock"], first["calls"], first["limits"]) == (version(), True, True)
    assert (second["landlock"], second["calls"], second["limits"]) == (0, False, True)


def test_all_threads_are_held_and_no_third_library_was_loaded(tmp_path: Path) -> None:
    script = """
enter()
loaded = {name: str(getattr(sys.modules[name], "__file__", "")) for name in set(sys.modules) - started}
foreign = [name for name, file in loaded.items() if "-packages" in file]
print(json.dumps({"threads": len(os.listdir("/proc/self/task")), "foreign": foreign}))
"""
    (found,) = told(script, tmp_path)
    assert found == {"threads": 1, "foreign": []}


def test_limits_hold_and_time_moves_on_with_each_request(tmp_path: Path) -> None:
    script = """
import time
enter()
names = ("CORE", "NOFILE", "FSIZE", "DATA", "AS", "CPU")
limits = {name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names}
while time.process_time() < 1.2: pass
jail.allow_seconds()
limits["later"] = resource.getrlimit(resource.RLIMIT_CPU)
print(json.dumps(limits))
"""
    (found,) = told(script, tmp_path)
    assert found["CORE"] == [0, 0]
    assert found["NOFILE"] == [256, 256]
    assert found["FSIZE"] == [1 << 30, 1 << 30]
    assert found["DATA"] == [4 << 30, 4 << 30]
    assert found["AS"] == [32 << 30, 32 << 30]
    (soft, hard), (later, hard_later) = found["CPU"], found["later"]  # type: ignore[misc]
    assert hard == hard_later == 6 * 3600
    assert soft < later <= soft + 2


def test_root_keeps_no_power_but_reading(tmp_path: Path) -> None:
    script = """
enter()
with open("/proc/self/status") as status:
    print(json.dumps(dict(line.split(":\\t", 1) for line in status.read().splitlines() if line.startswith("Cap"))))
"""
    (found,) = told(script, tmp_path)
    held = int(str(found["CapEff"]), 16) | int(str(found["CapPrm"]), 16)
    assert held & ~0b110 == 0


def test_the_switch_leaves_it_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SWITCH, "off")
    (found,) = told("print(json.dumps(enter()))", tmp_path)
    assert found["switched_off"] is True
    assert not any(value for name, value in found.items() if name != "switched_off")
