"""News from a running batch: frozen values, sent after the store has them."""

from __future__ import annotations

from dataclasses import dataclass

from paddlescan.document import EngineInfo, PageState
from paddlescan.errors import Failure


@dataclass(frozen=True, slots=True)
class PageStarted:
    """An engine works on this page now."""

    page_id: int


@dataclass(frozen=True, slots=True)
class PagesAdded:
    """A file turned out to hold more pages; they wait."""

    page_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageFinished:
    """The page's result is in the store."""

    page_id: int
    state: PageState
    """done, needs_review or failed."""
    failure: Failure | None = None
    quality: tuple[str, ...] = ()
    """Names of the findings about the page."""


@dataclass(frozen=True, slots=True)
class PageWaits:
    """The page was taken back and waits again: Stop, or an engine that was lost."""

    page_id: int


@dataclass(frozen=True, slots=True)
class EngineReady:
    """An engine is loaded."""

    engine: EngineInfo


@dataclass(frozen=True, slots=True)
class EngineTrouble:
    """A worker ended: its engine does not start, or the store cannot be written. Pages wait; nothing is lost."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class EngineStorm:
    """Engines keep stopping, page after page; the next one is started after a pause. The batch goes on."""

    failure: Failure
    pause_s: float


@dataclass(frozen=True, slots=True)
class EngineCalm:
    """The storm is over: a page was read."""


@dataclass(frozen=True, slots=True)
class BatchFinished:
    """No page waits and none is being read."""


PageNews = PageStarted | PagesAdded | PageFinished | PageWaits
EngineNews = EngineReady | EngineTrouble | EngineStorm | EngineCalm
Event = PageNews | EngineNews | BatchFinished
