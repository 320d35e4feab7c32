"""Sentences of the export dialog that hang on what is shown: about a preview, about what was written."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from paddlescan.export.name_pattern import NAMES
from paddlescan.gui.export.copies_preview import Copies, Copy
from paddlescan.gui.export.job import Outcome
from paddlescan.gui.export.orders import Format
from paddlescan.gui.export.preview import FIRST, Cell, Mood, Pages, Table, Tally, Text
from paddlescan.gui.shared import language
from paddlescan.words import caption, together


def field_word(name: str) -> str:
    """What a name in a pattern stands for."""
    translate = QCoreApplication.translate  # by this name, or lupdate does not see it
    if name == "number":
        return translate("ExportWords", "Running number")
    return caption(name, language())


FIELDS = tuple(name for name in NAMES if name != "page")
"""Names that are offered for a pattern; the page is there for those who type it."""


class ExportWords(QObject):
    """In the window's language, whenever it is asked."""

    def about_contents(self, tally: Tally | None, unread: int, left_out: int = 0) -> str:
        """What will be handed in, and what will be missing. tally: None while it is counted; unread: pages; left_out:
        rows of the table that are no receipts, and not in the file."""
        parts = []
        if tally is not None:
            parts.append(self.tr("%n row(s)", None, tally.rows))
            if tally.to_check:
                parts.append(self.tr("{count} to check").format(count=tally.to_check))
            if tally.failed:
                parts.append(self.tr("{count} failed").format(count=tally.failed))
        if left_out:
            parts.append(self.tr("%n row(s) of blank or failed pages left out", None, left_out))
        if unread:
            parts.append(self.tr("%n page(s) not read yet", None, unread))
        return " · ".join(parts)

    def about_preview(self, chosen: Format, found: Table | Text | Pages | Copies) -> str:
        """What stands over a preview."""
        if isinstance(found, Pages):
            pages = self.tr("%n page(s)", None, found.count)
            if found.size is None:
                return pages
            size = QLocale().formattedDataSize(found.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
            return self.tr("{pages}, about {size}").format(pages=pages, size=size)
        if isinstance(found, Copies):
            said = self.tr("Dry run: %n copy(ies)", None, found.made)
            if found.odd:
                said += " · " + self.tr("%n name(s) to look at", None, found.odd)
            return said
        if isinstance(found, Text):
            return self.tr("Preview: the first receipt")
        if chosen == "report":
            return self.tr("Preview: counts and sums of the first sheet")
        if found.count is None:
            return self.tr("Preview: the first {count} rows").format(count=FIRST)
        if found.count > FIRST:
            return self.tr("Preview: the first {count} of %n row(s)", None, found.count).format(count=FIRST)
        return self.tr("Preview: %n row(s)", None, found.count)

    def copies_table(self, found: Copies) -> Table:
        """Old names, new names and remarks as a table."""
        headers = (
            Cell(self.tr("Original")),
            Cell(self.tr("Copy")),
            Cell(self.tr("Remark")),
        )
        return Table(headers, tuple(self._copy_cells(copy) for copy in found.copies), (), Tally(len(found.copies)))

    def _copy_cells(self, copy: Copy) -> tuple[Cell, ...]:
        said = self._copy_remark(copy)
        mood: Mood = "failed" if copy.trouble else "doubtful" if copy.is_odd else "soft" if copy.there else "plain"
        return Cell(copy.before, mood="soft"), Cell(copy.after, mood=mood), Cell(said, mood="soft" if said else "plain")

    def _copy_remark(self, copy: Copy) -> str:
        if copy.trouble:
            return copy.trouble
        said = []
        if copy.missing:
            names = ("、" if language() == "zh" else ", ").join(field_word(name) for name in copy.missing)
            said.append(self.tr("not read: {names}").format(names=names))
        if copy.taken:
            said.append(self.tr("the name is taken, so it gets a number"))
        if copy.there:
            said.append(self.tr("is there already, not copied again"))
        if copy.receipts > 1:
            said.append(self.tr("named after the first of %n receipt(s)", None, copy.receipts))
        return ("；" if language() == "zh" else "; ").join(said)

    def about_outcome(self, chosen: Format, outcome: Outcome, name: str) -> tuple[str, str]:
        """What was written, and the rank of that sentence. name: of the file or folder."""
        if chosen == "rename":
            said = self.tr("%n copy(ies) made in {folder}.", None, outcome.count).format(folder=name)
            if outcome.there:
                said = together(said, self.tr("%n were there already.", None, outcome.there))
            if outcome.failed:
                said = together(said, self.tr("%n copy(ies) could not be made.", None, len(outcome.failed)))
            return said, "bad" if outcome.failed else "head"
        if chosen == "pdf":
            said = self.tr("{file} is written: %n page(s).", None, outcome.count).format(file=name)
            if outcome.left_out:
                said = together(
                    said, self.tr("%n page(s) could not be drawn and are not in it.", None, outcome.left_out)
                )
            return said, "doubt" if outcome.left_out else "head"
        said = self.tr("{file} is written: %n row(s).", None, outcome.count).format(file=name)
        return said, "head"

    def about_progress(self, chosen: Format, done: int, total: int) -> str:
        """How far it is."""
        words = self.tr("Copying… {done} of {total}") if chosen == "rename" else self.tr("Writing… {done} of {total}")
        return words.format(done=done, total=total)
