from __future__ import annotations

import errno
import json
import os
import re
import string
from pathlib import Path

import pytest

import paddlescan
from paddlescan.document import EngineInfo
from paddlescan.errors import ERRORS, FILELESS, EngineMissing, ExportFailed, Failure, GpuUnavailable, TooLarge
from paddlescan.export.atomic import Obstacle
from paddlescan.export.templates import Fault
from paddlescan.ocr.reasons import Reason
from paddlescan.resources_dir import resource
from paddlescan.words import error_sentence, reason, say, system_language, together, why_there


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_error_has_a_chinese_sentence_with_the_same_parameters() -> None:
    table = json.loads(resource("messages", "errors.json").read_text(encoding="utf-8"))
    assert set(table) == set(ERRORS)
    for code, kind in ERRORS.items():
        assert placeholders(table[code]["message"]) == placeholders(kind.message_template), code
        assert placeholders(table[code]["remedy"]) == placeholders(kind.remedy_template), code
    assert {code for code, texts in table.items() if "fileless_message" in texts} == set(FILELESS)


def test_the_sentence_names_the_file_in_both_languages() -> None:
    failure = TooLarge(file="大图.png", detail="60000 x 60000").failure
    for language in ("en", "zh"):
        message, remedy = error_sentence(failure, language)  # type: ignore[arg-type]
        assert "大图.png" in message
        assert "60000" in message
        assert remedy


@pytest.mark.parametrize("code", sorted(FILELESS))
def test_an_error_that_befell_no_file_speaks_of_none(code: str) -> None:
    known = {
        "internal": ("PaddleScan.", "PaddleScan 内部出错。"),
        "disk_full": ("saved.", "无法保存“临时文件”。"),
        "scanner_silent": ("took too long.", "用时过长。"),
    }
    english, chinese = known[code]
    failure = Failure(code, (("detail", "temporary files"),))
    assert error_sentence(failure, "en")[0].endswith(english)
    assert error_sentence(failure, "zh")[0].endswith(chinese)
    for language in ("en", "zh"):
        told = error_sentence(Failure(code, (("file", "a.png"),)), language)  # type: ignore[arg-type]
        assert "a.png" in told[0]


@pytest.mark.parametrize(
    "name", ["bundle", "checks", "cli", "columns", "doctor", "help", "journal", "quality", "returning", "sheets"]
)
def test_both_languages_say_everything_with_the_same_parameters(name: str) -> None:
    table = json.loads(resource("messages", f"{name}.json").read_text(encoding="utf-8"))
    for key, texts in table.items():
        assert set(texts) == {"en", "zh"}, key
        assert placeholders(texts["en"]) == placeholders(texts["zh"]), key


def test_no_notification_of_the_menus_silent_scan_sends_a_clerk_to_a_terminal() -> None:
    table = json.loads(resource("messages", "cli.json").read_text(encoding="utf-8"))
    said = [text for key, texts in table.items() if key.startswith("silent_") for text in texts.values()]
    assert len(said) > 10
    assert [text for text in said if re.search("terminal|终端|paddlescan [a-z]", text)] == []


def test_a_sentence_takes_its_parameters() -> None:
    assert say("wrote", "en", file="a.csv") == "Wrote a.csv"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "zh_TW", "LANG": "de_DE"}, "zh"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_the_language_is_the_systems(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


def test_every_reason_is_known_in_chinese_and_said_by_somebody() -> None:
    table = json.loads(resource("messages", "reasons.json").read_text(encoding="utf-8"))
    assert set(table) >= {str(each) for each in (*Reason, *Fault, *Obstacle)}
    source = "".join(file.read_text(encoding="utf-8") for file in Path(paddlescan.__file__).parent.rglob("*.py"))
    assert [text for text in table if f'"{text}"' not in source] == []
    for text in table:
        assert reason(text, "en") == text
        assert not reason(text, "zh").isascii()
    assert reason("something new", "zh") == "something new"


def test_what_the_system_says_of_a_file_is_said_in_chinese(tmp_path: Path) -> None:
    table = json.loads(resource("messages", "system_errors.json").read_text(encoding="utf-8"))
    assert all(isinstance(getattr(errno, name), int) for name in table)
    for name, words in table.items():
        said = os.strerror(getattr(errno, name))
        assert reason(said, "en") == said
        assert reason(said, "zh").isascii() is False, name
        assert not words.endswith("。")
    try:
        (tmp_path / "missing" / "a").mkdir()
    except OSError as error:
        failure = ExportFailed(file="a", detail=error.strerror or "").failure
    assert error_sentence(failure, "zh")[0].count("文件或文件夹不存在") == 1


def test_an_error_says_its_reason_in_the_same_language() -> None:
    failure = GpuUnavailable(detail=Reason.NO_ONNXRUNTIME_GPU).failure
    assert error_sentence(failure, "en")[0] == "The GPU cannot be used: onnxruntime-gpu is not installed."
    assert error_sentence(failure, "zh")[0] == "无法使用显卡：未安装 onnxruntime-gpu。"
    assert error_sentence(TooLarge(file="a.png", detail="60000 x 60000").failure, "zh")[0].count("60000 x 60000") == 1


def test_a_missing_engine_is_told_by_its_own_remedy() -> None:
    failure = EngineMissing(detail="paddle", extra="paddle").failure
    for language in ("en", "zh"):
        assert '"paddlescan[paddle]"' in error_sentence(failure, language)[1]


@pytest.mark.parametrize("file", sorted(resource("messages").glob("*.json")), ids=lambda file: file.stem)
def test_no_sentence_stands_twice(file: Path) -> None:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        assert not {name for name in names if names.count(name) > 1}
        return dict(pairs)

    assert json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=once)


def test_a_card_is_named_before_the_reason() -> None:
    info = EngineInfo("onnxruntime", "gpu", "m", Reason.GPU_PROVEN, "NVIDIA L4")
    assert why_there(info, "en") == "NVIDIA L4: a CUDA GPU was found, and it reads the test page rightly"
    assert why_there(info, "zh") == "NVIDIA L4：找到 CUDA 显卡，测试页识别正确"
    assert why_there(EngineInfo("onnxruntime", "cpu", "m", Reason.NO_GPU), "zh") == "未找到 CUDA 显卡"
    assert why_there(EngineInfo("onnxruntime", "cpu", "m"), "en") == ""


def test_sentences_stand_apart_by_a_space_but_not_after_a_chinese_full_stop() -> None:
    assert together("It is locked.", "Enter the password.") == "It is locked. Enter the password."
    assert together("设有密码。", "请输入密码。") == "设有密码。请输入密码。"
    assert together("3 张", "seen before") == "3 张 seen before"
    assert together("alone") == "alone"


def test_no_chinese_sentence_is_followed_by_a_gap() -> None:
    failure = TooLarge(file="a.pdf", detail="b").failure
    assert together(*error_sentence(failure, "zh")).startswith("a.pdf 太大：b。请以 300 dpi 重新扫描，")
