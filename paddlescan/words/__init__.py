"""Sentences for people, by language: errors, captions, checks, the command line. Knows nothing of Qt."""

from paddlescan.words.categories import categories, category_value, category_word
from paddlescan.words.checks import check_sentence
from paddlescan.words.language import system_language
from paddlescan.words.quality import quality_sentences, quality_word, wants_rescan
from paddlescan.words.sentences import caption, error_sentence, reason, say, together, why_there
from paddlescan.words.sheets import sheet_words
from paddlescan.words.sizes import size_words

__all__ = [
    "caption",
    "categories",
    "category_value",
    "category_word",
    "check_sentence",
    "error_sentence",
    "quality_sentences",
    "quality_word",
    "reason",
    "say",
    "sheet_words",
    "size_words",
    "system_language",
    "together",
    "wants_rescan",
    "why_there",
]
