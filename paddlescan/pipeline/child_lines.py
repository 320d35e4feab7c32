"""What of a child's log may be told: the supervisor's side of `child_log`, which trusts no child.

Before it is asked about its first file a child knows of nobody's receipts, so whatever it and its libraries say then
stands, made harmless. From then on a stranger's file may have taken it over, and a free text might quote a receipt:
only lines that we know by their shape are told, with numbers and words of ours in their gaps. A crash keeps its frames;
the file and the function of a frame must be the program's. Only the standard library and codes are imported here.
"""

from __future__ import annotations

import builtins
import re
import sys
import sysconfig
from functools import lru_cache
from pathlib import Path

from paddlescan.errors import ERRORS
from paddlescan.pipeline.log_lines import INDENT, harmless

LONGEST_LINE = 8192
"""Letters; the rest of a longer line is left out."""
_ENTRY = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d{1,10} ([\w.]{1,60}) ([A-Z]{4,8}) (.*)", re.ASCII)
_LEVELS = frozenset({"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"})
_COUNT = r"\d{1,9}"
_MODEL, _BACKEND = "(detector|recogniser)", "(onnxruntime|openvino), (float32|bfloat16)"
SHAPES: dict[str, tuple[str, ...]] = {
    "paddlescan.pipeline.engine_service": (
        rf"page {_COUNT}: a place, {_COUNT} lines",
        rf"page {_COUNT}: (done|needs_review|failed), {_COUNT} lines, {_COUNT}\.\d\d s",
    ),
    "paddlescan.pipeline.scan": (rf"page {_COUNT}: <error>",),
    "paddlescan.pipeline.child": ("(place|request|the device failed|the process ends): <error>",),
    "paddlescan.imaging.fonts": (
        "no font with Chinese letters is installed: electronic originals are drawn with boxes for them",
    ),
    "paddlescan.ocr.cpu_models": (
        rf"{_MODEL}: {_BACKEND} took {_COUNT} ms",
        rf"{_MODEL}: {_BACKEND} from now on",
    ),
    "paddlescan.ocr.trial": (
        "a backend that was tried fails: <error>",
        "a backend that was tried answers differently",
    ),
    "paddlescan.ocr.gpu_engine": (
        "the card's memory is too short for a page: the processor reads it",
        rf"the card's memory is short: {_COUNT} columns are read together now",
    ),
    "paddlescan.ocr.loading": (
        "no line classifier: no runtime for it is installed",
        "no line classifier: <code>",
    ),
    "paddlescan.ocr.paddle_pipeline": ("the GPU's libraries do not start: <error>",),
}
"""By logger, what a child that has seen files may say. <error>: an exception's name, <code>: an error's of ours."""
_FATAL = re.compile(
    "Fatal Python error: (Segmentation fault|Aborted|Bus error|Illegal instruction|Floating[- ]point exception)"
    r"|Windows fatal exception: (access violation|stack overflow|int divide by zero|code 0x[0-9a-f]{1,8})",
    re.ASCII,
)
_THREAD = re.compile(r"(Current thread|Thread) 0x[0-9a-f]+.{0,40} \(most recent call first\):", re.ASCII)
_FRAME = re.compile(r'  File "([^"\n]{1,500})", line (\d{1,6}),? in (\S{1,100})')
_OTHER = "an error"


def told_before_files(line: str) -> str:
    """A line of a child that knows no receipt yet: an entry of ours, or indented."""
    line = line[:LONGEST_LINE]
    found = _ENTRY.fullmatch(line)
    if found and found[2] in _LEVELS:
        return harmless(f"{found[1]} {found[2]} {found[3]}")
    return INDENT + harmless(line.removeprefix(INDENT))


def told_of_files(line: str) -> str | None:
    """What a child's line tells that may have seen a receipt: a known one, or None."""
    line = line[:LONGEST_LINE]
    found = _ENTRY.fullmatch(line)
    if found:
        message = _known(found[1], found[3]) if found[2] in _LEVELS else None
        return f"{found[1]} {found[2]} {message}" if message else None
    below = line.removeprefix(INDENT)
    if _FATAL.fullmatch(below):
        return INDENT + below
    thread = _THREAD.fullmatch(below)
    if thread:
        return f"{INDENT}{thread[1]} (most recent call first):"
    frame = _FRAME.fullmatch(below)
    return INDENT + told if frame and (told := _frame(frame[1], frame[2], frame[3])) else None


def _known(logger: str, message: str) -> str | None:
    """The message, if this logger says such; an exception that is not known by its name is only told to be one."""
    for shape in SHAPES.get(logger, ()):
        head, gap, _ = shape.partition("<")
        if not gap:
            if re.fullmatch(shape, message, re.ASCII):
                return message
            continue
        found = re.fullmatch(rf"({head})(\w{{1,60}})", message, re.ASCII)
        if found:
            known = found[found.re.groups] in (ERRORS if shape.endswith("<code>") else _exceptions())
            return message if known else found[1] + _OTHER
    return None


@lru_cache(maxsize=1)
def _exceptions() -> frozenset[str]:
    """Names of exceptions that are the same on every machine."""
    ours = {kind.__name__ for kind in ERRORS.values()} | {"BadData", "DeviceFailed", "DeviceMemoryShort"}
    theirs = (name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, Exception))
    return frozenset(ours.union(theirs))


def _frame(file: str, line: str, function: str) -> str | None:
    """A frame in a file of the program; its function is told if that file has one of this name."""
    names = _functions(file)
    if names is None:
        return None
    last = function.rpartition(".")[2]
    return f'  File "{file}", line {line}' + (f" in {last}" if last in names else "")


@lru_cache(maxsize=512)
def _functions(file: str) -> frozenset[str] | None:
    """Names of functions of a source file of the program's; None for any other file. A frozen program has no sources
    at hand: then only the names of its own packages' files are known."""
    path = Path(file)
    if path.suffix != ".py" or ".." in path.parts or harmless(file) != file:
        return None
    if not any(path.is_relative_to(place) for place in _places()):
        return None
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return None
    return frozenset(re.findall(r"^\s*(?:async )?(?:def|class) (\w+)", text, re.MULTILINE)) | {"<module>", "<lambda>"}


@lru_cache(maxsize=1)
def _places() -> tuple[Path, ...]:
    """Where the program's own source files lie."""
    ours = Path(__file__).resolve().parent.parent
    found = {ours, *(Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib"))}
    if getattr(sys, "frozen", False):
        found.add(Path(getattr(sys, "_MEIPASS", ours)))
    return tuple(found)
