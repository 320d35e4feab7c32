"""What a walk over widgets finds: what can be reached and has no name, and words that are cut off."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHeaderView,
    QLabel,
    QStyle,
    QStyleOptionHeader,
    QTabBar,
    QWidget,
)

PADDING = 3
"""So much of a button's height is air."""
ELIDES = ("OneLine", "Parts", "ElidedLabel")
"""Labels that end in an ellipsis where there is no room, with the whole in their hint."""

# What can be reached and has no name ------------------------------------------------------------------


def reached(root: QWidget) -> list[QWidget]:
    """What Tab can reach, in its order, as far as it is shown."""
    found, widget = [], root
    while (widget := widget.nextInFocusChain()) is not root:
        if widget.window() is root and widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(widget)
    return found


def nameless(root: QWidget) -> list[str]:
    """What can be reached and a screen reader cannot name, or takes for nothing in particular."""
    told = []
    for widget in reached(root):
        seen = QAccessible.queryAccessibleInterface(widget)
        if widget.focusProxy() is not None or not widget.isEnabled():
            continue
        if not seen.text(QAccessible.Text.Name).strip() or seen.role() in (QAccessible.Role.NoRole,):
            told.append(path_of(widget))
    return told


# What is cut off --------------------------------------------------------------------------------------


def cut_off(root: QWidget) -> list[str]:
    """Words that have less room than they want, by where they are; and whatever lies outside its parent."""
    told = []
    for widget in (w for w in root.findChildren(QWidget) if w.isVisible()):
        wants = _wants(widget)
        if wants is not None and (wants.width() > widget.width() + 1 or wants.height() > widget.height() + PADDING):
            told.append(f"{path_of(widget)}: {_words(widget)!r} wants {wants.toTuple()}, has {widget.size().toTuple()}")
        elif wants is not None and not _in_sight(widget):
            told.append(f"{path_of(widget)}: {_words(widget)!r} sticks out")
        if isinstance(widget, QHeaderView):
            told += [f"{path_of(widget)}: column {words!r}" for words in _cut_columns(widget)]
    return told


def _wants(widget: QWidget) -> QSize | None:
    """The least that shows all of its words; None for what has none."""
    if not _words(widget) or type(widget).__name__ in ELIDES:
        return None
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return QSize(0, widget.heightForWidth(widget.width()))
        return widget.sizeHint()
    if isinstance(widget, QAbstractButton | QComboBox | QTabBar):
        return widget.sizeHint()
    return None


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text() or widget.accessibleName()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def _in_sight(widget: QWidget) -> bool:
    """Whether it lies within its parents, or can be scrolled to."""
    area = QRect(widget.rect())
    parent = widget
    while (above := parent.parentWidget()) is not None and not parent.isWindow():
        area.moveTopLeft(parent.mapToParent(area.topLeft()))
        if above.objectName() == "qt_scrollarea_viewport":
            return True
        if not above.rect().adjusted(-PADDING, -PADDING, PADDING, PADDING).contains(area):
            return False
        parent = above
    return True


def _cut_columns(header: QHeaderView) -> list[str]:
    told, model = [], header.model()
    for at in range(header.count()) if model is not None else ():
        words = str(model.headerData(at, header.orientation()) or "")
        if header.isSectionHidden(at) or not words or header.orientation() != Qt.Orientation.Horizontal:
            continue
        option = QStyleOptionHeader()
        header.initStyleOption(option)
        option.text = words  # type: ignore[attr-defined] # the stub lacks it
        wants = header.style().sizeFromContents(QStyle.ContentsType.CT_HeaderSection, option, QSize(), header)
        if wants.width() > header.sectionSize(at) + 1:
            told.append(words)
    return told


def path_of(widget: QWidget) -> str:
    """Where a widget is: the classes from its window down to it."""
    names, at = [], widget
    while at is not None:
        names.append(type(at).__name__ + (f"#{at.objectName()}" if at.objectName() else ""))
        at = None if at.isWindow() else at.parentWidget()
    return " > ".join(reversed(names))
