"""Whatever stands on a page, however it lies: a receipt comes of it, all of it from the page, and soon."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import paddlescan.extraction
from paddlescan.document import Code, Quad, Receipt, TextLine, bounds, quad_from
from paddlescan.extraction.amounts import MAX_AMOUNT
from paddlescan.extraction.extract import extract_receipt
from paddlescan.extraction.rules import RULES, amount_of, recheck
from paddlescan.words import check_sentence
from tests.unit.extraction.drawing import TODAY, line, turned
from tests.unit.extraction.test_documents import NONTAX, TAXI, TRAIN, VAT

_PRINT = (
    "Total", "GST 6%", "12.50", "RM", "$1,234.50", "Date 03/04/2021", "Invoice No: A-77", "SDN BHD", "JALAN", "Qty",
    "价税合计", "名称：", "（小写）¥58.00元", "贰佰圆整", "壹佰贰", "拾叁元整", "发票代码144032370119", "20417786",
    "发票号码", "北京站", "G7012", "2029年01月11日", "9.8KM", "2.70元", "交款人", "纳税人识别号：",
    "91320500MA9HGFED2U", "9I32O5OOMA9HGFED2W",
    "24322000000012345678", "GB980780684", "*餐饮*", "合计", "税额", "00:06:10", "出租汽车", "O", "-", "(", "&",
)  # fmt: skip
_odd = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\u0000\u202e\u200f\u200d\ufeff\u2028٣٤۵७௫５²Ⅻ①㊣\U0001f9fe\U0001d7d8\u0301Ａ￥．"),
    ),
    max_size=40,
)
_text = st.one_of(_odd, st.lists(st.sampled_from(_PRINT), max_size=4).map("".join), st.sampled_from(_PRINT))
_place = st.floats(-1e9, 1e9, allow_nan=False, allow_infinity=False)
_point = st.tuples(_place, _place)
_wild = st.builds(quad_from, st.tuples(_point, _point, _point, _point))
_flat = st.builds(lambda x, y: quad_from([(x, y)] * 4), _place, _place)
_confidence = st.floats(0, 1)
_any_line = st.builds(TextLine, _text, _confidence, st.one_of(_wild, _flat), st.sampled_from(["ocr", "pdf_text"]))
_level = st.builds(line, st.integers(0, 700), st.integers(0, 900), _text, st.integers(1, 60), _confidence)
_code = st.builds(
    Code,
    st.one_of(_odd, st.just("01,10,032001900111,55443322,200.00,20210618,12345678901234567890,AB12")),
    st.just("qr_code"),
    _wild,
)


def read(lines: list[TextLine], *codes: Code) -> Receipt:
    return extract_receipt(lines, 700, 1000, today=TODAY, codes=codes)


def from_the_page(quad: Quad, lines: list[TextLine], codes: tuple[Code, ...] = ()) -> bool:
    """Whether a quad is a line's or a code's, or a box around some lines of the page."""
    if quad in {m.quad for m in lines} | {c.quad for c in codes}:
        return True
    left, top, right, bottom = bounds(quad)
    boxes = [bounds(m.quad) for m in lines]
    inside = [b for b in boxes if b[0] >= left and b[1] >= top and b[2] <= right and b[3] <= bottom]
    if not inside:
        return False
    around = (
        min(b[0] for b in inside),
        min(b[1] for b in inside),
        max(b[2] for b in inside),
        max(b[3] for b in inside),
    )
    return around == (left, top, right, bottom)


def judge(receipt: Receipt, lines: list[TextLine], codes: tuple[Code, ...] = ()) -> None:
    """What is true of every receipt, whatever it was read from."""
    assert sorted(map(id, receipt.lines)) == sorted(map(id, lines)), "no line is lost, none invented"
    for field in receipt.fields:
        assert field.quad is None or from_the_page(field.quad, lines, codes), field.name
        assert field.value not in field.candidates
        assert field.value or field.doubtful
        if field.name in ("total", "subtotal", "tax") and field.value:
            amount = amount_of(field.value)
            assert amount is not None
            assert abs(amount) < MAX_AMOUNT
    values = {f.name: f.value for f in receipt.fields if f.value}
    for check in receipt.checks:
        assert all(name in values for name in (RULES[check.name].binds if check.name in RULES else ()))
        assert check_sentence(check, "en")
        assert check_sentence(check, "zh")
    own = tuple(check for check in receipt.checks if check.name != "qr_agrees")  # that one compares the print
    assert recheck(receipt.fields, own) == own, "unedited, they say the same again"


@settings(deadline=None, max_examples=150)
@given(st.lists(_any_line, max_size=25), st.lists(_code, max_size=2))
def test_wild_quads_and_any_unicode(lines: list[TextLine], codes: list[Code]) -> None:
    judge(read(lines, *codes), lines, tuple(codes))


@settings(deadline=None, max_examples=150)
@given(st.lists(_level, max_size=30))
def test_any_print_on_a_level_page(lines: list[TextLine]) -> None:
    judge(read(lines), lines)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([VAT, TAXI, TRAIN, NONTAX]), st.randoms(use_true_random=False), st.integers(1, 12))
def test_a_real_page_with_characters_lost_and_changed(lines: list[TextLine], chance: random.Random, times: int) -> None:
    spoilt = list(lines)
    for _ in range(times):
        n = chance.randrange(len(spoilt))
        text = spoilt[n].text
        place = chance.randrange(len(text) + 1)
        new = text[:place] + chance.choice(["", "8", "O", "元", " ", "."]) + text[place + chance.randint(0, 2) :]
        spoilt[n] = TextLine(new, chance.random(), spoilt[n].quad)
    chance.shuffle(spoilt)
    judge(read(spoilt), spoilt)


@pytest.mark.parametrize("degrees", [90, 180, 270, 7, 187])
@pytest.mark.parametrize("lines", [VAT, TAXI, TRAIN], ids=["vat", "taxi", "train"])
def test_a_page_that_lies_otherwise_says_the_same(lines: list[TextLine], degrees: float) -> None:
    lying = turned(lines, degrees)
    upright, receipt = read(lines), read(lying)
    judge(receipt, lying)
    assert {f.name: f.value for f in receipt.fields} == {f.name: f.value for f in upright.fields}
    assert [(c.name, c.passed) for c in receipt.checks] == [(c.name, c.passed) for c in upright.checks]


def test_lines_without_text() -> None:
    empty = [line(10, 10 * n, "") for n in range(3)]
    assert all(not f.value and f.doubtful for f in read(empty).fields)


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern of the room: constants, members of tuples and tables, and what cached functions give."""
    for info in pkgutil.walk_packages(paddlescan.extraction.__path__, "paddlescan.extraction."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for found in _in(module, value):
                yield f"{info.name}.{name}", found


def _in(module: ModuleType, value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (p for p in value.values() if isinstance(p, re.Pattern))
    elif isinstance(value, tuple | list):
        yield from (p for p in value if isinstance(p, re.Pattern))
    elif _is_cached_constant(module, value):
        yield from _in(module, value())


def _is_cached_constant(module: ModuleType, value: object) -> bool:
    cached = hasattr(value, "cache_info") and getattr(value, "__module__", "") == module.__name__
    code = getattr(getattr(value, "__wrapped__", None), "__code__", None)
    return cached and code is not None and code.co_argcount == 0


_PARTS = (
    "1", "1 ", "1.", "1,", "11-", "1/", "No.", "(", "A-", "A1", "a", "aa ", "有", "公司", "年", "1年1月", "站", "元",
    "壹佰", "零角", "O", "*", "¥ ", "RM", "00:", "K1", "税号", "名称：", " ", ":", "-", "\n", "0.", "2019-", "1'1",
    "é", "$1", "省市", "NO ", "jan ",
)  # fmt: skip


def try_hostile_texts() -> int:
    """Each pattern over 2,000 characters of what could make a careless one try all ways. Says how many were tried."""
    tried = 0
    for _, pattern in _patterns():
        tried += 1
        for part in _PARTS:
            text = (part * 2000)[:2000] + "!"
            pattern.fullmatch(text)
            for _ in pattern.finditer(text):
                pass
    return tried


def test_no_pattern_can_be_made_to_think_for_long() -> None:
    """A pattern that tries all ways takes for ever; all of them together take some five seconds of one core."""
    program = "from tests.unit.extraction.test_any_lines import try_hostile_texts; print(try_hostile_texts())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=200, check=True)
    assert int(done.stdout) >= 60
