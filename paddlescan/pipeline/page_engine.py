"""What a worker wants of whatever reads its pages: an engine process here, or one on a machine of a cluster."""

from __future__ import annotations

from typing import Protocol

from paddlescan.document import Limits, PageRef, PageResult, ScanOptions, SourceFile, SourceInfo
from paddlescan.errors import Failure
from paddlescan.pipeline.ends import ChildLimits, EngineLost, Worn
from paddlescan.pipeline.errands import Errand, Errands
from paddlescan.pipeline.messages import Begun, Hello


class PageEngine(Protocol):
    """One engine, one request at a time. It belongs to one thread; `kill` may come from any.

    Every request may raise EngineLost, or the PaddleScanError for which no engine starts. What is wrong with a file is
    an answer.
    """

    errands: Errands | None
    """Done while a request is answered; None for one that does none."""

    @property
    def limits(self) -> ChildLimits:
        """What its process may take."""

    @property
    def hello(self) -> Hello | None:
        """What it said when it was ready; None while it is not."""

    @property
    def starts(self) -> int:
        """How often it was started."""

    @property
    def worn(self) -> Worn | None:
        """Why the one before the present one was replaced; None: there was none, or it was lost."""

    def ensure_started(self) -> Hello:
        """Start it if it is not there."""

    def wants_gpu(self) -> bool:
        """Whether it would start on a GPU although it need not."""

    def do_without_gpu(self) -> None:
        """From the next start on, load on the CPU."""

    def inspect(self, source: SourceFile, limits: Limits, password: str | None = None) -> SourceInfo | Failure:
        """Format, number of pages and hash of a file, or what is wrong with it."""

    def scan(self, page: PageRef, options: ScanOptions, password: str | None = None) -> PageResult:
        """The page, read. A page that cannot be read is a result with an error, not an exception."""

    def begin(self, page: PageRef, options: ScanOptions, password: str | None = None) -> PageResult | Begun:
        """Have a page prepared, to be read with others; its result where it was read at once. Where the engine is lost,
        all pages are that it has begun."""

    def read_begun(self) -> tuple[PageResult, ...]:
        """The pages that were begun and have no result yet, read together, in that order."""

    def run(self, errand: Errand) -> None:
        """Do an errand."""

    def distrust(self) -> EngineLost:
        """The answer fits its type but not the request: end the engine; raise what this returns."""

    def kill(self) -> None:
        """End it at once and for good; returns at once. A request in flight raises EngineLost("stopped")."""

    def stop(self, grace_s: float = 2.0) -> None:
        """Let it leave."""
