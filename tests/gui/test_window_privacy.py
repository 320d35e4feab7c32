"""Whatever a clerk does in the window, nothing private enters a log."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType
from pytestqt.qtbot import QtBot

from paddlescan.desktop.logs import LEVEL_VARIABLE, end_log, write_log
from paddlescan.document import PrepareOptions
from paddlescan.export.csv_export import write_csv
from paddlescan.gui.app import _qt_message
from paddlescan.gui.read_back.job import Asked, ReadBackJob
from paddlescan.paths import Paths
from paddlescan.store import FieldEdit, Store, typed_field
from tests.e2e.test_canaries import assert_kept, told_everywhere
from tests.e2e.test_privacy import CANARY, assert_silent, canary_receipt
from tests.gui.window_rooms import Rooms, all_read, column

LONG = 120_000


@pytest.mark.slow
@pytest.mark.logs
def test_no_log_of_the_window_holds_a_receipt_or_a_file_name(
    paths: Paths, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small pictures, a place that is pointed at, an export that is read back, a picture that is none."""
    monkeypatch.setenv(LEVEL_VARIABLE, "DEBUG")
    level = logging.getLogger().level
    write_log(paths.logs / "window.log")
    rooms = Rooms(paths, qtbot)
    try:
        window = rooms.open()
        picture, broken = tmp_path / f"{CANARY}-receipt.png", tmp_path / f"{CANARY}-broken.jpg"
        canary_receipt(picture)
        broken.write_text(f"{CANARY} is no picture")
        controller, sheet = window.workplace.controller, window.workplace.review.sheet
        controller.add_paths([str(picture), str(broken)])
        qtbot.waitUntil(lambda: controller.pages.rowCount() == 2 and all_read(window), timeout=LONG)
        qtbot.waitUntil(lambda: any(CANARY in text for text in column(window, "merchant")), timeout=LONG)
        qtbot.waitUntil(lambda: any(paths.thumbnails.iterdir()) if paths.thumbnails.exists() else False, timeout=LONG)

        field = next(found for row in map(sheet.row, sheet.ids()) if (found := row.values.get("merchant")))
        page = next(row.ref for row in map(controller.pages.row_at, range(2)) if row.ref.source.name == picture.name)
        assert controller.batch is not None and field.quad is not None
        with qtbot.waitSignal(controller.places.answered, timeout=LONG) as told:
            controller.places.read(controller.batch, page, field.quad, PrepareOptions())
        assert CANARY in told.args[1].lines[0].text, "the place was not read, so this test proves nothing"

        table = tmp_path / f"{CANARY}.csv"
        with Store(paths.store) as store:
            write_csv(store.export_rows(controller.batch), table, True)
        for data in (table.read_bytes().replace(b"TRADING", b"HOLDING"), b"PK\x03\x04 is no workbook"):
            table.write_bytes(data)
            job = ReadBackJob(Asked(paths.store, paths.templates, controller.batch, table), window.workplace.writer)
            with qtbot.waitSignals([job.finished], timeout=LONG):
                job.start()
        typed = FieldEdit(next(iter(sheet.ids())), "note", None, typed_field("note", f"{CANARY} 77.10"))
        with Store(paths.store) as store:
            store.apply_edit(typed)
        window.workplace.controller.rename(f"{CANARY} batch")
        _qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), f"QFile::open: {picture}")
        logging.getLogger("openpyxl").warning("cell %s", CANARY)
        assert rooms.close()
    finally:
        rooms.close()
        end_log(paths.logs)
        logging.getLogger().setLevel(level)
    assert_silent(paths.logs, "window.log", "engine-1.log", "pictures.log")
    home = paths.data.parent
    told = told_everywhere(home, tmp_path)
    assert "edited note" in told["journal"] and "renamed" in told["journal"]
    assert "QFile::open: …" in told["bundle/logs/window.log"]
    assert_kept(told)
