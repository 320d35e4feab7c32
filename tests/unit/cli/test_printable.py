"""What strangers named or wrote is shown by the command line, and never steers the terminal."""

from __future__ import annotations

import pytest

from paddlescan.cli import run
from paddlescan.cli.printable import printable
from paddlescan.cli.table import print_table
from paddlescan.cli.terminal import Terminal
from paddlescan.document import Field, Language, Receipt
from paddlescan.document.export import ExportRow
from tests.faults.poison import ALL, MARKUP, STEERING

LANGUAGES: tuple[Language, ...] = ("en", "zh")


def steering(text: str) -> set[str]:
    return STEERING & set(text)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.mark.parametrize("text", ALL)
def test_no_text_steers_and_what_can_be_seen_stays(text: str) -> None:
    shown = printable(text)
    assert not steering(shown)
    assert "\n" not in shown
    assert printable(shown) == shown
    if text.isprintable():
        assert shown == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_of_the_command_line_show_a_hostile_path(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    name = "\x1b]0;x\x07\x9b31m\u202e.csv"
    status = run(["import", name, "--lang", language])
    told = capsys.readouterr().err
    assert status == 2
    assert not steering(told)
    assert "\\x1b]0;x" in told


@pytest.mark.parametrize(
    "arguments", [["scan", "a", "--\x1b[31m"], ["scan", "a", "--workers", "\x1b[31m"], ["log\x1b[2J"]]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_usage_shows_what_was_typed(
    arguments: list[str], language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run([*arguments, "--lang", language])
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert not steering(told)
    assert "\\x1b" in told


def test_the_table_shows_names_and_words(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [ExportRow(text, "done", receipt=Receipt(fields=(Field("merchant", text),))) for text in ALL]
    print_table(rows, "en")
    shown = capsys.readouterr().out
    assert steering(shown) <= {"\t"}
    assert len(shown.splitlines()) == 1 + len(rows)


def test_messages_take_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal("en")
    for text in MARKUP:
        terminal.complain(text)
    assert capsys.readouterr().err == "".join(f"{text}\n" for text in MARKUP)
