"""`scan --xlsx F`: the workbook, with small pictures that a process of its own draws."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from paddlescan.cli.work import Work
from paddlescan.document.export import ExportRow
from paddlescan.export.links import linked_file
from paddlescan.export.template_files import default_template
from paddlescan.export.xlsx_export import write_xlsx
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.row_pictures import RowPictures


def write_xlsx_file(value: str, work: Work) -> None:
    """Write it, and show how far it is: most of the time goes into the pictures."""
    path, template = Path(value), work.template
    if work.options.no_thumbnails or (template is not None and "picture" not in template.keys):
        rows = write_xlsx(work.rows(), path, work.overwrite, work.language, template, None, linked_file)
    else:
        process = LightProcess(log_file=work.paths.logs / "sheet.log", scratch_root=work.paths.scratch)
        try:
            pictures = RowPictures(process, work.passwords)
            with work.terminal.start("drawing", 0):
                rows = write_xlsx(_told(work), path, work.overwrite, work.language, template, pictures, linked_file)
        finally:
            process.stop()
    work.terminal.say("wrote_rows", file=value, rows=rows)


def _told(work: Work) -> Iterator[ExportRow]:
    sheet = work.template or default_template()
    total = sum(row.is_receipt or sheet.only == "all" for row in work.store.receipt_rows(work.batch))
    for done, row in enumerate(sheet.chosen(work.rows()), 1):
        yield row
        work.terminal.advance(done, total)
