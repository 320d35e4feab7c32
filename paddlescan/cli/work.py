"""What `scan` hands to those who write its exports."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from paddlescan.cli.terminal import Terminal
from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.export.templates import Template
from paddlescan.paths import Paths
from paddlescan.pipeline.passwords import Passwords
from paddlescan.store import Store


@dataclass(frozen=True, slots=True)
class Work:
    """What a writer may use."""

    store: Store
    batch: int
    paths: Paths
    options: argparse.Namespace
    terminal: Terminal
    passwords: Passwords
    template: Template | None = None
    """The columns of the CSV and of the workbook; None: all."""

    @property
    def language(self) -> Language:
        """Of headers and sentences."""
        return self.terminal.language

    @property
    def overwrite(self) -> bool:
        """Whether files that exist are replaced."""
        return bool(self.options.overwrite)

    def rows(self) -> Iterator[ExportRow]:
        """The rows of the batch, from the store, a few in memory at a time; every call begins anew."""
        return self.store.export_rows(self.batch)
