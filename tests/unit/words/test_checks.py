"""Sentences of checks: every rule says everything it can say, in both languages."""

from __future__ import annotations

import ast
import inspect
import re
from typing import get_args

import pytest

from paddlescan.document import Check
from paddlescan.document.sameness import NOT_SEEN_BEFORE, SameBy
from paddlescan.extraction.kinds import KIND_IS_KNOWN
from paddlescan.extraction.rules import RULES, accept, codes, days, judging, numbers, sums
from paddlescan.words import check_sentence
from paddlescan.words.sentences import table_of

FAILED = Check(
    "net_plus_tax_is_total",
    False,
    "net 90.00 + tax 10.80 is 100.80, but the total reads 108.00",
    (("said", "differs"), ("net", "90.00"), ("tax", "10.80"), ("sum", "100.80"), ("total", "108.00")),
)


def test_a_sentence_has_its_figures_in_both_languages() -> None:
    assert check_sentence(FAILED, "en") == "Net 90.00 + tax 10.80 is 100.80, but the total reads 108.00"
    assert check_sentence(FAILED, "zh") == "不含税 90.00 + 税额 10.80 = 100.80，但合计读作 108.00"


def test_an_acceptance_is_told() -> None:
    (accepted,) = accept((FAILED,), (FAILED,))
    assert check_sentence(accepted, "en").endswith("reads 108.00 (accepted by hand)")
    assert check_sentence(accepted, "zh").endswith("读作 108.00（已人工确认）")


def test_a_check_that_says_nothing_of_itself_is_told_by_its_detail() -> None:
    for language in ("en", "zh"):
        assert check_sentence(Check("seal_is_red", False, "it is blue"), language) == "It is blue"  # type: ignore[arg-type]
        assert check_sentence(Check("seal_is_red", True), language) == "Seal is red"  # type: ignore[arg-type]
        newer = Check("net_plus_tax_is_total", True, "nearly", (("said", "nearly"),))
        assert check_sentence(newer, language) == "Nearly"  # type: ignore[arg-type]


def test_names_of_fields_are_the_persons_own() -> None:
    silent = Check("net_plus_tax_is_total", False, "", (("said", "no_amount"), ("fields", "subtotal tax")))
    assert check_sentence(silent, "en") == "Cannot be checked: no amount in Net, Tax"
    assert check_sentence(silent, "zh") == "暂无法核对：不含税金额、税额不是金额或为空"


def keys_said() -> set[str]:
    """Every sentence that a verdict in the code can ask for."""
    words = set()
    for module in (sums, numbers, days, codes, judging):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Verdict":
                for part in ast.walk(node.args[1]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        words.add(part.value)
    return words


def test_no_sentence_is_missing_and_none_is_left_over() -> None:
    table = table_of("checks")
    table, across = (
        {key: words for key, words in table.items() if (key.split(".")[0] == NOT_SEEN_BEFORE) == seen}
        for seen in (False, True)
    )
    assert {key.split(".")[1] for key in across} == {"clear", *get_args(SameBy)}
    heads = {key.split(".")[0] for key in table}
    assert heads == set(RULES) | {"every", KIND_IS_KNOWN}
    said = keys_said() | {sums.USUAL, "not_judged", "words"}
    assert len(said) > 15
    tails = {key.split(".")[1] for key in table} - {"repaired", "accepted"}
    assert tails == said


@pytest.mark.parametrize("key", sorted(table_of("checks")))
def test_sentences_begin_small_and_end_without_a_stop(key: str) -> None:
    english, chinese = (table_of("checks")[key][language] for language in ("en", "zh"))
    assert not english[0].isupper()
    assert english[-1] not in ".!"
    assert chinese[-1] not in "。."
    assert re.search("[一-鿿]", re.sub(r"\{\w+\}", "", chinese))


def test_a_kind_is_told_with_the_words_that_show_it() -> None:
    facts = (("said", "words"), ("kind", "taxi_receipt"), ("words", "出租汽车, 上车"))
    check = Check("kind_is_known", True, facts=facts)
    assert check_sentence(check, "en") == "Taxi receipt, by the words 出租汽车, 上车"
    assert check_sentence(check, "zh") == "出租车票（依据文字：出租汽车、上车）"
