from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

import paddlescan
from paddlescan.document import FIELD_NAMES, Language, PrepareOptions
from paddlescan.errors import (
    ERRORS,
    EngineMissing,
    PaddleScanError,
    StoreUnwritable,
    UnreadableFile,
    clusters,
    handing,
    scanning,
    watching,
)
from paddlescan.pipeline.supervisor import Cause
from paddlescan.words.journal import event_words
from paddlescan.words.sentences import caption, table_of

SOURCES = "".join(file.read_text(encoding="utf-8") for file in Path(paddlescan.__file__).parent.rglob("*.py"))
NOTED = re.compile(r"\b(?:events|_?store)\.note\w*\([^\"]{0,200}?\"([a-z_]+)\"")


def test_every_event_that_is_noted_anywhere_has_words() -> None:
    noted = set(NOTED.findall(SOURCES)) | {
        "exported",
        "stopped",
        "resumed",
        "to_check",
        "read",
        "edited",
        "edit_undone",
        "confirmed",
    }
    assert {"created", "added", "begun", "waits", "failed", "read_again", "goes_on", "removed"} <= noted
    assert noted - set(table_of("journal")) == set()


def test_every_reason_switch_and_error_of_a_page_has_words() -> None:
    known = set(table_of("journal"))
    assert {f"why.{cause}" for cause in get_args(Cause)} <= known
    assert {f"switch.{each.name}" for each in fields(PrepareOptions)} <= known
    elsewhere = (clusters.__name__, handing.__name__, scanning.__name__, watching.__name__)
    kinds = [kind for kind in ERRORS.values() if kind.__module__ not in elsewhere]
    assert {StoreUnwritable, EngineMissing, UnreadableFile, PaddleScanError} <= set(kinds)
    assert {f"error.{kind.code}" for kind in kinds} - known == set(), "a worker notes whatever ends it"
    assert all(event_words("edited", name, "zh") == f"修改了“{caption(name, 'zh')}”" for name in FIELD_NAMES)


@pytest.mark.parametrize(
    ("what", "detail", "english", "chinese"),
    [
        ("begun", "1", "Reading began", "开始识别"),
        ("begun", "3", "Reading began, attempt 3", "开始识别（第 3 次）"),
        ("waits", "", "Waits again", "重新排队"),
        ("waits", "crashed", "Waits again: the reading engine ended unexpectedly", "重新排队：识别引擎意外退出"),
        ("failed", "empty_file", "Failed: the file is empty", "失败：空文件"),
        (
            "switches",
            "deskew,orient",
            "How the page is treated was changed: straightening, turning upright",
            "更改了页面处理方式：纠偏、转正页面",
        ),
        ("to_check", "4", "Read, to check; receipts on the page: 4", "识别完成，待核对，页上有 4 张票据"),
        ("engine_lost", "crashed", "A reading engine stopped: it ended unexpectedly", "识别引擎停止：意外退出"),
        ("engine_lost", "out_of_memory", "A reading engine stopped: memory ran out", "识别引擎停止：内存不足"),
        (
            "trouble",
            "store_unwritable",
            "Reading stands still: the list of receipts cannot be opened or written",
            "识别停止：无法打开或写入票据库",
        ),
        ("something_new", "7", "something_new 7", "something_new 7"),
        ("failed", "something_new", "Failed: something_new", "失败：something_new"),
    ],
)
def test_what_a_person_reads(what: str, detail: str, english: str, chinese: str) -> None:
    assert event_words(what, detail, "en") == english
    assert event_words(what, detail, "zh") == chinese


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Receipt 2: Total was edited"), ("zh", "第 2 张票据：修改了“价税合计”")]
)
def test_one_of_several_receipts_is_named(language: Language, text: str) -> None:
    assert event_words("edited", "total", language, receipt=2) == text
