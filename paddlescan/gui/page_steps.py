"""What is done to a page as steps that can be undone: its switches, its turn, its receipts, reading it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from paddlescan.document import PrepareOptions
from paddlescan.gui.review.undo import DrawRegions
from paddlescan.gui.running.controller import BatchController

_SLIDING = ({"skew_degrees"}, {"skew_degrees", "deskew"}, {"seal_strength"}, {"seal_strength", "remove_seals"})
"""Switches that a knob is dragged for: dragged once more, it is the same step."""
_SWITCHED = 7_401
"""The id by which Qt asks such steps whether they are one."""


class PageSteps(QObject):
    """Pushes the steps; whatever is undone or done again brings its page to the front."""

    def __init__(self, controller: BatchController, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._stack = controller, stack

    @Slot(int, object, object)
    def switch(self, page_id: int, before: PrepareOptions, after: PrepareOptions) -> None:
        """Its switches were moved."""
        self._stack.push(SwitchPage(self, page_id, before, after))

    @Slot(int, object, object)
    def read_again(self, page_id: int, before: PrepareOptions | None, after: PrepareOptions) -> None:
        """Read it once more with other switches than the last time (`before`; None: that is not known).

        What was switched right before is part of the same step, since it is the reading that counts.
        """
        if before is None or before == after:
            self._controller.read_again(page_id, after)
            return
        while isinstance(last := self._stack.command(self._stack.index() - 1), SwitchPage) and last.page_id == page_id:
            last.absorbed = True
            self._stack.undo()
        self._stack.push(ReadPage(self, page_id, before, after))

    @Slot(int, object, object)
    def draw_regions(self, page_id: int, before: PrepareOptions, after: PrepareOptions) -> None:
        """A person said which receipts it holds: read it with that."""
        self._stack.push(DrawRegions(self._read_regions, page_id, before, after))

    @Slot(object)
    def one_receipt_each(self, page_ids: Sequence[int]) -> None:
        """Each of these pages is one receipt: read them with that, as one step."""
        rows = [row for row in map(self._controller.pages.page, page_ids) if row is not None]
        if not rows:
            return
        self._stack.beginMacro(QCoreApplication.translate("Undo", "one receipt a page"))
        for row in rows:
            self.draw_regions(row.id, row.prepare, replace(row.prepare, regions=(), find_regions=False))
        self._stack.endMacro()

    def set_switches(self, page_id: int, changed: dict[str, Any], fresh: bool, read: bool) -> bool:
        """Set some of a page's switches, or read it with them. fresh: the clerk just did that, and sees it."""
        row = self._controller.pages.page(page_id)
        if row is None:
            return False
        prepare = replace(row.prepare, **changed)
        if read:
            self._controller.read_again(page_id, prepare)
        else:
            self._controller.set_prepare(page_id, prepare, tell=not fresh)
        if not fresh:
            self._controller.show_page.emit(page_id)
        return True

    def _read_regions(self, page_id: int, prepare: PrepareOptions, again: bool) -> bool:
        """again: undone or done once more, when the other switches may have been moved since."""
        changed = {"regions": prepare.regions, "find_regions": prepare.find_regions}
        if not again:
            changed = {one.name: getattr(prepare, one.name) for one in fields(prepare)}
        return self.set_switches(page_id, changed, fresh=not again, read=True)


class _PageStep(QUndoCommand):
    """Some switches of a page."""

    reads = False

    def __init__(
        self, words: str, steps: PageSteps, page_id: int, before: PrepareOptions, after: PrepareOptions
    ) -> None:
        super().__init__(words)
        self.page_id = page_id
        self._steps = steps
        names = [one.name for one in fields(after) if getattr(before, one.name) != getattr(after, one.name)]
        self._before = {name: getattr(before, name) for name in names}
        self._after = {name: getattr(after, name) for name in names}
        self._fresh = True

    def redo(self) -> None:
        """Set them."""
        fresh, self._fresh = self._fresh, False
        self.setObsolete(not self._steps.set_switches(self.page_id, self._after, fresh, self.reads))

    def undo(self) -> None:
        """As they were."""
        self.setObsolete(not self._steps.set_switches(self.page_id, self._before, False, self.reads))


class SwitchPage(_PageStep):
    """Switches were moved: a turn, an angle, a seal. The page is not read again by that."""

    def __init__(self, steps: PageSteps, page_id: int, before: PrepareOptions, after: PrepareOptions) -> None:
        super().__init__(
            QCoreApplication.translate("Undo", "change of a page's switches"), steps, page_id, before, after
        )
        self.absorbed = False
        """Part of another step: undoing it alone does nothing."""

    def undo(self) -> None:
        """As they were."""
        if not self.absorbed:
            super().undo()

    def id(self) -> int:
        """Only steps of one id are asked whether they are one."""
        return _SWITCHED

    def mergeWith(self, other: QUndoCommand) -> bool:
        """A knob that is dragged twice is one step; back where it was, it is none."""
        if not isinstance(other, SwitchPage) or other.page_id != self.page_id:
            return False
        if set(self._after) not in _SLIDING or set(other._after) not in _SLIDING:
            return False
        if bool({"skew_degrees"} & set(self._after)) != bool({"skew_degrees"} & set(other._after)):
            return False
        self._before = other._before | self._before
        self._after |= other._after
        self.setObsolete(self._before == self._after)
        return True


class ReadPage(_PageStep):
    """A page was read once more with other switches."""

    reads = True

    def __init__(self, steps: PageSteps, page_id: int, before: PrepareOptions, after: PrepareOptions) -> None:
        super().__init__(
            QCoreApplication.translate("Undo", "reading with other switches"), steps, page_id, before, after
        )
