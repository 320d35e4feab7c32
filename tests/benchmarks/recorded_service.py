"""What `tests.benchmarks.scale` puts into a Dask worker in place of an engine: every page takes the time that a real
one took, or none, and holds a drawn receipt of its own. Loaded by `dask worker --preload`."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time

from paddlescan import __version__
from paddlescan.document import EngineInfo, PageResult, Seconds, SourceInfo
from paddlescan.pipeline.cluster import task
from paddlescan.pipeline.cluster.talk import Ask, Begin, Introduce, Introduced, Order, Reply, See, Seen, Sight
from paddlescan.pipeline.messages import Hello, Inspect, Inspected, Scanned
from tests.benchmarks.big_store import receipt

ENGINE = EngineInfo("onnxruntime", "cpu", "PP-OCRv6_small", "recorded")
PACE = "PADDLESCAN_RECORDED_SECONDS"
"""The variable that holds how long a page takes."""
_NUMBER = re.compile(rb"\d+")


class Recorded:
    """Has the method of `cluster.service.Service`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._reading = threading.Lock()

    def answer(self, order: Order) -> Reply:
        match order:
            case Introduce():
                return Introduced(False, __version__)
            case See(sources=sources):
                return Seen(tuple(Sight() for _ in sources))
            case Begin():
                return Hello(ENGINE)
            case Ask(request=Inspect(source=source)):
                return Inspected(SourceInfo("jpeg", 1, hashlib.sha256(source.raw_path).hexdigest()))
            case Ask(request=request) if not isinstance(request, Inspect):
                page = request.page
                with self._reading:  # two are asked for at a time, and one is read
                    time.sleep(self._seconds)
                number = int(_NUMBER.findall(page.source.raw_path)[-1])
                sha256 = hashlib.sha256(page.source.raw_path).hexdigest()
                seconds = Seconds(recognise=self._seconds)
                one = (receipt(number),)
                return Scanned(PageResult(page, 1, sha256, 1000, 1600, one, engine=ENGINE, seconds=seconds))
        return Seen()


def dask_setup(worker: object) -> None:
    """Called by Dask when the worker starts."""
    task._services.append(Recorded(float(os.environ.get(PACE, "0"))))  # type: ignore[arg-type]
