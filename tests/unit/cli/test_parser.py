from __future__ import annotations

import subprocess
import sys

import pytest

from paddlescan.cli import parser
from paddlescan.document import Language


@pytest.mark.parametrize(
    ("argv", "answer"),
    [
        (["scan", "a"], True),
        (["--lang", "zh", "doctor"], True),
        (["--lang=zh", "models", "list"], True),
        (["a.jpg"], False),
        (["./scan"], False),
        (["--lang", "zh", "a.jpg"], False),
        ([], False),
    ],
)
def test_paths_open_the_window_and_commands_do_not(argv: list[str], answer: bool) -> None:
    assert parser.wants_command_line(argv) is answer


def test_the_language_may_stand_before_or_after_the_command() -> None:
    for argv in (["--lang", "zh", "scan", "a"], ["scan", "a", "--lang", "zh"]):
        assert parser.command_parser().parse_args(argv).lang == "zh"
    assert parser.command_parser().parse_args(["scan", "a"]).lang is None


@pytest.mark.parametrize(
    "argv",
    [
        ["scan"],
        ["scan", "a", "--seal-strength", "101"],
        ["scan", "a", "--workers", "0"],
        ["scan", "a", "--gpu-memory", "-1"],
        ["models", "eat"],
    ],
)
def test_wrong_usage_is_status_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parser.command_parser().parse_args(argv)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "argv", "usage", "said"),
    [
        ("en", ["scan", "a", "--exel", "x.xlsx"], "usage: paddlescan scan", "--exel x.xlsx (did you mean --xlsx?)"),
        ("en", ["scan", "a", "--overwite"], "usage: paddlescan scan", "(did you mean --overwrite?)"),
        ("en", ["scan", "a", "--cvs=o.csv"], "usage: paddlescan scan", "--cvs=o.csv (did you mean --csv?)"),
        ("zh", ["watch", "a", "--onse"], "用法：paddlescan watch", "不认识的参数：--onse（是否想输入 --once？）"),
        ("en", ["doctor", "--zzz"], "usage: paddlescan doctor", "unrecognized arguments: --zzz\n"),
        ("en", ["doctor", "bogus"], "usage: paddlescan doctor", "unrecognized arguments: bogus\n"),
    ],
)
def test_an_option_that_is_not_there_is_told_by_its_command_with_the_nearest(
    language: Language, argv: list[str], usage: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parser.command_parser(language).parse_args(argv)
    assert caught.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith(usage)
    assert said in told


def test_the_window_guesses_at_no_option_that_is_not_like_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    for typed, said in (("--exel", "--exel\n"), ("--newwindow", "(did you mean --new-window?)\n")):
        with pytest.raises(SystemExit):
            parser.window_parser().parse_args(["a.jpg", typed])
        assert capsys.readouterr().err.endswith(said)


def test_prepare_takes_many_inputs_and_one_folder() -> None:
    options = parser.command_parser().parse_args(["prepare", "a", "b", "out", "--no-deskew"])
    assert (options.paths, options.out, options.no_deskew) == (["a", "b"], "out", True)


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, paddlescan, paddlescan.cli.parser;"
        "heavy = {'PySide6', 'numpy', 'cv2', 'paddleocr', 'onnxruntime', 'paddle'} & set(sys.modules);"
        "sys.exit(','.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_scan_never_imports_qt() -> None:
    rooms = "paddlescan.cli.scan, paddlescan.cli.prepare, paddlescan.cli.doctor"
    code = f"import sys, {rooms}; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
