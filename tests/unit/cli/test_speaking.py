"""Everything that the command line says before it does anything, in the person's language."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys

import pytest

from paddlescan.cli import parser
from paddlescan.cli.speaking import Number, columns, language_of, wrapped
from paddlescan.document import Language
from paddlescan.words.sentences import table_of

STAYS_ENGLISH = (
    r"\b[a-z0-9]+://|Dask|paddlescan\S*|PaddleScan|--help|--?[a-z-]+|\{[a-z,]+\}|\b[A-Z]+\b|CSV|JSON|PNG|ZIP|auto|cpu|gpu|scan|prepare|doctor"
    r"|gpu|MiB|wheels|wheel|show|install|remove|watch|systemd|menu|status|read|failed"
    r"|models|import|log|list|verify|onnxruntime|'[^']*'|action|bogus|Excel|LibreOffice|XLSX|PDF|all|expenses|kind|file|page|number|since"
)
WRONG = [
    ["models", "eat"],
    ["scan"],
    ["scan", "a", "--csv"],
    ["scan", "a", "--seal-strength", "101"],
    ["scan", "a", "--workers", "0.5"],
    ["scan", "a", "--keep-seals=1"],
    ["scan", "a", "--no-"],
    ["log", "--since", "bogus"],
    ["doctor", "bogus"],
]


def left_in_english(text: str) -> list[str]:
    """Words of a Chinese text that are no names of commands, options or formats."""
    return re.findall(r"[A-Za-z]{2,}", re.sub(STAYS_ENGLISH, " ", text))


@pytest.mark.parametrize("argv", [[name] for name in parser.COMMANDS])
def test_the_help_of_every_command_is_chinese(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser.command_parser("zh").parse_args([*argv, "--help"])
    said = capsys.readouterr().out
    assert "用法：" in said and "显示本帮助后退出" in said
    assert re.findall("[一-鿿]:", said) == []
    assert left_in_english(said) == []


def test_the_windows_help_names_every_command_in_both_languages() -> None:
    for language in ("en", "zh"):
        said = parser.window_parser(language).format_help()
        assert all(f"paddlescan {name}" in said for name in parser.COMMANDS)
    assert left_in_english(said) == []
    assert re.findall("[一-鿿]:", said) == []


@pytest.mark.parametrize("terminal", [70, 80, 200])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_of_commands_keeps_its_two_columns(
    language: Language, terminal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(terminal))
    said = parser.window_parser(language).format_help()
    assert max(map(columns, said.splitlines())) < terminal
    listed = said.split({"en": "commands:\n", "zh": "命令：\n"}[language])[1].split("\n\n")[0].splitlines()
    begun = [line for line in listed if line.startswith("  paddlescan ")]
    assert [line.split()[1] for line in begun] == list(parser.COMMANDS)
    second = {columns(re.match(r"  \S.*? {2,}", line)[0]) for line in begun}  # type: ignore[index]
    continued = {len(line) - len(line.lstrip()) for line in listed if line not in begun}
    assert len(second | continued) == 1
    assert bool(continued) == (terminal < 200)


def test_a_line_that_has_no_room_for_a_second_column_goes_on_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    said = parser.window_parser("en").format_help()
    assert "  paddlescan menu install|remove|status\n      the entries in the menus of file" in said


@pytest.mark.parametrize("argv", WRONG)
def test_wrong_usage_is_said_in_chinese(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parser.command_parser("zh").parse_args(argv)
    said = capsys.readouterr().err
    assert caught.value.code == 2
    assert "错误：" in said
    assert left_in_english(said) == []


def test_after_a_chinese_parser_argparse_speaks_english_again() -> None:
    with pytest.raises(SystemExit):
        parser.command_parser("zh").parse_args(["scan"])
    assert argparse.ArgumentParser(prog="x").format_usage().startswith("usage: ")
    assert parser.command_parser("en").format_usage().startswith("usage: ")


def test_no_words_are_kept_that_nothing_says(capsys: pytest.CaptureFixture[str]) -> None:
    said = parser.window_parser("zh").format_help()
    for name in parser.COMMANDS:
        with pytest.raises(SystemExit):
            parser.command_parser("zh").parse_args([name, "--help"])
    said += capsys.readouterr().out
    together = re.sub(r"\s", "", said)
    unsaid = {key for key, texts in table_of("help").items() if re.sub(r"\s", "", texts["zh"]) not in together}
    assert unsaid == {"number", "moment"}


@pytest.mark.parametrize(
    ("argv", "language"),
    [
        (["--lang", "zh", "--help"], "zh"),
        (["--lang=zh"], "zh"),
        (["scan", "a", "--lang", "en"], "en"),
        (["--", "--lang", "zh"], "en"),
        (["--lang"], "en"),
        (["--lang", "fr"], "en"),
        ([], "en"),
    ],
)
def test_the_language_is_known_before_parsing(argv: list[str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert language_of(argv) == language


def test_help_follows_the_system() -> None:
    program = [sys.executable, "-m", "paddlescan", "--help"]
    done = subprocess.run(
        program, capture_output=True, check=True, env={"LC_ALL": "zh_CN.UTF-8", "PYTHONPATH": ":".join(sys.path)}
    )
    assert "命令" in done.stdout.decode("utf-8")


def test_a_number_says_what_is_wanted() -> None:
    assert Number(0, 100, "en")("7") == 7
    with pytest.raises(argparse.ArgumentTypeError, match="from 0 to 100 is wanted, not 'abc'"):
        Number(0, 100, "en")("abc")


def test_chinese_is_broken_where_the_terminal_ends() -> None:
    text = "同时识别的页数（默认：按这台电脑自动决定），写出 JSON 和 CSV 表格。"
    for width in range(8, 80):
        lines = wrapped(text, width)
        assert all(columns(line) <= width for line in lines)
        assert not any(line[:1] in "，。：）" for line in lines)
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert wrapped("pages read at the same time", 12) == ["pages read", "at the same", "time"]
