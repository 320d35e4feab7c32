"""The child that reads, as its owner uses it.

It belongs to one thread; `kill` may come from any. What it answers is checked against what was asked before anybody
believes it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from paddlescan.document import (
    EngineInfo,
    EngineOptions,
    Limits,
    PageRef,
    PageResult,
    Runtimes,
    ScanOptions,
    SourceFile,
    SourceInfo,
)
from paddlescan.errors import Failure, PaddleScanError
from paddlescan.pipeline.child_files import scratch_file
from paddlescan.pipeline.ends import Cause, EngineLost
from paddlescan.pipeline.engine_process import engine_words
from paddlescan.pipeline.errands import Errand
from paddlescan.pipeline.messages import (
    Answer,
    AreaRead,
    BeginPage,
    Begun,
    Hello,
    Inspect,
    Inspected,
    MakePrepared,
    Prepared,
    ReadBegun,
    ReadTogether,
    Refused,
    Request,
    Scanned,
    ScanPage,
    Start,
)
from paddlescan.pipeline.plausible import is_plausible_info, is_plausible_result
from paddlescan.pipeline.runtimes_kept import keep_runtimes, with_kept
from paddlescan.pipeline.spawning import child_command
from paddlescan.pipeline.supervisor import ChildLimits, ChildProcess

A = TypeVar("A", bound=Answer)


class EngineProcess(ChildProcess):
    """A child with one loaded engine.

    Every request may raise EngineLost, or the PaddleScanError for which no engine starts (a missing model, a full
    disk). What is wrong with a file is an answer, so that nobody takes the one for the other.
    """

    def __init__(
        self,
        options: EngineOptions | None = None,
        limits: ChildLimits | None = None,
        log_file: Path | None = None,
        scratch_root: Path | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        self._options = options = with_kept(options or EngineOptions())
        folders = (options.models_dir, options.patterns_dir, options.gpu_dir)
        words = engine_words(options.threads, options.device, *folders)
        super().__init__(command or child_command("engine", *words), Start(options), limits, log_file, scratch_root)
        self._begun: list[PageRef] = []
        """Pages that the present child has begun."""
        self._has_read = 0
        """The latest of the children that has read a page, by its number."""

    @property
    def engine(self) -> EngineInfo | None:
        """Which engine is loaded; None while there is none."""
        return self.hello.engine if self.hello else None

    def wants_gpu(self) -> bool:
        """Whether it would start on a GPU although it need not."""
        from paddlescan.ocr.devices import choose_device  # the first engine starts sooner without it

        try:
            return self._options.device == "auto" and choose_device(self._options).device == "gpu"
        except PaddleScanError:
            return False

    def do_without_gpu(self) -> None:
        """From the next start on, load on the CPU."""
        self._start = Start(dataclasses.replace(self._options, device="cpu"))

    def inspect(self, source: SourceFile, limits: Limits, password: str | None = None) -> SourceInfo | Failure:
        """Format, number of pages and hash of a file, or what is wrong with it."""
        answer = self.answer(Inspect(source, limits, password), Inspected)
        if isinstance(answer, Refused):
            return answer.failure
        if not is_plausible_info(answer.info, limits):
            raise self.distrust()
        return answer.info

    def scan(self, page: PageRef, options: ScanOptions, password: str | None = None) -> PageResult:
        """The page, read. A page that cannot be read is a result with an error, not an exception."""
        answer = self._read(ScanPage(page, options, password), Scanned)
        self._has_read = self.starts
        if isinstance(answer, Refused):
            return PageResult(page, error=answer.failure)
        self._check([page], [answer.result])
        self._keep(answer.runtimes)
        return answer.result

    def begin(self, page: PageRef, options: ScanOptions, password: str | None = None) -> PageResult | Begun:
        """Have a page prepared, to be read with others by `read_begun`; its result where it was read at once, as every
        page is on a processor, and the first of each child: nobody waits for a second one then."""
        hello = self.ensure_started()
        if hello.engine is None or hello.engine.device != "gpu" or self._has_read != self.starts:
            return self.scan(page, options, password)
        answer = self._read(BeginPage(page, options, password), Begun)
        if isinstance(answer, Refused):
            return PageResult(page, error=answer.failure)
        if answer.result is None:
            self._begun.append(page)
            return answer
        self._check([page], [answer.result])
        self._keep(answer.runtimes)
        return answer.result

    def read_begun(self) -> tuple[PageResult, ...]:
        """The pages that were begun, read together, in that order."""
        pages = tuple(self._begun)
        answer = self._read(ReadBegun(), ReadTogether)
        self._begun.clear()
        if isinstance(answer, Refused):
            return tuple(PageResult(page, error=answer.failure) for page in pages)
        self._check(pages, answer.results)
        self._keep(answer.runtimes)
        return answer.results

    def ensure_started(self) -> Hello:
        """As of any child; and raises EngineLost where one has ended by itself that had begun pages."""
        if self._begun and (self._process is None or self._process.poll() is not None):
            raise self._lose(None)
        return super().ensure_started()

    def _holds_work(self) -> bool:
        return bool(self._begun)

    def _lose(self, cause: Cause | None, while_starting: bool = False, on_errand: bool = False) -> EngineLost:
        self._begun.clear()
        return super()._lose(cause, while_starting, on_errand)

    def _read(self, request: Request, expected: type[A]) -> A | Refused:
        try:
            return self.answer(request, expected)
        except EngineLost as lost:
            if lost.cause == "out_of_memory":  # perhaps as it held two runtimes: what is known by now must do
                self._start_with(runtimes_file=None)
            raise

    def _check(self, pages: Sequence[PageRef], results: Sequence[PageResult]) -> None:
        """Whether these are results of these pages; raises EngineLost."""
        if [result.page for result in results] != list(pages) or not all(map(is_plausible_result, results)):
            raise self.distrust()

    def _begin(self) -> None:
        """With what another engine may have found out since."""
        fresh = with_kept(dataclasses.replace(self._options, runtimes=None)).runtimes
        if fresh is not None:
            self._start_with(runtimes=fresh)
        super()._begin()

    def _keep(self, runtimes: Runtimes | None) -> None:
        """What an engine has found out, if it has, for the next engine and those after it."""
        options = self._options
        if runtimes is not None and options.runtimes_file is not None:
            keep_runtimes(Path(options.runtimes_file), runtimes, options.threads)
            self._start_with(runtimes=runtimes)

    def _start_with(self, **changed: Any) -> None:
        """The next engine gets these options, too."""
        self._options = dataclasses.replace(self._options, **changed)
        if isinstance(self._start, Start) and self._start.engine is not None:
            self._start = Start(dataclasses.replace(self._start.engine, **changed))

    def run(self, errand: Errand) -> None:
        """Do an errand, or say that it is lost and raise what any request may raise."""
        answer: AreaRead | Refused | None = None
        try:
            self.ensure_started()
            answer = AreaRead() if errand.request is None else self.answer(errand.request, AreaRead)
        finally:
            errand.done(answer if isinstance(answer, AreaRead) else None)

    def prepare(self, page: PageRef, options: ScanOptions, password: str | None = None) -> Prepared | Failure:
        """The receipts of a page, prepared, each as a PNG file; or what is wrong with the page.

        The files lie in the child's scratch folder: read them at once and delete them.
        """
        answer = self.answer(MakePrepared(page, options, password), Prepared)
        if isinstance(answer, Refused):
            return answer.failure
        self._keep(answer.runtimes)
        pictures = (replace(p, file=scratch_file(self, p.file)) for p in answer.pictures)
        return replace(answer, pictures=tuple(pictures))
