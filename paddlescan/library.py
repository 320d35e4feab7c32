"""`paddlescan.scan` and `paddlescan.prepare`: the house as a library."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from paddlescan.document import EngineOptions, PageRef, PageResult, PrepareOptions, ScanOptions, SourceFile

if TYPE_CHECKING:
    from paddlescan.document.pixels import PreparedPage

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def scan(
    paths: Paths,
    options: ScanOptions | None = None,
    engine: EngineOptions | None = None,
    workers: int = 1,
    password: str | None = None,
) -> Iterator[PageResult]:
    """Read files and folders; yields a result a page, in order of the paths, when all are read.

    paths: one or several files or folders. A page that cannot be read is a result with `error`, and the
    rest goes on. Reading happens in `workers` processes of their own. Raises PaddleScanError if the engine
    is missing or a GPU was asked for that is not there, NothingToScan for paths without files.
    """
    from paddlescan.errors import NothingToScan
    from paddlescan.ocr.devices import choose_device
    from paddlescan.pipeline.batch import run_batch
    from paddlescan.pipeline.events import EngineTrouble, Event
    from paddlescan.pipeline.intake import walk
    from paddlescan.pipeline.passwords import Passwords
    from paddlescan.pipeline.queueing import queue_all
    from paddlescan.store import Store

    wanted = _as_list(paths)
    options, engine = options or ScanOptions(), engine or EngineOptions()
    choose_device(engine)
    trouble: list[EngineTrouble] = []
    stop = threading.Event()

    def listen(event: Event) -> None:
        if isinstance(event, EngineTrouble):
            trouble.append(event)
            stop.set()

    with tempfile.TemporaryDirectory(prefix="paddlescan-") as folder:
        file = Path(folder, "receipts.sqlite")
        with Store(file) as store:
            batch = store.create_batch("", "cli", options)
            found = list(walk(wanted))
            if not found:
                raise NothingToScan(file=", ".join(wanted))
            queue_all(store, batch, found)
            run_batch(
                file,
                batch,
                engine,
                options,
                workers,
                listen,
                stop,
                passwords=Passwords(password),
                scratch_root=Path(folder),
            )
            if trouble:
                raise trouble[0].failure.error()
            for row in store.page_rows(batch):
                result = store.page_result(row.id)
                yield result if result is not None else PageResult(row.ref, error=row.failure)


def prepare(
    path: str | os.PathLike[str], page: int = 1, options: PrepareOptions | None = None, password: str | None = None
) -> PreparedPage:
    """Straighten and clean one page, in this process. Raises PaddleScanError for a file that cannot be read."""
    from paddlescan.imaging.loading import open_source
    from paddlescan.pipeline.scan import prepare_page

    source = SourceFile.at(path)
    with open_source(source) as file:
        return prepare_page(PageRef(source, page), file, ScanOptions(options or PrepareOptions()), password=password)


def _as_list(paths: Paths) -> Sequence[str]:
    if isinstance(paths, (str, os.PathLike)):
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths]
