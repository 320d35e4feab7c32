"""`paddlescan log`: what a person and a program read of a journal."""

from __future__ import annotations

import argparse
import json
import os
import pty
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from paddlescan.cli import run
from paddlescan.cli.speaking import Moment
from paddlescan.document import SourceFile, SourceInfo
from paddlescan.errors import EmptyFile
from paddlescan.store import FieldEdit, Store, typed_field
from tests.e2e.conftest import CommandLine
from tests.unit.store.making import claimed, files, receipt, result

HOSTILE = "a\x1b[2Jb\n\u202ec.png"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "data").mkdir(parents=True)
    with Store(tmp_path / "home" / "data" / "receipts.sqlite", who="chen") as opened:
        yield opened


@pytest.fixture
def batch(store: Store) -> int:
    """A page that was read and edited, one that failed at its second attempt, two pages of a PDF that wait."""
    batch = store.create_batch("March")
    store.add_sources(
        batch, [*files(1), SourceFile.at("/scans/x", "出租车/票据.png"), SourceFile.at("/scans/y", "b.pdf")]
    )
    read, failed = claimed(store, batch), claimed(store, batch)
    store.save_result(read.page_id, result(read.ref, receipt(total="99182.00")), read.token)
    store.release_page(failed.page_id, True, failed.token, "crashed")
    failed = claimed(store, batch)
    told = EmptyFile(file="出租车/票据.png").failure
    store.save_result(failed.page_id, replace(result(failed.ref), error=told, receipts=()), failed.token)
    (row,) = store.receipt_rows_of_page(read.page_id)
    total = row.values["total"]
    store.apply_edit(FieldEdit(row.receipt_id, "total", total, typed_field("total", "77410.00", total)))
    pdf = store.page_rows(batch)[2]
    store.set_source_info(pdf.id, SourceInfo("pdf", 2, "ab" * 32))
    return batch


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> list[list[str]]:
    assert run(["log", *arguments]) == status
    return [line.split("\t") for line in capsys.readouterr().out.splitlines()]


def test_everything_of_the_newest_batch_in_order(store: Store, batch: int, capsys: pytest.CaptureFixture[str]) -> None:
    head, *rows = said(capsys, "--lang", "en")
    assert head == ["Time", "Page", "What happened", "Who"]
    assert [row[1:] for row in rows] == [
        ["", "Batch made in the window", ""],
        ["receipt 1.png", "Added", ""],
        ["出租车/票据.png", "Added", ""],
        ["b.pdf #1", "Added", ""],
        ["receipt 1.png", "Reading began", ""],
        ["出租车/票据.png", "Reading began", ""],
        ["receipt 1.png", "Read", ""],
        ["出租车/票据.png", "Waits again: the reading engine ended unexpectedly", ""],
        ["出租车/票据.png", "Reading began, attempt 2", ""],
        ["出租车/票据.png", "Failed: the file is empty", ""],
        ["receipt 1.png", "Receipt 1: Total was edited", "chen"],
        ["b.pdf #2", "Found in the file", ""],
    ]
    for row in rows:
        assert abs(datetime.strptime(row[0], "%Y-%m-%d %H:%M:%S") - datetime.now()) < timedelta(minutes=5)


def test_one_page_one_file_the_failed_and_the_recent(
    store: Store, batch: int, capsys: pytest.CaptureFixture[str]
) -> None:
    store.create_batch("later")
    assert len(said(capsys, "--lang", "zh")) == 2, "the newest batch, with nothing but its making"
    assert {row[1] for row in said(capsys, "March", "--file", "B.PDF")[1:]} == {"b.pdf #1", "b.pdf #2"}
    assert [row[1] for row in said(capsys, "march", "--file", "b.pdf", "--page", "2")[1:]] == ["b.pdf #2"]
    failed = said(capsys, str(batch), "--failed", "--lang", "zh")[1:]
    assert [row[2] for row in failed] == [
        "已添加",
        "开始识别",
        "重新排队：识别引擎意外退出",
        "开始识别（第 2 次）",
        "失败：空文件",
    ]
    assert {row[1] for row in said(capsys, "March", "--file", "票据.png")[1:]} == {"出租车/票据.png"}
    assert len(said(capsys, "March", "--since", "10m")) == 13
    tomorrow = (datetime.now() + timedelta(days=1)).strftime("%Y-%m-%d")
    assert len(said(capsys, "March", "--since", tomorrow)) == 1
    assert said(capsys, "later", "--failed")[1:] == []


