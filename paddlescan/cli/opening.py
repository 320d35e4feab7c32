"""The batch that a scan reads: a new one, or one that was stopped, with its lease."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from paddlescan.cli import unfinished
from paddlescan.cli.batches import name_for
from paddlescan.cli.listing import Listing
from paddlescan.cli.noting import note
from paddlescan.cli.terminal import Terminal
from paddlescan.desktop.packed import packed_left
from paddlescan.document import Language, PrepareOptions, ScanOptions
from paddlescan.errors import NothingToScan, PaddleScanError
from paddlescan.paths import user_paths
from paddlescan.pipeline.cluster.storage import is_url
from paddlescan.pipeline.keeping import begun
from paddlescan.pipeline.queueing import queue_all
from paddlescan.store import Lease, Store


def queue_only(options: argparse.Namespace, language: Language) -> None:
    """Enter the paths into the store as a batch that waits, and read nothing: the window or `--resume` goes on with it.

    A scan of the same that was stopped is completed. Raises NothingToScan or PackedLeft, and what the store raises.
    """
    path = user_paths().make().store
    with begun(path), Store(path) as store:
        left = unfinished.find(store, _roots(options.paths), scan_options(options), newest=True)
        if left is None:
            _new_batch(store, options, Listing(options.paths), language)[1].release()
            return
        with store.lease(left.id) as ours:
            if ours:  # else somebody goes on with it already
                queue_all(store, left.id, Listing(options.paths))


def scan_options(options: argparse.Namespace) -> ScanOptions:
    """The switches of the command line."""
    return ScanOptions(
        PrepareOptions(
            find_regions=not options.no_split,
            orient=not options.no_orient,
            deskew=not options.no_deskew,
            remove_seals=not options.keep_seals,
            seal_strength=options.seal_strength,
        )
    )


def nothing_in(paths: Sequence[str]) -> PaddleScanError:
    """Why there is nothing to read in these: all of it is packed, or there is nothing."""
    return packed_left([path for path in paths if not is_url(path)]) or NothingToScan(file=", ".join(paths))


def _roots(paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(path if is_url(path) else os.path.abspath(path) for path in paths)


def open_batch(store: Store, options: argparse.Namespace, listing: Listing, terminal: Terminal) -> tuple[int, Lease]:
    """The batch to go on with, or a new one of what is listed, and its lease, which is held. Nothing is written into a
    batch before."""
    roots, switches = _roots(options.paths), scan_options(options)
    if options.resume:
        left = unfinished.find(store, roots, switches)
        if left is None:
            terminal.say("nothing_resumed")
        elif (lease := store.lease(left.id)).acquire():
            _resume(store, left.id, listing, terminal)
            return left.id, lease
        else:
            terminal.say("busy")
    else:
        left = unfinished.find(store, roots, switches, newest=True)
        if left is not None and _is_free(store, left.id):
            _tell_left(store, "could_resume", left.id, terminal)
    return _new_batch(store, options, listing, terminal.language)


def _resume(store: Store, batch: int, listing: Listing, terminal: Terminal) -> None:
    queue_all(store, batch, listing)  # the kill may have come while files were being added
    for row in unfinished.away(store, batch):
        store.read_again(row.id)
    _tell_left(store, "resuming", batch, terminal)
    summary = store.summary(batch)
    note(store, batch, "resumed", str(summary.waiting + summary.reading))


def _tell_left(store: Store, key: str, batch: int, terminal: Terminal) -> None:
    summary = store.summary(batch)
    left = summary.waiting + summary.reading + len(unfinished.away(store, batch))
    terminal.say(key, done=summary.pages - left, pages=summary.pages)


def _is_free(store: Store, batch: int) -> bool:
    with store.lease(batch) as free:
        return free


def _new_batch(store: Store, options: argparse.Namespace, listing: Listing, language: Language) -> tuple[int, Lease]:
    if not any(True for _ in listing) or not any(is_url(path) or os.path.lexists(path) for path in options.paths):
        raise nothing_in(options.paths)
    batch = store.create_batch(name_for(options.paths, language), "cli", scan_options(options), _roots(options.paths))
    lease = store.lease(batch)
    lease.acquire()
    unfinished.begin(store, batch)  # before its first page
    queue_all(store, batch, listing)
    return batch, lease
