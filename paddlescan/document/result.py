"""The result of reading one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from paddlescan.document.receipt import Receipt
from paddlescan.document.source import PageRef
from paddlescan.errors import Failure

Status = Literal["done", "needs_review", "failed"]
PageState = Literal["waiting", "reading", "done", "needs_review", "failed"]


BLANK = "blank"
"""The finding of a page with nothing on it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the quality of a page, e.g. `blank` or `blurred`."""

    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Which engine read a page."""

    name: str
    """`onnxruntime`, `openvino` or `paddle`."""
    device: str
    """`cpu` or `gpu`."""
    models: str
    """E.g. `PP-OCRv6_small`."""
    reason: str = ""
    """Why this device, in English: `no CUDA GPU found`."""
    card: str = ""
    """The graphics card's name; empty on the CPU, or where its driver does not tell."""


@dataclass(frozen=True, slots=True)
class Seconds:
    """Where the time of a page went."""

    load: float = 0.0
    prepare: float = 0.0
    recognise: float = 0.0
    extract: float = 0.0


@dataclass(frozen=True, slots=True)
class PageResult:
    """What `scan_page` returns; `status` follows from it and cannot lie."""

    page: PageRef
    page_count: int = 1
    sha256: str | None = None
    width: int | None = None
    height: int | None = None
    """Size of the source page as a viewer shows it (EXIF applied), in pixels."""
    receipts: tuple[Receipt, ...] = field(default=(), repr=False)
    """At least one where there is no error; a blank page has one without lines."""
    quality: tuple[Finding, ...] = ()
    error: Failure | None = None
    engine: EngineInfo | None = None
    seconds: Seconds = Seconds()

    def __post_init__(self) -> None:
        if (self.error is None) != bool(self.receipts):
            raise ValueError("a page result has receipts or an error, one of the two")

    @property
    def status(self) -> Status:
        """failed if there is an error, needs_review if any receipt wants a look, else done."""
        if self.error is not None:
            return "failed"
        return "needs_review" if any(r.needs_review for r in self.receipts) else "done"
