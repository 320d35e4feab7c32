"""What of a child's lines is told: everything of ours, nothing that a stranger could word."""

from __future__ import annotations

import ast
import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.pipeline import child, child_lines
from paddlescan.pipeline.child_lines import SHAPES, told_before_files, told_of_files
from paddlescan.pipeline.log_lines import harmless
from tests.conftest import ROOT

STAMP = "2026-01-02 03:04:05,678 41 "
SERVICE = "paddlescan.pipeline.engine_service INFO "


@pytest.mark.parametrize(
    "message",
    [
        SERVICE + "page 7: needs_review, 12 lines, 0.31 s",
        SERVICE + "page 7: a place, 2 lines",
        "paddlescan.pipeline.scan ERROR page 7: ZeroDivisionError",
        "paddlescan.pipeline.child ERROR the process ends: BadData",
        "paddlescan.ocr.loading INFO no line classifier: model_missing",
    ],
)
def test_what_our_children_log_is_told(message: str) -> None:
    assert told_of_files(STAMP + message) == message


@pytest.mark.parametrize(
    "message",
    [
        SERVICE + "page 7: acme, 12 lines, 0.31 s",
        SERVICE + "page 7: done, 12 lines, 0.31 s at acme",
        SERVICE + "page ٧: done, 12 lines, 0.31 s",
        "paddlescan.pipeline.engine_service ACME page 7: a place, 2 lines",
        "paddlescan.pipeline.scan ERROR acme",
        "paddlescan.warnings INFO AcmeWarning at acme.py, line 3",
        "acme ERROR page 7: a place, 2 lines",
    ],
)
def test_what_a_stranger_could_word_is_not(message: str) -> None:
    assert told_of_files(STAMP + message) is None


def test_a_crash_keeps_its_frames_without_what_could_be_worded() -> None:
    said = [
        "Fatal Python error: Segmentation fault",
        "",
        "Current thread 0x00007f3 [acme] (most recent call first):",
        f'  File "{child.__file__}", line 68 in _serve_one',
        f'  File "{child.__file__}", line 68 in acme',
        f'  File "{json.__file__}", line 12 in loads',
        '  File "/home/acme/acme.py", line 1 in <module>',
        "Extension modules: acme (total: 1)",
    ]
    assert [told for line in said if (told := told_of_files(line))] == [
        "  | Fatal Python error: Segmentation fault",
        "  | Current thread (most recent call first):",
        f'  |   File "{child.__file__}", line 68 in _serve_one',
        f'  |   File "{child.__file__}", line 68',
        f'  |   File "{json.__file__}", line 12 in loads',
    ]


def test_a_frame_of_a_traceback_is_known_too() -> None:
    assert told_of_files(f'  |   File "{child.__file__}", line 68, in _serve_one') == (
        f'  |   File "{child.__file__}", line 68 in _serve_one'
    )
    assert told_of_files(f'  |   File "{Path(child.__file__).parent}/../acme.py", line 68, in main') is None


def test_before_any_file_everything_stands_but_steers_nothing() -> None:
    assert told_before_files("libcublas.so.12 is missing\x1b[2J") == "  | libcublas.so.12 is missing\\x1b[2J"
    assert told_before_files(STAMP + "paddlescan.ocr.factory INFO engine x on cpu") == (
        "paddlescan.ocr.factory INFO engine x on cpu"
    )
    assert told_before_files("  | a line below").startswith("  | a line")


@given(st.text())
def test_whatever_is_said_is_one_harmless_line(text: str) -> None:
    told = [told_before_files(text), told_of_files(text) or ""]
    assert all(harmless(line) == line and "\n" not in line for line in told)


def test_every_message_of_a_module_that_children_run_is_known_by_its_shape() -> None:
    """A message that is added there and has no shape here would never stand in a log."""
    asked = {"paddlescan.ocr.factory"}  # speaks before the first file only
    missing = []
    for name in {*SHAPES, *asked}:
        shapes = SHAPES.get(name, ())
        source = ROOT.joinpath(*name.split(".")).with_suffix(".py").read_text("utf-8")
        for template in _templates(source):
            first = template.split("\n")[0]
            example = re.sub("%[sd]", "7", first).replace("%.2f", "0.31")
            if name not in asked and not any(_could_be(shape, example) for shape in shapes):
                missing.append((name, template))
    assert [each for each in missing if each[1] not in ("%s", "%s: %s\n%s")] == []  # the jail's, and `log_error`


def _templates(source: str) -> list[str]:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "log"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]


def _could_be(shape: str, example: str) -> bool:
    loose = re.sub(r"\((done|place|detector|onnxruntime|float32)[^)]*\)|<\w+>", "7", shape).replace("(7|", "(")
    return (
        re.fullmatch(loose, example) is not None
        or re.fullmatch(shape.split("<", maxsplit=1)[0] + "7", example) is not None
    )


def test_the_loggers_are_modules_of_ours() -> None:
    for name in SHAPES:
        assert ROOT.joinpath(*name.split(".")).with_suffix(".py").is_file()
    assert child_lines.__name__ in sys.modules
