"""Every action of the window with its words, its shortcut and its icon; what they do is wired elsewhere."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from paddlescan.gui.icons import action_icon

SHORTCUTS: dict[str, str] = {
    "add_files": "Ctrl+O",
    "add_folder": "Ctrl+Shift+O",
    "scan_pages": "Ctrl+Shift+A",
    "new_batch": "Ctrl+N",
    "rename_batch": "Ctrl+Shift+N",
    "batches": "Ctrl+B",
    "export": "Ctrl+E",
    "read_back": "Ctrl+Shift+E",
    "settings": "Ctrl+,",
    "quit": "Ctrl+Q",
    "undo": "Ctrl+Z",
    "redo": "Ctrl+Shift+Z",
    "copy": "Ctrl+C",
    "paste": "Ctrl+V",
    "find": "Ctrl+F",
    "replace": "Ctrl+H",
    "fill_down": "Ctrl+D",
    "set_field": "Ctrl+Shift+D",
    "add_row": "Ctrl+I",
    "remove_rows": "Ctrl+Del",
    "restore_rows": "Ctrl+Shift+Del",
    "stop": "Ctrl+.",
    "read_again": "Ctrl+R",
    "read_failed": "Ctrl+Shift+R",
    "draw_receipts": "Ctrl+Shift+P",
    "take_text": "Ctrl+T",
    "to_page": "F4",
    "next_doubt": "F8",
    "previous_doubt": "Shift+F8",
    "samples": "Ctrl+Shift+M",
    "screen_region": "Ctrl+Shift+G",
    "show_pages": "F6",
    "show_fields": "F7",
    "show_table": "F9",
    "chip_all": "Alt+1",
    "chip_check": "Alt+2",
    "chip_failed": "Alt+3",
    "chip_rescan": "Alt+4",
    "chip_duplicate": "Alt+5",
    "show_removed": "Alt+6",
    "doubtful_first": "Alt+7",
    "narrow": "Ctrl+Shift+F",
    "summary": "Ctrl+Shift+S",
    "details": "Ctrl+Shift+I",
    "manual": "Ctrl+Shift+F1",
    "shortcuts": "F1",
    "support": "Ctrl+F1",
    "about": "Shift+F1",
}
"""Every action by its name, with its keys."""

_OTHER_KEYS = {"redo": "Ctrl+Y"}
"""Keys that do the same, for hands that learnt them elsewhere."""

_ICONS = {"add_files": "add", "add_folder": "folder", "scan_pages": "scanner", "stop": "stop", "export": "export"}
_PANES = ("show_pages", "show_fields", "show_table")
_CHIPS = ("chip_all", "chip_check", "chip_failed", "chip_rescan", "chip_duplicate")
_SWITCHES = (*_PANES, "show_removed", "doubtful_first", "narrow", "summary")

_MENUS: dict[str, tuple[str | None, ...]] = {
    "file": (
        *("add_files", "add_folder", "scan_pages", "screen_region", "samples", None),
        *("new_batch", "rename_batch", "batches", None),
        *("export", "read_back", None, "settings", None, "quit"),
    ),
    "edit": (
        *("undo", "redo", None, "copy", "paste", "find", "replace", None),
        *("fill_down", "set_field", None, "add_row", "remove_rows", "restore_rows"),
    ),
    "scan": (
        *("stop", None, "read_again", "read_failed", "draw_receipts", "take_text", None),
        *("next_doubt", "previous_doubt"),
    ),
    "view": (
        *_PANES,
        "summary",
        None,
        *_CHIPS,
        None,
        "narrow",
        "doubtful_first",
        "show_removed",
        None,
        "to_page",
        "details",
    ),
    "help": ("manual", "shortcuts", None, "support", None, "about"),
}


def bare(words: str) -> str:
    """A menu's words without the mark of their letter and the dots behind them."""
    return re.sub(r"\(&.\)|&|…$", "", words).strip()


