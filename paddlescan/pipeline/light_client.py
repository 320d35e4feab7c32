"""The child that draws, as its owner uses it; see `clients` for the one that reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from paddlescan.document import Limits, PageRef, Preparation, PrepareOptions, Quad, ScanOptions, SourceFile, SourceInfo
from paddlescan.errors import Failure
from paddlescan.pipeline.child_files import scratch_file
from paddlescan.pipeline.messages import (
    Cut,
    Inspect,
    Inspected,
    Jpeg,
    MakeCutout,
    MakeJpeg,
    MakePreview,
    MakeThumbnail,
    Picture,
    Preview,
    Refused,
    Start,
)
from paddlescan.pipeline.plausible import LARGEST_SIDE, is_plausible_info
from paddlescan.pipeline.spawning import child_command
from paddlescan.pipeline.supervisor import ChildLimits, ChildProcess

LIGHT_LIMITS = ChildLimits(start_s=60.0, request_s=60.0, recycle_requests=500)


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
        return answer.failure if isinstance(answer, Refused) else replace(answer, file=scratch_file(self, answer.file))

    def _place(self, picture: Picture) -> Picture:
        """The picture with its full path; distrusted if its measures do not fit its file."""
        file = scratch_file(self, picture.file)
        fits = (
            0 < picture.width <= LARGEST_SIDE
            and 0 < picture.height <= LARGEST_SIDE
            and picture.stride >= 3 * picture.width
            and Path(file).stat().st_size == picture.stride * picture.height
        )
        if not fits:
            raise self.distrust()
        return Picture(file, picture.width, picture.height, picture.stride)
