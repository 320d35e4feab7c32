"""What becomes of the pages that a worker claimed: written to the store first, then told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import TypeVar

from paddlescan.document import PageResult, PageState
from paddlescan.errors import PaddleScanError, StoreBusy
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import Event, PageFinished, PageWaits
from paddlescan.pipeline.patience import patiently
from paddlescan.pipeline.plausible import Distrust, believed
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.store import Claim, Store

T = TypeVar("T")


class Fates:
    """Of one worker's pages, in its thread, while it has the store open."""

    def __init__(
        self, store: Store, batch: int, crew: Crew, emit: Callable[[Event], None], give_up: Callable[[float], bool]
    ) -> None:
        """give_up: waits so many seconds, and says whether the worker is to end."""
        self.store, self.emit = store, emit
        self._batch, self._crew, self._give_up = batch, crew, give_up

    def recover(self) -> None:
        """The pages that nobody reads any more wait again: the lease is ours, and no worker has begun."""
        self.give_back()
        rows = self.store.page_rows(self._batch)
        self.patiently(lambda: self.store.recover(self._batch))
        for row in rows:
            if row.state == "reading":
                self.emit(PageWaits(row.id))

    def give_back(self) -> None:
        """Let the pages wait again that some worker could not let go."""
        while (kept := self._crew.take_kept()) is not None:
            try:
                self.let_go(*kept)
            except StoreBusy:  # a backup program holds it; the page is kept, and it is tried again
                return

    def let_go(self, page_id: int, token: int) -> None:
        """The page waits again, as if it had not been begun; if the store does not take it now, the crew keeps it."""
        try:
            released = self.store.release_page(page_id, count_attempt=False, token=token, why="stopped")
        except PaddleScanError:
            self._crew.keep(page_id, token)
            raise
        if released:
            self.emit(PageWaits(page_id))

    def release(self, claim: Claim, lost: EngineLost, to_blame: bool = False) -> None:
        """The page waits again; to_blame: for it the engine was lost, which counts."""
        why = lost.cause if to_blame else ""
        if self.patiently(lambda: self.store.release_page(claim.page_id, to_blame, claim.token, why)):
            self.emit(PageWaits(claim.page_id))

    def suspect(self, claim: Claim) -> None:
        """The page waits again, begun once more: an engine was lost with it and others, and any may be to blame."""
        if self.patiently(lambda: self.store.release_page(claim.page_id, True, claim.token)):
            self.emit(PageWaits(claim.page_id))

    def finish(self, claim: Claim, result: PageResult, distrust: Distrust | None = None) -> None:
        """Keep the result; nothing is told if the page was asked to be read again meanwhile.

        distrust: for the result of a child, which may be a lie that no store takes.
        """
        with believed(distrust) if distrust else nullcontext():
            kept = self.patiently(lambda: self.store.save_result(claim.page_id, result, claim.token))
        if kept:
            names = tuple(finding.name for finding in result.quality)
            self.emit(PageFinished(claim.page_id, self._state(claim.page_id, result), result.error, names))

    def _state(self, page_id: int, result: PageResult) -> PageState:
        """The state of a page that was just saved: other receipts have their say in it, too."""
        row = self.patiently(lambda: self.store.page_row(page_id))
        return row.state if row is not None and row.state in ("done", "needs_review") else result.status

    def note(self, what: str, detail: str = "", page_id: int | None = None) -> None:
        """For the journal; a store that is busy or full goes without."""
        with suppress(PaddleScanError):
            self.store.note(self._batch, page_id, what, detail)

    def patiently(self, act: Callable[[], T]) -> T:
        """Write to the store, also while another program holds it for a while. Raises StoreBusy after that."""
        return patiently(act, self._give_up)
