"""`paddlescan.scan` and `paddlescan.prepare`: the house as a library."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from paddlescan.document import EngineOptions, PageRef, PageResult, PrepareOptions, ScanOptions, SourceFile
from paddlescan.document.sameness import NOT_SEEN_BEFORE
from paddlescan.export.leftovers import held_folder

if TYPE_CHECKING:
    from paddlescan.document.pixels import PreparedPage
    from paddlescan.store import Store

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
    rest goes on; a receipt that was seen before in the same call has a failed check `not_seen_before`. Reading
    happens in `workers` processes of their own. Raises PaddleScanError if the engine
    is missing or a GPU was asked for that is not there, NothingToScan for paths without files.

    What the program found out about the runtimes on this machine holds here, too; where it does not know yet, it is
    found out on the first pages, and kept if the program's cache folder is there. No folder is made for it and nothing
    else stays: `EngineOptions(runtimes_file=...)` names another file, `EngineOptions(engine="onnxruntime")` tries
    nothing.
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
    options, engine = options or ScanOptions(), _knowing_runtimes(engine or EngineOptions())
    choose_device(engine)
    trouble: list[EngineTrouble] = []
    stop = threading.Event()

    def listen(event: Event) -> None:
        if isinstance(event, EngineTrouble):
            trouble.append(event)
            stop.set()

    with held_folder() as folder:
        file = folder / "receipts.sqlite"
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
                scratch_root=folder,
            )
            if trouble:
                raise trouble[0].failure.error()
            for row in store.page_rows(batch):
                result = store.page_result(row.id)
                yield _with_copies(store, result) if result is not None else PageResult(row.ref, error=row.failure)


def _with_copies(store: Store, result: PageResult) -> PageResult:
    """The result with the check that fails where a receipt was seen before in the same call."""
    said = {
        row.number: tuple(c for c in store.receipt(row.receipt_id).receipt.checks if c.name == NOT_SEEN_BEFORE)
        for row in store.receipt_rows_of_page(result.page.id)
        if row.same_as is not None and row.page_id == result.page.id
    }
    receipts = (replace(receipt, checks=receipt.checks + said.get(receipt.number, ())) for receipt in result.receipts)
    return replace(result, receipts=tuple(receipts))


def prepare(
    path: str | os.PathLike[str], page: int = 1, options: PrepareOptions | None = None, password: str | None = None
) -> tuple[PreparedPage, ...]:
    """Straighten and clean one page: one picture for each receipt on it.

    Happens in a process of its own, with an engine, which knows which way is up; of the runtimes it knows what `scan`
    knows. Raises PaddleScanError for a file that cannot be read, or if no engine starts.
    """
    import cv2
    import numpy as np

    from paddlescan.document.pixels import PreparedPage
    from paddlescan.errors import EngineStops, Failure
    from paddlescan.pipeline.clients import EngineProcess
    from paddlescan.pipeline.encoded import ask_pngs
    from paddlescan.pipeline.losses import try_twice
    from paddlescan.pipeline.supervisor import EngineLost

    ref = PageRef(SourceFile.at(path), page)
    wanted = ScanOptions(options or PrepareOptions())
    with held_folder() as folder:
        process = EngineProcess(_knowing_runtimes(EngineOptions()), scratch_root=folder)
        try:
            answer = try_twice(lambda: ask_pngs(process, ref, wanted, password))
            if isinstance(answer, Failure):
                raise answer.error()
            return tuple(
                PreparedPage(
                    np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR), np.uint8),
                    picture.preparation,
                    np.array(picture.to_source, np.float64).reshape(3, 3),
                )
                for picture, png in zip(answer.told.pictures, answer.pngs, strict=True)
            )
        except EngineLost:
            raise EngineStops from None
        finally:
            process.stop()


def _knowing_runtimes(engine: EngineOptions) -> EngineOptions:
    """With the file of the program, unless another one is named. Where its folder is not there, nothing is kept."""
    from paddlescan.paths import user_paths

    return engine if engine.runtimes_file is not None else replace(engine, runtimes_file=str(user_paths().runtimes))


def _as_list(paths: Paths) -> Sequence[str]:
    if isinstance(paths, (str, os.PathLike)):
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths]
