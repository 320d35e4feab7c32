"""What care for the store costs with ten thousand receipts: checking, copying, saving a broken one, giving room back.

`python -m tests.benchmarks.store_care [RECEIPTS]` prints milliseconds and megabytes; files lie in the temporary folder.
"""

from __future__ import annotations

import logging
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from paddlescan.pipeline.keeping import open_store
from paddlescan.store.care import begin, keep_copy, tidy
from paddlescan.store.care.health import reading_only, state_of
from paddlescan.store.schema import MIGRATIONS
from tests.benchmarks.big_store import fill_store, receipt
from tests.unit.store.making import claimed, files, result

MB = 1_000_000


def timed(name: str, act: Callable[[], object]) -> None:
    begun, worked = time.perf_counter(), time.process_time()
    said = act()
    took, work = 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked)
    print(f"{name:52} {took:8.0f} ms, {work:8.0f} of work   {'' if said is None else said}", flush=True)


def forget_cached_pages() -> None:
    """Let the system read the file from its disk again, where we may (root on Linux)."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("1")
    except OSError:
        print("  (the system's cache could not be emptied)")


def check(path: Path) -> str:
    with reading_only(path) as db:
        return state_of(db, len(MIGRATIONS))


def start(path: Path, unclean: bool) -> object:
    if unclean:
        path.with_name(f"{path.name}.open-1-00000000").touch()
    with begin(path) as held:
        return held.found.saved


def log_of_a_batch(path: Path, pages: int) -> str:
    """Read so many pages, a commit each, with a window's connections open beside; the largest the log became."""
    log, largest = path.with_name(path.name + "-wal"), 0
    with open_store(path) as store, closing(sqlite3.connect(path)) as window:
        batch = store.create_batch("log")
        store.add_sources(batch, files(pages, "/log"))
        for number in range(pages):
            claim = claimed(store, batch)
            store.save_result(claim.page_id, result(claim.ref, receipt(number)), claim.token)
            window.execute("SELECT COUNT(*) FROM receipt").fetchone()
            largest = max(largest, log.stat().st_size)
    return f"{pages} pages: at most {largest / MB:.1f} MB"


def main() -> None:
    """Measure."""
    logging.disable()
    count = int(sys.argv[1]) if sys.argv[1:] else 10_000
    folder = Path(tempfile.mkdtemp(prefix="store-care-"))
    path = folder / "data" / "receipts.sqlite"
    try:
        batch = fill_store(path, folder / "files", count)
        print(f"{count} receipts, {path.stat().st_size / MB:.0f} MB")
        timed("start after a clean end", lambda: start(path, unclean=False))
        timed("check, file in memory", lambda: check(path))
        forget_cached_pages()
        timed("check, file on the disk", lambda: check(path))
        timed("start after an end that was not clean, in memory", lambda: start(path, unclean=True))
        timed("copy, checked and synced", lambda: keep_copy(path) and None)
        timed("log of a batch", lambda: log_of_a_batch(path, min(count, 1500)))
        with path.open("r+b") as file:
            chance = random.Random(1)
            for _ in range(100):
                file.seek(4096 * chance.randrange(1, path.stat().st_size // 4096))
                file.write(b"\0" * 4096)
        timed("start that saves a store with 100 broken pages", lambda: start(path, unclean=True))
        before = path.stat().st_size
        with open_store(path) as store:
            timed("delete the batch", lambda: store.delete_batch(batch) and None)
            timed("give room back", lambda: tidy(path) and None)
        print(f"  {before / MB:.0f} MB -> {path.stat().st_size / MB:.0f} MB")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
