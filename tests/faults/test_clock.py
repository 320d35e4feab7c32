"""The clock on the wall jumps by years while a batch is read: nothing waits for it, and nothing is ordered by it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from paddlescan.store import Store
from tests.conftest import ROOT

SHIM = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
/* The clock on the wall is off by as many seconds as a file says; every other clock is true. */
int clock_gettime(clockid_t clock, struct timespec *t) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int done = real(clock, t);
    if (clock == CLOCK_REALTIME) {
        FILE *file = fopen(getenv("CLOCK_FILE"), "r");
        long long off = 0;
        if (file) { if (fscanf(file, "%lld", &off) != 1) off = 0; fclose(file); }
        t->tv_sec += off;
    }
    return done;
}
"""
PROGRAM = """
import json, os, sys
from pathlib import Path
del os.environ["LD_PRELOAD"]  # its children have the true time
from paddlescan.pipeline.events import PageFinished
from tests.fakes.commands import faulty
from tests.faults.bench import Bench
folder, clock = Path(sys.argv[1]), Path(sys.argv[2])
YEAR = 365 * 86400
clock.write_text(str(14 * YEAR))  # the first events and the last are farthest apart, however fast the pages come
JUMPS = [5 * YEAR, 0, -27 * YEAR]
bench = Bench(folder, [f"{n}.png" for n in range(16)] + ["crash.png"])
def hear(event):
    if isinstance(event, PageFinished) and JUMPS:
        clock.write_text(str(JUMPS.pop(0)))
bench.run(faulty("crash", "crash.png"), workers=2, hear=hear)
print(json.dumps(bench.codes()))
"""


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("cc") is None, reason="wants Linux and a C compiler")
def test_a_clock_that_jumps_to_and_fro_stops_nothing(tmp_path: Path) -> None:
    folder, clock, shim = tmp_path / "batch", tmp_path / "clock", tmp_path / "shim.so"
    folder.mkdir()
    (tmp_path / "shim.c").write_text(SHIM)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", shim, tmp_path / "shim.c", "-ldl"], check=True)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), str(clock)],
        env=os.environ | {"LD_PRELOAD": str(shim), "CLOCK_FILE": str(clock), "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    codes = json.loads(done.stdout)
    assert codes.pop("crash.png") == "page_stops_engine"
    assert set(codes.values()) == {"unreadable_file"}
    assert len(codes) == 16
    with Store(folder / "store.sqlite") as store:
        batch = store.batches()[0].id
        told = store.journal(batch)
        rows = store.page_rows(batch)
    times = [datetime.fromisoformat(event.at) for event in told]
    assert times != sorted(times)  # it did jump
    assert max(times) - min(times) > timedelta(days=30 * 365)
    assert [event.id for event in told] == sorted(event.id for event in told)
    for row in rows:  # and the story of each page is in its order all the same
        story = [event.what for event in told if event.page_id == row.id]
        assert story[0] == "added"
        assert story[-1] == "failed"
