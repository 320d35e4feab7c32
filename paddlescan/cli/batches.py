"""Which batch a person means on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paddlescan.document import Language
from paddlescan.errors import BatchUnknown
from paddlescan.store import BatchSummary
from paddlescan.words import say

LANGUAGES: tuple[Language, ...] = ("en", "zh")
SAMPLES = "Samples"
"""The name of the batch of sample receipts, as the store has it."""


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


def _numbers(batch: BatchSummary) -> Iterator[str]:
    yield str(batch.id)
    for language in LANGUAGES:
        if not batch.name:
            yield say("batch_numbered", language, number=batch.id)


def _names(batch: BatchSummary) -> Iterator[str]:
    """As it is named, and as the window calls it; see `gui.shared.batch_name`."""
    yield batch.name
    for language in LANGUAGES:
        yield say("batch_numbered", language, number=batch.id)
        if batch.name == SAMPLES:
            yield say("batch_samples", language)
        elif not batch.name and batch.owner == "cli":
            yield say("batch_command_line", language)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
