"""The words of sheets: totals, remarks on cells, the report of a batch."""

from __future__ import annotations

from paddlescan.document import Language
from paddlescan.words.sentences import table_of


def sheet_words(key: str, language: Language, **parameters: object) -> str:
    """A sentence of a workbook. Raises KeyError for a key that nobody wrote down."""
    return table_of("sheets")[key][language].format(**parameters)