def test_a_program_reads_json(store: Store, batch: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "--json", "--lang", "zh"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["batch"]["id"], told["batch"]["name"]) == ("paddlescan-log/1", batch, "March")
    assert told["events"][9] == {
        "id": 10,
        "at": told["events"][9]["at"],
        "page": {"source": "出租车/票据.png", "page": 1},
        "receipt": None,
        "what": "failed",
        "detail": "empty_file",
        "who": "",
        "text": "Failed: the file is empty",
    }
    assert datetime.fromisoformat(told["events"][0]["at"]).tzinfo is not None
    assert "99182" not in str(told) and "77410" not in str(told), "what was typed or read is not told"
    assert run(["log", "--json", "--failed", "--since", "9999d"]) == 0
    assert len(json.loads(capsys.readouterr().out)["events"]) == 5


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nobody"], "There is no batch nobody."),
        (["March", "--file", "no.png"], "Batch 1 has no such page."),
        (["March", "--page", "7"], "Batch 1 has no such page."),
    ],
)
def test_what_is_not_there_is_said(
    store: Store, batch: int, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["log", "--lang", "en", *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_an_empty_store_says_so(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "--lang", "zh"]) == 2
    assert "还没有批次。" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_terminal_gets_aligned_columns_and_no_control_characters(
    store: Store, batch: int, tmp_path: Path, language: str
) -> None:
    """In a real terminal, of which the names are data: they may not steer it."""
    store.add_sources(
        batch, [SourceFile.at("/scans/z", HOSTILE), SourceFile.at("/scans/w", "很长的文件名" * 12 + ".png")]
    )
    writing = store.claim_page(batch)  # somebody works on it meanwhile
    assert writing is not None
    line = CommandLine(tmp_path / "home")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(line.command("--lang", language, "log"), stdout=theirs, env=line.environment())
    os.close(theirs)
    text = b""
    try:
        while chunk := os.read(ours, 65536):
            text += chunk
    except OSError:
        pass  # the terminal's end
    os.close(ours)
    assert process.wait(60) == 0
    head, columns, *rows = text.decode().replace("\r\n", "\n").splitlines()
    assert "March" in head and len(rows) == 15
    assert not any(ord(letter) < 32 or letter in "\x7f\x9b\u202e" for letter in text.decode() if letter not in "\r\n")
    word = "What happened" if language == "en" else "经过"
    where = cell_len(columns[: columns.index(word)])
    assert where == 19 + 2 + 34 + 2
    for row in rows:
        at, width = 0, 0
        while width < where:
            width += cell_len(row[at])
            at += 1
        assert width == where and row[at - 2 : at] == "  " and row[at] != " ", row


@pytest.mark.parametrize(
    ("text", "age"), [("90m", timedelta(minutes=90)), ("2h", timedelta(hours=2)), ("3d", timedelta(days=3))]
)
def test_an_age(text: str, age: timedelta) -> None:
    assert abs(datetime.now().astimezone() - Moment("en")(text) - age) < timedelta(minutes=1)


def test_a_day_an_hour_and_nonsense() -> None:
    assert Moment("en")("2026-11-26 08:30").isoformat()[:16] == "2026-11-26T08:30"
    today = Moment("en")("00:00")
    assert (today.date(), today.hour) == (datetime.now().date(), 0)
    for text in ("yesterday", "25:00", "123456d", ""):
        with pytest.raises(argparse.ArgumentTypeError):
            Moment("zh")(text)
