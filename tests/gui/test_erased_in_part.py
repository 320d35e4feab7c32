"""What could not be erased is told in the window that comes after, as what it is."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.gui import app
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings


@pytest.mark.logs
def test_what_could_not_be_erased_is_told(paths: Paths, qtbot: QtBot) -> None:
    window = MainWindow(Workplace(paths, Settings()))
    qtbot.addWidget(window)
    app.tell_what_stayed(window, ())
    assert not window.notice.code
    app.tell_what_stayed(window, [paths.store])
    assert window.notice.code == "erase_incomplete"
    assert f"Not everything could be erased; {paths.store} is in use." in window.notice.accessibleName()
    assert "erase again" in window.notice.accessibleName()
    assert window.notice._retry.isHidden()
