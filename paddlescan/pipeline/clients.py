"""The two children as their owners use them: an engine that reads, a light process that draws.

Each belongs to one thread; `kill` may come from any. What a child answers is checked against what
was asked before anybody believes it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from paddlescan.document import (
    EngineInfo,
    EngineOptions,
    Limits,
    PageRef,
    PageResult,
    Preparation,
    PrepareOptions,
    Quad,
    Runtimes,
    ScanOptions,
    SourceFile,
    SourceInfo,
)
from paddlescan.errors import Failure, PaddleScanError
from paddlescan.pipeline.ends import EngineLost
from paddlescan.pipeline.engine_process import engine_words
from paddlescan.pipeline.errands import Errand
from paddlescan.pipeline.messages import (
    AreaRead,
    Cut,
    Inspect,
    Inspected,
    Jpeg,
    MakeCutout,
    MakeJpeg,
    MakePrepared,
    MakePreview,
    MakeThumbnail,
    Picture,
    Prepared,
    Preview,
    Refused,
    Scanned,
    ScanPage,
    Start,
)
from paddlescan.pipeline.plausible import LARGEST_SIDE, is_plausible_info, is_plausible_result
from paddlescan.pipeline.runtimes_kept import keep_runtimes, with_kept
from paddlescan.pipeline.spawning import child_command
from paddlescan.pipeline.supervisor import ChildLimits, ChildProcess

LIGHT_LIMITS = ChildLimits(start_s=60.0, request_s=60.0, recycle_requests=500)
_SCRATCH_NAME = re.compile(r"[a-z0-9-]{1,40}\.(rgb|png|jpg)")


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
        try:
            answer = self.answer(ScanPage(page, options, password), Scanned)
        except EngineLost as lost:
            if lost.cause == "out_of_memory":  # perhaps as it held two runtimes: what is known by now must do
                self._start_with(runtimes_file=None)
            raise
        if isinstance(answer, Refused):
            return PageResult(page, error=answer.failure)
        if answer.result.page != page or not is_plausible_result(answer.result):
            raise self.distrust()
        self._keep(answer.runtimes)
        return answer.result

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
        pictures = (replace(p, file=_scratch_file(self, p.file)) for p in answer.pictures)
        return replace(answer, pictures=tuple(pictures))


class LightProcess(ChildProcess):
    """A child without models that decodes, prepares and draws. Never behind a batch.

    Pictures lie in files of the child's scratch folder: read them at once and delete them; they go with
    the child. Every request may raise EngineLost (ask again: a fresh child) or a PaddleScanError.
    """

    def __init__(
        self,
        limits: ChildLimits | None = None,
        log_file: Path | None = None,
        scratch_root: Path | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        super().__init__(command or child_command("light"), Start(), limits or LIGHT_LIMITS, log_file, scratch_root)

    def inspect(self, source: SourceFile, limits: Limits | None = None, password: str | None = None) -> SourceInfo:
        """Format, number of pages and hash of a file."""
        limits = limits or Limits()
        info = self.ask(Inspect(source, limits, password), Inspected).info
        if not is_plausible_info(info, limits):
            raise self.distrust()
        return info

    def preview(
        self,
        page: PageRef,
        options: ScanOptions,
        max_side: int,
        region: Quad | None = None,
        known: Preparation | None = None,
        password: str | None = None,
        has_before: str = "",
    ) -> Preview:
        """The page, or one receipt of it, before and after preparation.

        known: what reading it found. has_before: `before_key` of an earlier answer; where the picture before is
        still that one, it does not come again.
        """
        request = MakePreview(page, options, max_side, region, known, password, has_before)
        answer = self.ask(request, Preview)
        if answer.before is None and (not has_before or answer.before_key != has_before):
            raise self.distrust()
        before = answer.before and self._place(answer.before)
        return replace(answer, before=before, after=self._place(answer.after))

    def thumbnail(
        self, page: PageRef, max_side: int, limits: Limits | None = None, password: str | None = None
    ) -> Picture:
        """The page as it is, small."""
        return self._place(self.ask(MakeThumbnail(page, max_side, limits or Limits(), password), Cut).picture)

    def cutout(
        self,
        page: PageRef,
        quad: Quad,
        max_width: int,
        max_height: int = 400,
        limits: Limits | None = None,
        password: str | None = None,
    ) -> Picture:
        """The source page around a quad, with a margin, turned so that the quad's text is upright."""
        request = MakeCutout(page, quad, max_width, max_height, limits or Limits(), password)
        return self._place(self.ask(request, Cut).picture)

    def jpeg(
        self,
        page: PageRef,
        prepare: PrepareOptions,
        known: Preparation,
        most_pixels: int,
        region: Quad | None = None,
        limits: Limits | None = None,
        password: str | None = None,
    ) -> Jpeg | Failure:
        """The page, or one receipt of it, prepared for paper with what reading it found; or what is wrong with it."""
        request = MakeJpeg(page, prepare, region, known, most_pixels, limits or Limits(), password)
        answer = self.answer(request, Jpeg)
        return answer.failure if isinstance(answer, Refused) else replace(answer, file=_scratch_file(self, answer.file))

    def _place(self, picture: Picture) -> Picture:
        """The picture with its full path; distrusted if its measures do not fit its file."""
        file = _scratch_file(self, picture.file)
        fits = (
            0 < picture.width <= LARGEST_SIDE
            and 0 < picture.height <= LARGEST_SIDE
            and picture.stride >= 3 * picture.width
            and Path(file).stat().st_size == picture.stride * picture.height
        )
        if not fits:
            raise self.distrust()
        return Picture(file, picture.width, picture.height, picture.stride)


def _scratch_file(child: ChildProcess, name: str) -> str:
    """The full path of a file that lies in a child's scratch and is a plain file, no link out of it."""
    if child.scratch is None or not _SCRATCH_NAME.fullmatch(name):
        raise child.distrust()
    file = child.scratch / name
    if file.is_symlink() or not file.is_file():
        raise child.distrust()
    return str(file)
