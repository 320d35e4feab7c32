"""Whatever is logged by whom: no line holds what was filled in, looks like two, or steers a terminal."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator

import pytest

from paddlescan.pipeline.log_lines import Formatter, harmless, log_warnings, qt_words

CANARY = "QUETZALCOATL"
Written = Callable[[], list[str]]


@pytest.fixture
def written() -> Iterator[Written]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter("%(name)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: stream.getvalue().splitlines()
    root.removeHandler(handler)


@pytest.mark.logs
def test_our_own_lines_stand_as_they_are(written: Written) -> None:
    logging.getLogger("paddlescan.pipeline.worker").warning("page %s: %s, %.2f s", 7, "done", 1.5)
    assert written() == ["paddlescan.pipeline.worker WARNING page 7: done, 1.50 s"]


@pytest.mark.logs
def test_a_line_break_never_makes_an_entry_and_nothing_steers_a_terminal(written: Written) -> None:
    evil = "a\r\nroot ERROR forged\x1b[2J\x9b\u202e\x00\u2028b"
    logging.getLogger("paddlescan").warning("%s", evil)
    first, *more = written()
    assert first.startswith("paddlescan WARNING a\\r")
    assert more and all(line.startswith("  | ") for line in more)
    assert not any(harmless(line) != line for line in (first, *more))


@pytest.mark.parametrize(
    ("said", "arguments", "told"),
    [
        ("reading %s, page %d", (f"/home/{CANARY}/a.pdf", 3), "reading …, page 3"),
        ("total %.2f of %s", (77.1, CANARY), "… at "),
        ("%(name)s has %(count)d tags", ({"name": CANARY, "count": 4},), "… has 4 tags"),
        (f"cannot open {CANARY}.png", (), "… at "),
    ],
)
def test_what_other_libraries_fill_in_is_hidden(
    written: Written, said: str, arguments: tuple[object, ...], told: str
) -> None:
    logging.getLogger("PIL.TiffImagePlugin").warning(said, *arguments)
    (line,) = written()
    assert CANARY not in line and "77.1" not in line
    assert line.startswith(f"PIL.TiffImagePlugin WARNING {told}")


@pytest.mark.logs
@pytest.mark.parametrize("name", ["paddlescan.gui", "openpyxl"])
def test_an_exception_is_told_by_its_types_and_frames(written: Written, name: str) -> None:
    try:
        try:
            raise ValueError(f"{CANARY} is no amount")
        except ValueError as error:
            raise KeyError(CANARY) from error
    except KeyError:
        logging.getLogger(name).exception("it broke")
    text = "\n".join(written())
    assert CANARY not in text.replace('f"{CANARY} is no amount"', "")  # the frame shows the line of our program
    assert "KeyError" in text and "ValueError" in text and "test_log_lines.py" in text
    assert all(line.startswith("  | ") for line in written()[1:])


@pytest.mark.logs
def test_a_warning_is_told_by_its_kind_and_place(written: Written) -> None:
    logging.getLogger("paddlescan.warnings").setLevel(logging.INFO)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        end = log_warnings()
        warnings.warn(f"Cell {CANARY} is marked as a date", UserWarning, stacklevel=1)
        end()
    (line,) = written()
    assert line.startswith("paddlescan.warnings INFO UserWarning at test_log_lines.py, line ")


def test_qt_names_its_function_and_quotes_nothing() -> None:
    assert (
        qt_words("qt.gui.imageio", f"QImageReader::read: /home/{CANARY}.jpg") == "qt.gui.imageio QImageReader::read: …"
    )
    assert qt_words(None, f"{CANARY}\x1b[2J") == "…"


PRINTS = """
import ctypes, logging, os, sys, warnings
from paddlescan.pipeline import child_log
child_log.begin()
print("while it is loaded", flush=True)
os.write(2, b"libcublas is missing\\n")
logging.getLogger("paddlescan.x").info("ready")
child_log.only_ours()
child_log.only_ours()
print("QUETZALCOATL printed", flush=True)
ctypes.CDLL(None).puts(b"QUETZALCOATL from C")
ctypes.CDLL(None).fflush(None)
os.write(2, b"QUETZALCOATL on standard error\\n")
warnings.warn("QUETZALCOATL is marked as a date")
logging.getLogger("PIL").warning("%s", "QUETZALCOATL")
logging.getLogger("paddlescan.x").info("page 1: done")
os.abort()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="puts of a C library by its POSIX name")
def test_a_child_that_has_answered_logs_nothing_but_what_is_ours() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINTS], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode != 0
    assert "QUETZALCOATL" not in done.stdout
    for told in ("while it is loaded", "libcublas is missing", "ready", "page 1: done", "Fatal Python error: Aborted"):
        assert told in done.stdout
    assert "paddlescan.warnings INFO UserWarning at <string>" in done.stdout