class Actions(QObject):
    """The window's actions as attributes: `actions.add_files` and so on, one for each name in SHORTCUTS."""

    add_files: QAction
    add_folder: QAction
    scan_pages: QAction
    new_batch: QAction
    rename_batch: QAction
    batches: QAction
    export: QAction
    read_back: QAction
    settings: QAction
    quit: QAction
    undo: QAction
    redo: QAction
    copy: QAction
    paste: QAction
    find: QAction
    replace: QAction
    fill_down: QAction
    set_field: QAction
    add_row: QAction
    remove_rows: QAction
    restore_rows: QAction
    stop: QAction
    read_again: QAction
    read_failed: QAction
    draw_receipts: QAction
    take_text: QAction
    to_page: QAction
    next_doubt: QAction
    previous_doubt: QAction
    samples: QAction
    screen_region: QAction
    show_pages: QAction
    show_fields: QAction
    show_table: QAction
    chip_all: QAction
    chip_check: QAction
    chip_failed: QAction
    chip_rescan: QAction
    chip_duplicate: QAction
    show_removed: QAction
    doubtful_first: QAction
    narrow: QAction
    summary: QAction
    details: QAction
    manual: QAction
    shortcuts: QAction
    support: QAction
    about: QAction

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._running = False
        for name, keys in SHORTCUTS.items():
            action = QAction(window)
            action.setShortcuts([QKeySequence(one) for one in (keys, _OTHER_KEYS.get(name)) if one])
            if name in _ICONS:
                action.setIcon(action_icon(_ICONS[name]))
            if name in _SWITCHES:
                action.setCheckable(True)
                action.setChecked(name in _PANES)
            window.addAction(action)
            setattr(self, name, action)
        self.retranslate()
        window.installEventFilter(self)

    def fill(self, bar: QMenuBar) -> None:
        """Put the menus into the bar."""
        for name, entries in _MENUS.items():
            menu = bar.addMenu("")
            menu.setObjectName(name)
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                else:
                    menu.addAction(getattr(self, entry))
        self._bar = bar
        self._name_menus()

    def groups(self) -> list[tuple[str, list[QAction]]]:
        """The menus: each with its name and its actions."""
        menus = [(entry.text(), entry.menu()) for entry in self._bar.actions()]
        return [
            (bare(name), [one for one in menu.actions() if not one.isSeparator() and one.menu() is None])
            for name, menu in menus
            if isinstance(menu, QMenu)
        ]

    def show_running(self, running: bool, waiting: int) -> None:
        """Let the Stop action say what it does now: stop, or go on with so many waiting pages."""
        self._running = running
        self.stop.setVisible(running or waiting > 0)  # an invisible action has no shortcut either
        self.stop.setIcon(action_icon("stop" if running else "go"))
        self._name_stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return False

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        texts = {
            self.add_files: self.tr("Add files…"),
            self.add_folder: self.tr("Add folder…"),
            self.scan_pages: self.tr("Scan from scanner…"),
            self.new_batch: self.tr("New batch"),
            self.rename_batch: self.tr("Name this batch…"),
            self.batches: self.tr("Earlier batches…"),
            self.export: self.tr("Export…"),
            self.read_back: self.tr("Read an edited table back…"),
            self.settings: self.tr("Settings…"),
            self.quit: self.tr("Quit"),
            self.undo: self.tr("Undo"),
            self.redo: self.tr("Redo"),
            self.copy: self.tr("Copy"),
            self.paste: self.tr("Paste"),
            self.find: self.tr("Find"),
            self.replace: self.tr("Find and replace…"),
            self.fill_down: self.tr("Fill down"),
            self.set_field: self.tr("Set a field of the selected rows…"),
            self.add_row: self.tr("Add a row by hand"),
            self.remove_rows: self.tr("Remove rows"),
            self.restore_rows: self.tr("Restore removed rows"),
            self.read_again: self.tr("Read this page again"),
            self.read_failed: self.tr("Read failed pages again"),
            self.draw_receipts: self.tr("Receipts on this page"),
            self.take_text: self.tr("Take text from the page"),
            self.to_page: self.tr("Go to the page, and back with Esc"),
            self.next_doubt: self.tr("Next to check"),
            self.previous_doubt: self.tr("Previous to check"),
            self.samples: self.tr("Add sample receipts"),
            self.screen_region: self.tr("Add a piece of the screen…"),
            self.show_pages: self.tr("Pages"),
            self.show_fields: self.tr("Fields"),
            self.show_table: self.tr("Table"),
            self.chip_all: self.tr("Show all"),
            self.chip_check: self.tr("Show only those to check"),
            self.chip_failed: self.tr("Show only those that failed"),
            self.chip_rescan: self.tr("Show only those to scan again"),
            self.chip_duplicate: self.tr("Show only those seen before"),
            self.show_removed: self.tr("Show removed rows"),
            self.doubtful_first: self.tr("Doubtful first"),
            self.narrow: self.tr("Filter by merchant, date, amount"),
            self.summary: self.tr("Summary"),
            self.details: self.tr("Details…"),
            self.manual: self.tr("User manual"),
            self.shortcuts: self.tr("Keyboard shortcuts"),
            self.support: self.tr("Save a support file…"),
            self.about: self.tr("About PaddleScan"),
        }
        for action, text in texts.items():
            action.setText(text)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{text.rstrip('…')} ({keys})")
        self._name_stop()
        self._name_menus()

    def _name_stop(self) -> None:
        self.stop.setText(self.tr("Stop") if self._running else self.tr("Continue"))
        keys = self.stop.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.stop.setToolTip(f"{self.stop.text()} ({keys})")

    def _name_menus(self) -> None:
        words = {
            "file": self.tr("&File"),
            "edit": self.tr("&Edit"),
            "scan": self.tr("&Scan"),
            "view": self.tr("&View"),
            "help": self.tr("&Help"),
        }
        bar: QMenuBar | None = getattr(self, "_bar", None)
        for entry in bar.actions() if bar is not None else ():
            menu = entry.menu()
            if menu is not None:
                entry.setText(words[menu.objectName()])
