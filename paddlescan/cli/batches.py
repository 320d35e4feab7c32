"""Which batch a person means on the command line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from paddlescan.document import Language
from paddlescan.document.source import printable_name
from paddlescan.errors import BatchUnknown
from paddlescan.pipeline.cluster.storage import is_url, name_of
from paddlescan.store import BatchSummary
from paddlescan.words import say

LANGUAGES: tuple[Language, ...] = ("en", "zh")
SAMPLES = "Samples"
"""The name of the batch of sample receipts, as the store has it."""
LONGEST = 120
"""Characters of a name."""


def named_batch(batches: Sequence[BatchSummary], asked: str) -> BatchSummary:
    """The batch of that number, else the newest of that name, as the window shows it in either language.

    batches: the newest first. Raises BatchUnknown.
    """
    wanted = _plain(asked)
    for meant in (_numbers, _names):
        for batch in batches:
            if wanted and wanted in map(_plain, meant(batch)):
                return batch
    raise BatchUnknown(detail=asked)


def name_for(paths: Sequence[str], language: Language) -> str:
    """What the batch of these files and folders is called: as the only one of them, or by their number.

    Empty where that one has no name of its own, as the root of a disk.
    """
    if len(paths) > 1:
        folders = any(not is_url(path) and Path(path).is_dir() for path in paths)
        return say("batch_of_items" if folders else "batch_of_files", language, count=len(paths))
    name = name_of(paths[0]) if is_url(paths[0]) else PurePath(os.path.abspath(paths[0])).name
    return printable_name(name)[:LONGEST]


def shown_name(batch: BatchSummary, language: Language) -> str:
    """What the window calls a batch; see `gui.shared.batch_name`."""
    if batch.name == SAMPLES:
        return say("batch_samples", language)
    if batch.name:
        return batch.name
    return (
        say("batch_command_line", language)
        if batch.owner == "cli"
        else say("batch_numbered", language, number=batch.id)
    )


def _numbers(batch: BatchSummary) -> Iterator[str]:
    yield str(batch.id)
    for language in LANGUAGES:
        if not batch.name:
            yield say("batch_numbered", language, number=batch.id)


def _names(batch: BatchSummary) -> Iterator[str]:
    """As it is named, as the window calls it, and by its number."""
    yield batch.name
    for language in LANGUAGES:
        yield say("batch_numbered", language, number=batch.id)
        yield shown_name(batch, language)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
