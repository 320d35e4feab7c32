"""`scan --report F`: what an auditor wants to see of the batch."""

from __future__ import annotations

from pathlib import Path

from paddlescan.cli.work import Work
from paddlescan.export.links import linked_file
from paddlescan.export.report import write_report
from paddlescan.pipeline.batch_facts import batch_facts


def write_report_file(value: str, work: Work) -> None:
    """Write it."""
    removed = work.store.export_rows(work.batch, removed=True)
    facts = batch_facts(work.store, work.batch)
    write_report(work.rows(), Path(value), work.overwrite, work.language, facts, removed, linked_file)
    work.terminal.say("wrote", file=value)
