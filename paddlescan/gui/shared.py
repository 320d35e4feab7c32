"""Words and figures that several panes show in the same way, and the window's language."""

from __future__ import annotations

import html
import logging
import re
from typing import cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDateTime, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QWidget

from paddlescan.document import Language, PageRef, PageState
from paddlescan.document.source import printable_name
from paddlescan.errors import Failure
from paddlescan.resources_dir import resource
from paddlescan.store import BatchSummary
from paddlescan.words import caption, error_sentence

log = logging.getLogger(__name__)

_LANGUAGE = "paddlescan_language"
QT_GAPS = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
)
"""Words of Qt's own file dialog that Qt's Chinese catalogue lacks (6.11): they stand in ours."""
_LONG = re.compile(r"[!-~]{17,}")
_BREAKS = re.compile(r"[-_.()\[\]]+(?=\w)|[^\W_]{16}(?=\w)")


def language() -> Language:
    """The language the window speaks now."""
    app = QCoreApplication.instance()
    return "zh" if app is not None and app.property(_LANGUAGE) == "zh" else "en"


def speak(app: QCoreApplication, chosen: Language) -> None:
    """Let the window speak a language, at once: every widget gets a LanguageChange."""
    app.setProperty(_LANGUAGE, chosen)
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    names = {"en": ("paddlescan_en",), "zh": ("paddlescan_zh_CN", "qtbase_zh_CN")}[chosen]
    places = (str(resource("translations")), QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for name in names:
        translator = QTranslator(app)
        if any(translator.load(name, place) for place in places):
            app.installTranslator(translator)
        else:
            log.info("no catalogue %s", name)
    QLocale.setDefault(QLocale("zh_CN" if chosen == "zh" else "en_US"))


def state_word(state: PageState) -> str:
    """The word for a state, in the window's language."""
    return caption(state, language())


def failure_words(failure: Failure) -> tuple[str, str]:
    """What happened and what to do about it, in the window's language."""
    return error_sentence(failure, language())


def breakable(text: str) -> str:
    """The same text, with places where a label may break the long name of a file (zero-width spaces)."""
    return _LONG.sub(lambda word: _BREAKS.sub("\\g<0>\u200b", word[0]), text)


def tooltip(text: str) -> str:
    """The same text, for a hint: what Qt would take for markup (the name of a file may look like it) stays text."""
    if "<" not in text and "&" not in text:
        return text
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'


def no_keys(text: str) -> str:
    """The same text, for a button or a menu: a single ampersand would vanish and make a key of the letter behind it,
    and what stands behind a tab would be taken for the keys of the entry. In one line, looking as it is."""
    return printable_name(text).replace("&", "&&")


SAMPLES = "Samples"
"""The name of the batch of sample receipts, as the store has it; it is shown in the window's language."""


def batch_name(summary: BatchSummary) -> str:
    """What a batch is called: its name, or whence it is, or its number."""
    translate = QCoreApplication.translate  # by this name, or lupdate does not see it
    if summary.name == SAMPLES:
        return translate("Batch", "Samples")
    if summary.name:
        return summary.name
    if summary.owner == "cli":
        return translate("Batch", "From the command line")
    return translate("Batch", "Batch {number}").format(number=summary.id)


def page_name(ref: PageRef, page_count: int) -> str:
    """What a page is called: its file's own name, and which page of how many where there are several."""
    name = ref.source.name.rsplit("/", 1)[-1]
    return name if page_count < 2 else named_page(name, str(ref.number), page_count)


def page_number(ref: PageRef, page_count: int) -> str:
    """Which page of its file this is, where the file was named before."""
    return QCoreApplication.translate("Page", "p. {number}/{count}").format(number=ref.number, count=page_count)


def pages_word(count: int) -> str:
    """How many pages."""
    return QCoreApplication.translate("Page", "{count} pages").format(count=count)


def named_page(name: str, number: str, count: int) -> str:
    """A file's name and which of its pages: `number` is one page, or first and last joined by a dash."""
    return QCoreApplication.translate("Page", "{name} p. {number}/{count}").format(
        name=name, number=number, count=count
    )


def duration_words(seconds: float) -> str:
    """A time that is left, rounded as a person says it."""
    translate = QCoreApplication.translate  # by this name, or lupdate does not see it
    if seconds < 90:
        return translate("Time", "{count} s").format(count=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 90:
        return translate("Time", "{count} min").format(count=minutes)
    return translate("Time", "{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def day_words(at: str) -> str:
    """The day of a moment (ISO 8601 with offset) here, written as dates are in the table, whatever the language."""
    return _here(at).toString("yyyy-MM-dd")


def moment_words(at: str) -> str:
    """The same with the time of day."""
    return _here(at).toString("yyyy-MM-dd HH:mm")


def _here(at: str) -> QDateTime:
    return QDateTime.fromString(at, Qt.DateFormat.ISODate).toLocalTime()


def mark(widget: QWidget, **properties: bool | str) -> None:
    """Set style sheet properties and let the style look at them again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def state_of(word: str) -> PageState:
    """A state's name as the store spells it. Raises ValueError for another."""
    if word not in ("waiting", "reading", "done", "needs_review", "failed"):
        raise ValueError("not a state")
    return cast(PageState, word)
