from __future__ import annotations

import pytest

from paddlescan.words import categories, category_value, category_word
from paddlescan.words.sentences import table_of


def test_a_category_has_a_word_in_each_language() -> None:
    assert category_word("meals", "en") == "Meals"
    assert category_word("meals", "zh") == "餐饮"
    assert category_word("team event", "zh") == "team event", "a person's own"
    for language in ("en", "zh"):
        words = [table_of("categories")[value][language] for value in categories()]
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("typed", ["meals", "Meals", " MEALS ", "餐饮"])
def test_what_is_typed_in_either_language_is_the_stable_word(typed: str) -> None:
    assert category_value(typed) == "meals"
    assert category_value("team event") == "team event"
