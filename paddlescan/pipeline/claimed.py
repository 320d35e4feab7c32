"""From a claimed page to its result: its file is looked at where nobody did, then the page is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from paddlescan.document import Limits, PageResult, ScanOptions, SourceInfo
from paddlescan.errors import Failure, FileChanged
from paddlescan.pipeline.events import Event, PagesAdded
from paddlescan.pipeline.page_engine import PageEngine
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.plausible import believed
from paddlescan.store import Claim, PageRow, Store

Patiently = Callable[[Callable[[], tuple[PageRow, ...]]], tuple[PageRow, ...]]


class ClaimReader:
    """Has one engine read what its worker claimed. Belongs to the worker's thread."""

    def __init__(self, engine: PageEngine, limits: Limits, passwords: Passwords, patiently: Patiently) -> None:
        """patiently: writes to the store, also while another program holds it for a while."""
        self._engine, self._limits, self._passwords, self._patiently = engine, limits, passwords, patiently

    def read(self, store: Store, claim: Claim, emit: Callable[[Event], None]) -> PageResult:
        """The result; one with an error for what is wrong with the file. Raises what the engine's requests raise."""
        source = claim.ref.source
        password = self._passwords.get(source)
        count, sha256 = claim.page_count, claim.sha256
        if not claim.inspected:
            info = self._inspect(store, claim, password, emit)
            if isinstance(info, Failure):
                return failed(claim, info)
            count, sha256 = info.page_count, info.sha256
        with believed(self._engine.distrust):
            result = self._engine.scan(claim.ref, ScanOptions(claim.prepare, self._limits), password)
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
