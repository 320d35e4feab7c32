"""`scan --report F`: what an auditor wants to see of the batch."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from paddlescan.cli.work import Work
from paddlescan.export.links import linked_file
from paddlescan.export.report import BatchFacts, write_report
from paddlescan.pipeline.keeping import login_name


def write_report_file(value: str, work: Work) -> None:
    """Write it."""
    summary = work.store.summary(work.batch)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    facts = BatchFacts(summary.name, summary.created_at, summary.pages, now, login_name())
    removed = work.store.export_rows(work.batch, removed=True)
    write_report(work.rows(), Path(value), work.overwrite, work.language, facts, removed, linked_file)
    work.terminal.say("wrote", file=value)
