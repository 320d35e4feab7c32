"""From a claimed page to its result: its file is looked at where nobody did, then the page is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from paddlescan.document import Limits, PageResult, ScanOptions, SourceInfo
from paddlescan.errors import Failure, FileChanged
from paddlescan.pipeline.events import Event, PagesAdded
from paddlescan.pipeline.messages import Begun
from paddlescan.pipeline.page_engine import PageEngine
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.plausible import believed
from paddlescan.store import Claim, PageRow, Store

Patiently = Callable[[Callable[[], tuple[PageRow, ...]]], tuple[PageRow, ...]]


@dataclass(frozen=True, slots=True)
class Looked:
    """A claimed page, and what is known of its file."""

    claim: Claim
    page_count: int | None
    sha256: str | None


class ClaimReader:
    """Has one engine read what its worker claimed. Belongs to the worker's thread."""

    def __init__(self, engine: PageEngine, limits: Limits, passwords: Passwords, patiently: Patiently) -> None:
        """patiently: writes to the store, also while another program holds it for a while."""
        self._engine, self._limits, self._passwords, self._patiently = engine, limits, passwords, patiently
        self._begun: list[Looked] = []
        self.has_enough = False
        """Whether what is begun had better be read."""

    @property
    def begun(self) -> list[Claim]:
        """Pages that the engine has begun, to be read together."""
        return [each.claim for each in self._begun]

    def let_go(self) -> list[Claim]:
        """None is begun any more: those that were."""
        claims, self._begun, self.has_enough = self.begun, [], False
        return claims

    def read(self, store: Store, claim: Claim, emit: Callable[[Event], None], alone: bool = False) -> PageResult | None:
        """The result; one with an error for what is wrong with the file; None where the page is begun, to be read with
        others. Raises what the engine's requests raise.

        alone: whether it is to be read by itself. So is every page that was begun before: maybe an engine was lost
        with it and others, and then it shows whose fault that was.
        """
        source = claim.ref.source
        password = self._passwords.get(source)
        count, sha256 = claim.page_count, claim.sha256
        if not claim.inspected:
            info = self._inspect(store, claim, password, emit)
            if isinstance(info, Failure):
                return failed(claim, info)
            count, sha256 = info.page_count, info.sha256
        begin = self._engine.scan if alone or claim.attempts > 1 else self._engine.begin
        with believed(self._engine.distrust):
            result = begin(claim.ref, ScanOptions(claim.prepare, self._limits), password)
        looked = Looked(claim, count, sha256)
        if isinstance(result, Begun):
            self._begun.append(looked)
            self.has_enough = result.enough
            return None
        return self._checked(store, looked, result, emit)

    def read_begun(self, store: Store, emit: Callable[[Event], None]) -> Iterator[tuple[Claim, PageResult]]:
        """The results of all that are begun, in that order; as of `read`. One is begun no more when the next is asked
        for: until then whoever got it may fail to keep it."""
        self.has_enough = False
        with believed(self._engine.distrust):
            pairs = list(zip(self._begun, self._engine.read_begun(), strict=True))
        for looked, result in pairs:
            yield looked.claim, self._checked(store, looked, result, emit)
            self._begun.remove(looked)

    def _checked(self, store: Store, looked: Looked, result: PageResult, emit: Callable[[Event], None]) -> PageResult:
        """A result, once it is sure that it is of the file that was looked at."""
        claim, count, sha256 = looked.claim, looked.page_count, looked.sha256
        source = claim.ref.source
        password = self._passwords.get(source)
        if None not in (result.sha256, sha256) and result.sha256 != sha256:
            # Another file by now: what was read is its page, so it is looked at anew.
            info = self._inspect(store, claim, password, emit)
            if isinstance(info, Failure):
                return failed(claim, info)
            if info.sha256 != result.sha256:
                return failed(claim, FileChanged(file=source.name).failure)
            count, sha256 = info.page_count, info.sha256
        return replace(result, page_count=count or 1, sha256=sha256)

    def _inspect(
        self, store: Store, claim: Claim, password: str | None, emit: Callable[[Event], None]
    ) -> SourceInfo | Failure:
        """Look at a page's file; the store gets what it tells, and the pages that are new."""
        added: tuple[PageRow, ...] = ()
        with believed(self._engine.distrust):
            info = self._engine.inspect(claim.ref.source, self._limits, password)
            if isinstance(info, SourceInfo):
                added = self._patiently(lambda: store.set_source_info(claim.page_id, info))
        if added:
            emit(PagesAdded(tuple(row.id for row in added)))
        return info


def failed(claim: Claim, failure: Failure) -> PageResult:
    """The result of a page that could not be read."""
    return PageResult(claim.ref, page_count=claim.page_count or 1, sha256=claim.sha256, error=failure)
