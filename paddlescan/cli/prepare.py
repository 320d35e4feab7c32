"""`paddlescan prepare`: straightened and cleaned pages as PNG files, without reading them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from paddlescan.cli.named_paths import refuse_missing
from paddlescan.cli.opening import nothing_in, scan_options
from paddlescan.cli.terminal import Terminal
from paddlescan.desktop.packed import packed_left
from paddlescan.document import (
    EngineOptions,
    Language,
    PageRef,
    PageResult,
    Receipt,
    ScanOptions,
    SourceFile,
    SourceInfo,
)
from paddlescan.document.export import rows_of
from paddlescan.errors import LOCKED_CODES, Failure, PaddleScanError
from paddlescan.export.atomic import atomic_file, check_target, make_folder
from paddlescan.export.json_export import write_json
from paddlescan.export.originals import Originals
from paddlescan.paths import Paths, user_paths
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.encoded import ask_pngs
from paddlescan.pipeline.intake import IntakeProblem, walk
from paddlescan.pipeline.losses import blame, try_twice
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.settings import load_settings, threads_for


def run_prepare(options: argparse.Namespace, language: Language) -> int:
    """Prepare every page of the inputs; a page that fails is told and the rest goes on."""
    paths = user_paths().make()
    terminal = Terminal(language, options.quiet)
    refuse_missing(options.paths)
    found = list(walk(options.paths))
    if not found:
        raise nothing_in(options.paths)
    originals = Originals(lambda: (_source(item).path for item in found))
    if options.json:
        check_target(Path(options.json), options.overwrite)
        originals.refuse(Path(options.json))
    out = Path(options.out)
    make_folder(out)
    process = EngineProcess(_engine(paths), log_file=paths.logs / "prepare.log", scratch_root=paths.scratch)
    ask = terminal.ask_password if terminal.can_ask else None
    preparer = _Preparer(process, out, scan_options(options), options.overwrite, ask, originals)
    results: list[PageResult] = []
    try:
        with terminal.start("preparing", len(found)):
            for number, item in enumerate(found, 1):
                for result in preparer.file(item):
                    results.append(result)
                    if result.error is not None:
                        terminal.fail(result.error)
                terminal.advance(number, len(found))
    finally:
        process.stop()
    packed = packed_left(options.paths)
    if packed is not None and not options.quiet:
        terminal.fail(packed.failure)
    if options.json:
        try:
            write_json([row for result in results for row in rows_of(result)], Path(options.json), options.overwrite)
        except PaddleScanError as error:
            terminal.fail(error.failure)
            return 1
        terminal.say("wrote", file=options.json)
    return 1 if any(result.error for result in results) else 0


def _engine(paths: Paths) -> EngineOptions:
    """As each of the engines of a scan is, so that what the one finds out about the runtimes serves the other."""
    threads = threads_for(load_settings(paths.settings).worker_count())
    return EngineOptions(threads=threads, runtimes_file=str(paths.runtimes))


def _source(item: SourceFile | IntakeProblem) -> SourceFile:
    return item if isinstance(item, SourceFile) else item.source


class _Preparer:
    """Sends files through an engine process and puts the pictures into the folder."""

    def __init__(
        self,
        process: EngineProcess,
        out: Path,
        options: ScanOptions,
        overwrite: bool,
        ask: Callable[[str], str] | None = None,
        originals: Originals | None = None,
    ) -> None:
        """ask: a file's password by the file's name, empty for none; None: nobody can be asked. originals: what no
        picture may replace."""
        self.originals = originals or Originals(tuple)
        self.process, self.out, self.options, self.overwrite, self.ask = process, out, options, overwrite, ask
        self.password = os.environ.get("PADDLESCAN_PASSWORD")
        self.written: set[Path] = set()

    def file(self, item: SourceFile | IntakeProblem) -> list[PageResult]:
        """All pages of a file; one failed page where it cannot even be opened. Raises if no engine starts."""
        if isinstance(item, IntakeProblem):
            return [PageResult(PageRef(item.source), error=item.failure)]
        password = self.password
        info = self._inspected(item, password)
        if isinstance(info, Failure) and info.code in LOCKED_CODES and self.ask is not None:
            password = self.ask(item.name)
            info = self._inspected(item, password) if password else info
        if isinstance(info, Failure):
            return [PageResult(PageRef(item), error=info)]
        return [self.page(PageRef(item, number), info, password) for number in range(1, info.page_count + 1)]

    def _inspected(self, source: SourceFile, password: str | None) -> SourceInfo | Failure:
        try:
            return try_twice(lambda: self.process.inspect(source, self.options.limits, password))
        except EngineLost as lost:
            return blame(lost, source.name, self.process.limits.request_s)

    def page(self, ref: PageRef, info: SourceInfo, password: str | None = None) -> PageResult:
        """One page, written as `name-page.png`; its receipts where it holds several as `name-page-receipt.png`."""
        try:
            answer = try_twice(lambda: ask_pngs(self.process, ref, self.options, password))
        except EngineLost as lost:
            answer = blame(lost, ref.source.name, self.process.limits.request_s)
        if isinstance(answer, Failure):
            return PageResult(ref, info.page_count, info.sha256, error=answer)
        told, count = answer.told, len(answer.pngs)
        try:
            for number, png in enumerate(answer.pngs, 1):
                self._place(png, ref, f"-{number}" if count > 1 else "")
        except PaddleScanError as error:
            return PageResult(ref, info.page_count, info.sha256, error=error.failure)
        receipts = tuple(
            Receipt(number=number, count=count, region=picture.region, preparation=picture.preparation)
            for number, picture in enumerate(told.pictures, 1)
        )
        return PageResult(ref, info.page_count, info.sha256, told.width, told.height, receipts, quality=told.quality)

    def _place(self, png: bytes, ref: PageRef, part: str) -> None:
        """Put a picture into the folder under a name that no other file of this run took."""
        stem, end = Path(ref.source.path).stem, f"-{ref.number}{part}.png"
        target = self.out / f"{stem}{end}"
        twin = 2
        while target in self.written:  # two folders may hold files of the same name
            target, twin = self.out / f"{stem} ({twin}){end}", twin + 1
        self.originals.refuse(target)
        with atomic_file(target, self.overwrite) as file:
            file.write(png)
        self.written.add(target)
