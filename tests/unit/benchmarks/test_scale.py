"""The benchmark of a cluster: a worker reads one page at a time, and what was measured is told as it was run."""

from __future__ import annotations

import threading

import pytest

from paddlescan.document import EngineOptions, PageRef, ScanOptions, SourceFile
from paddlescan.pipeline.cluster.talk import Ask
from paddlescan.pipeline.messages import ScanPage
from tests.benchmarks import recorded_service
from tests.benchmarks.recorded_service import Recorded
from tests.benchmarks.scale import arguments, command


def test_a_worker_reads_one_page_at_a_time_as_a_real_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    both, met = threading.Barrier(2), []

    def read(seconds: float) -> None:
        try:
            both.wait(0.3)
            met.append(seconds)
        except threading.BrokenBarrierError:
            both.reset()

    monkeypatch.setattr(recorded_service.time, "sleep", read)
    worker = Recorded(1.5)
    orders = [Ask(EngineOptions(), ScanPage(PageRef(SourceFile(b"/%d.jpg" % n, "")), ScanOptions())) for n in (1, 2)]
    threads = [threading.Thread(target=worker.answer, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert met == []


def test_the_command_that_is_written_down_is_the_one_that_was_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PADDLESCAN_RECEIPTS", raising=False)
    said = command(arguments(["--docs", "--pages", "100", "1000", "--pace", "0.5", "--folder", "/tmp/place"]))
    assert said == "python -m tests.benchmarks.scale --pages 100 1000 --workers 4 --read 20 --pace 0.5"
    again = arguments(said.split()[3:])
    assert (again.pages, again.workers, again.read, again.pace, again.tail) == ([100, 1000], 4, 20, 0.5, None)
    assert command(arguments(["--tail", "300"])).endswith(
        " --pages 100 1000 10000 100000 --tail 300 --workers 4 --read 20"
    )
    monkeypatch.setenv("PADDLESCAN_RECEIPTS", "/home/somebody")
    assert command(arguments([])).startswith("PADDLESCAN_RECEIPTS=FOLDER python -m tests.benchmarks.scale --pages ")
