from __future__ import annotations

import logging
import os
import stat
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from paddlescan.desktop.logs import end_log, write_log


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_every_file_of_the_log_is_private(tmp_path: Path) -> None:
    root = logging.getLogger()
    level = root.level
    write_log(tmp_path / "window.log")
    try:
        logs = (one for one in root.handlers if isinstance(one, RotatingFileHandler))
        (handler,) = (one for one in logs if Path(one.baseFilename).parent == tmp_path)
        logging.getLogger("paddlescan").info("before")
        handler.doRollover()
        logging.getLogger("paddlescan").info("after")
    finally:
        end_log(tmp_path)
        root.setLevel(level)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {"window.log": 0o600, "window.log.1": 0o600}
    assert "after" in (tmp_path / "window.log").read_text()
