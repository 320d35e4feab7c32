"""Small pictures of the receipts of an export, upright and level, drawn one at a time by a light process."""

from __future__ import annotations

from paddlescan.document import Limits, Preparation, PrepareOptions
from paddlescan.document.export import ExportRow
from paddlescan.errors import Failure, PaddleScanError
from paddlescan.pipeline.encoded import taken_jpeg
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.losses import try_twice
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.supervisor import EngineLost

MOST_PIXELS = 240 * 180
"""Of a picture: sharp in a cell at 200 %, and some kilobytes."""

_AS_READ = PrepareOptions(remove_seals=False)
"""Turned and levelled as reading found it; a seal stays, so that the picture shows the paper."""


class RowPictures:
    """What a workbook asks for the picture of a row. A picture that cannot be made is none: the sheet comes first.

    After a picture that took too long or took two processes down there are no more of that file.
    """

    def __init__(self, process: LightProcess, passwords: Passwords | None = None, limits: Limits | None = None) -> None:
        """process: the calling thread's own; stopping it is the caller's, from another thread too, by `kill`."""
        self._process, self._passwords, self._limits = process, passwords or Passwords(), limits or Limits()
        self._set_aside: set[bytes] = set()

    def __call__(self, row: ExportRow) -> bytes | None:
        """A JPEG of the receipt; None: it stands on no page, or that cannot be drawn."""
        ref = row.ref
        if ref is None or ref.source.raw_path in self._set_aside:
            return None
        known = row.receipt.preparation or Preparation()
        password = self._passwords.get(ref.source)

        def ask() -> bytes | Failure:
            region = row.receipt.region
            answer = self._process.jpeg(ref, _AS_READ, known, MOST_PIXELS, region, self._limits, password)
            return answer if isinstance(answer, Failure) else taken_jpeg(self._process, answer, MOST_PIXELS)

        try:
            answer = try_twice(ask)
        except (EngineLost, PaddleScanError):
            self._set_aside.add(ref.source.raw_path)
            return None
        return None if isinstance(answer, Failure) else answer
