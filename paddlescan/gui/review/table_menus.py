"""The menus of the batch table: of its rows, and of its header (which columns, and the way back to dropping order)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu

from paddlescan.gui.review.columns import COLUMNS, STATE
from paddlescan.gui.review.labels import field_label, shown_value
from paddlescan.gui.review.many import values_now
from paddlescan.gui.review.pages_together import put_together, taken_apart
from paddlescan.gui.shared import no_keys, tooltip
from paddlescan.words import categories

if TYPE_CHECKING:
    from paddlescan.gui.review.table import ReviewTable

_MOST_CATEGORIES = 12


def row_menu(table: ReviewTable) -> QMenu:
    """What can be done with the selected rows; it goes when it is closed."""
    translate = QCoreApplication.translate  # by this name, or lupdate does not see it
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    rows = [table.desk.sheet.line(i) for i in table.selected_ids()]
    table.failed.fill_menu(menu, table.currentIndex() if len(rows) == 1 else QModelIndex())
    menu.addAction(translate("TableMenu", "Copy"), table.copy_selection).setEnabled(bool(rows))
    menu.addAction(translate("TableMenu", "Add a row by hand"), table.desk.add_row)
    menu.addMenu(_category_menu(table, menu)).setEnabled(any(not row.removed for row in rows))
    menu.addSeparator()
    apart = menu.addAction(translate("TableMenu", "Separate receipts, one for each page"), table.take_selected_apart)
    apart.setEnabled(bool(taken_apart(rows)))
    together = menu.addAction(translate("TableMenu", "One receipt of these pages"), table.put_selected_together)
    together.setEnabled(bool(put_together(rows)))
    menu.addSeparator()
    remove = menu.addAction(translate("TableMenu", "Remove"), table.remove_selected)
    remove.setEnabled(any(not row.removed for row in rows))
    restore = menu.addAction(translate("TableMenu", "Restore"), table.removed.restore)
    restore.setEnabled(any(row.removed for row in rows))
    show = menu.addAction(translate("TableMenu", "Show removed rows"))
    show.setCheckable(True)
    show.setChecked(table.review_model.arrangement.show_removed)
    show.toggled.connect(table.set_show_removed)
    menu.addSeparator()
    menu.addActions(table.actions())
    return menu


class _Categories(QObject):
    """The receiver of the category menu's actions."""

    def __init__(self, table: ReviewTable, menu: QMenu) -> None:
        super().__init__(menu)
        self._table = table

    @Slot(QAction)
    def choose(self, action: QAction) -> None:
        """Give the selected rows the category of an action."""
        self._table.category_wanted.emit(action.data())


def _category_menu(table: ReviewTable, parent: QMenu) -> QMenu:
    """The categories that are in use, the most frequent first, then the others; the last one takes it away."""
    menu = QMenu(QCoreApplication.translate("TableMenu", "Set category"), parent)
    sheet = table.desk.sheet
    used = [value for value, _ in values_now(sheet, sheet.ids(), "category") if value]
    for value in dict.fromkeys([*used[:_MOST_CATEGORIES], *categories()]):
        words = shown_value("category", value)
        action = menu.addAction(no_keys(words))
        action.setToolTip(tooltip(words))  # else Qt makes one of the text, without any marks of ours
        action.setData(value)
    menu.addSeparator()
    menu.addAction(QCoreApplication.translate("TableMenu", "None")).setData("")
    menu.triggered.connect(_Categories(table, menu).choose)
    return menu


class _Chooser(QObject):
    """Shows and hides columns; the receiver of the header menu's actions."""

    def __init__(self, header: QHeaderView, menu: QMenu) -> None:
        super().__init__(menu)
        self._header, self._menu = header, menu

    @Slot(bool)
    def choose(self, _on: bool) -> None:
        """Bring the columns in line with the ticks."""
        for action in self._menu.actions():
            if action.isCheckable():
                self._header.setSectionHidden(int(action.data()), not action.isChecked())

    @Slot()
    def sort_by_risk(self) -> None:
        """What failed and what is to check comes first."""
        self._header.setSortIndicator(COLUMNS.index(STATE), Qt.SortOrder.AscendingOrder)

    @Slot()
    def sort_as_dropped(self) -> None:
        """Take the sorting away."""
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)


def column_menu(table: ReviewTable) -> QMenu:
    """The choice of columns; it goes when it is closed."""
    header = table.horizontalHeader()
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser = _Chooser(header, menu)
    for section, name in enumerate(COLUMNS):
        if name != STATE:
            action = QAction(field_label(name), menu)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(section))
            action.setData(section)
            action.toggled.connect(chooser.choose)
            menu.addAction(action)
    menu.addSeparator()
    menu.addAction(QCoreApplication.translate("TableMenu", "Doubtful first"), chooser.sort_by_risk)
    menu.addAction(QCoreApplication.translate("TableMenu", "Sort as dropped"), chooser.sort_as_dropped)
    return menu
