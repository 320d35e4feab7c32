from __future__ import annotations

from typing import get_args

import pytest

from paddlescan.document import Language
from paddlescan.words import quality_sentences, quality_word, wants_rescan

NAMES = ("blank", "blurred", "small_text", "faded", "cut_off", "glare", "black")


@pytest.mark.parametrize("language", get_args(Language))
def test_every_finding_has_a_sentence(language: Language) -> None:
    sentences = quality_sentences(NAMES, language)
    assert len(set(sentences)) == len(NAMES)
    assert all(sentence.endswith("。" if language == "zh" else ".") for sentence in sentences)
    assert quality_sentences(("of_tomorrow", "blurred"), language) == sentences[1:2]


def test_a_blank_page_need_not_be_scanned_again() -> None:
    assert [wants_rescan((name,)) for name in NAMES] == [False, True, True, True, True, True, True]
    assert not wants_rescan(())
    assert quality_word((), "en") == ""
    assert (quality_word(("blank",), "en"), quality_word(("blank",), "zh")) == ("Blank page", "空白页")
    assert (quality_word(("faded",), "en"), quality_word(("faded",), "zh")) == ("Rescan needed", "需重扫")
