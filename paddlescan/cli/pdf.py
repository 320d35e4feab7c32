"""`scan --pdf F`: one searchable PDF of the batch's prepared pages."""

from __future__ import annotations

from pathlib import Path

from paddlescan.cli.work import Work
from paddlescan.errors import PagesLeftOut
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.prepared_pages import PreparedPages, write_batch_pdf


def write_pdf_file(value: str, work: Work) -> None:
    """Write it and tell what is not in it. Raises PagesLeftOut after that, and whatever keeps the file from being."""
    process = LightProcess(log_file=work.paths.logs / "pdf.log", scratch_root=work.paths.scratch)
    try:
        with work.terminal.start("drawing", 0):
            pages = PreparedPages(work.store, work.batch, process, work.passwords, work.terminal.advance)
            report = write_batch_pdf(pages, Path(value), work.overwrite, work.language)
    finally:
        process.stop()
    work.terminal.say("wrote_pages", file=value, pages=report.pages)
    for left in filter(lambda left: left.is_news, report.left_out):
        work.terminal.fail(left.failure)
    if report.left_out:
        raise PagesLeftOut(file=value, detail=str(len(report.left_out)))
