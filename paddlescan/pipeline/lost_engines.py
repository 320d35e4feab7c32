"""What a worker does when its engine is lost: whose fault it may be, and which pages wait again."""

from __future__ import annotations

import logging

from paddlescan.errors import EngineStorms
from paddlescan.pipeline.claimed import ClaimReader, failed
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import EngineStorm
from paddlescan.pipeline.fates import Fates
from paddlescan.pipeline.losses import CAUSES, blame
from paddlescan.pipeline.starting import EngineStarts
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.store import Claim

log = logging.getLogger(__name__)

MOST_LOSSES = 2
"""A page that takes down this many engines is set aside."""
MOST_STARTS = 4
"""A page begun this often without an end is read after all others, one such page at a time: the programs that ended
with it were killed or unplugged, most likely, but it may have taken them down. Then one engine lost is enough."""
MOST_LOSSES_TOGETHER = 2
"""After so many engines lost on end while they read several pages together, the worker has each read by itself: on such
a card that cannot work, and an engine that first reads a page by itself would never seem to fail."""


class LostEngines:
    """Of one worker, in its thread. Nothing here is asked of an engine that was stopped by ourselves."""

    def __init__(self, crew: Crew, starts: EngineStarts, reader: ClaimReader, request_s: float) -> None:
        """request_s: how long a request may take."""
        self._crew, self._starts, self._reader, self._request_s = crew, starts, reader, request_s
        self._together = 0

    @property
    def too_often_together(self) -> bool:
        """Whether pages had better be read one by one."""
        return self._together >= MOST_LOSSES_TOGETHER

    def read_together(self) -> None:
        """Several pages were read."""
        self._together = 0

    def over_page(self, fates: Fates, claim: Claim, losses: int, lost: EngineLost, asked: bool) -> int | None:
        """The engine is lost while the worker has this page in hand. Returns the page if it should be tried again at
        once.

        losses: of the batch when the page was begun. asked: whether the engine was asked for the page; it may have
        ended before that, with others that it had begun. Raises what says that no engine starts.
        """
        if not asked and not lost.while_starting:
            self.over_begun(fates, losses, lost)
        elif self._may_be_to_blame(fates, losses, lost):
            self._release_begun(fates, lost)
            return self._to_blame(fates, claim, lost)
        self._release_begun(fates, lost)
        fates.release(claim, lost)
        return claim.page_id

    def over_begun(self, fates: Fates, losses: int, lost: EngineLost) -> None:
        """The engine is lost with the pages that it had begun. Of several each is read by itself next, and shows
        whether it is to blame."""
        if lost.on_errand:
            self._starts.lost()
            self._release_begun(fates, lost)
            return
        self._together += 1
        at_fault = self._may_be_to_blame(fates, losses, lost)
        begun = self._reader.let_go()
        for claim in begun:
            if len(begun) > 1:
                fates.suspect(claim)
            elif at_fault:
                self._to_blame(fates, claim, lost)
            else:
                fates.release(claim, lost)

    def over_errand(self, fates: Fates, lost: EngineLost) -> None:
        """The engine is lost over an errand, also by ourselves."""
        self._starts.lost()
        if lost.cause != "stopped":
            self._release_begun(fates, lost)
            if lost.while_starting:
                self._starts.in_vain()

    def _release_begun(self, fates: Fates, lost: EngineLost) -> None:
        """The pages that the engine had begun wait again: it was not lost over them."""
        for claim in self._reader.let_go():
            fates.release(claim, lost)

    def _may_be_to_blame(self, fates: Fates, losses: int, lost: EngineLost) -> bool:
        """Note that an engine is lost. Whether what it was asked may be the reason."""
        self._starts.lost()
        if lost.on_errand:
            return False
        if lost.while_starting:
            fates.note("engine_lost", lost.cause)
            self._starts.in_vain()
            return False
        if lost.cause == "device_failed" and self._starts.device == "gpu":
            fates.note("engine_lost", lost.cause)
            self._starts.gpu_failed()
            return False
        self._note(fates, losses, lost)
        return True

    def _to_blame(self, fates: Fates, claim: Claim, lost: EngineLost) -> int | None:
        """A page over which an engine was lost is tried once more, or set aside. Returns it in the former case."""
        if claim.engines_lost + 1 >= MOST_LOSSES or claim.attempts > MOST_STARTS:
            fates.finish(claim, failed(claim, blame(lost, claim.ref.source.name, self._request_s)))
            return None
        fates.release(claim, lost, to_blame=True)
        return claim.page_id

    def _note(self, fates: Fates, losses: int, lost: EngineLost) -> None:
        """Whether page after page takes engines down: then new ones are started slowly, and a person is told."""
        pause = self._crew.storm.lost(losses)
        if pause > 0:
            log.warning("%d engines lost in a row, pause of %.0f s", losses + 1, pause)
            fates.note("storm", f"{pause:.0f}")
            fates.emit(EngineStorm(EngineStorms(detail=CAUSES[lost.cause]).failure, pause))
