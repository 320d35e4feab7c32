from __future__ import annotations

import numpy as np

from paddlescan.ocr.likeness import WIDEST, OfLines, OfPages


def page(left: int, width: int, of: int = 704) -> np.ndarray:
    """An answer of the detector: text in these columns of a page of 64 rows."""
    answer = np.zeros((1, 1, 64, of), np.float32)
    answer[..., 10:20, left : left + width] = 0.9
    return answer


def test_the_strip_with_most_text_is_compared() -> None:
    x = np.tile(np.arange(704, dtype=np.float32), (1, 3, 64, 1))
    piece = OfPages().piece(x, page(left=500, width=180))
    assert piece.shape == (1, 3, 64, WIDEST)
    assert piece[0, 0, 0, 0] <= 500
    assert piece[0, 0, 0, -1] >= 679
    assert OfPages().piece(x[..., :96], page(left=10, width=20, of=96)).shape == (1, 3, 64, 96)


def test_of_pages_only_text_counts() -> None:
    assert OfPages().apart(page(100, 50), page(100, 50)) == (0, 500)
    assert OfPages().apart(page(100, 50), page(100, 49)) == (10, 500)
    assert OfPages().apart(page(100, 50), page(300, 50)) == (1000, 1000)
    assert OfPages().apart(page(100, 0), page(100, 0)) == (0, 0)
    assert OfPages().apart(page(100, 50), np.full_like(page(0, 0), np.nan)) == (500, 500)


def line(*classes: int) -> np.ndarray:
    """An answer of the recogniser, which may be logits as well."""
    answer = np.full((1, len(classes), 5), -3.0, np.float32)
    answer[0, range(len(classes)), classes] = 8.0
    return answer


def test_of_lines_only_characters_count() -> None:
    assert OfLines().apart(line(0, 1, 0, 2), line(0, 1, 0, 2)) == (0, 2)
    assert OfLines().apart(line(0, 1, 0, 2), line(0, 1, 3, 4)) == (2, 3)
    assert OfLines().apart(line(0, 0), line(0, 0)) == (0, 0)
    assert OfLines().apart(line(1, 2), np.full((1, 2, 5), np.nan, np.float32)) == (2, 2)


def test_a_long_line_is_compared_by_its_beginning() -> None:
    assert OfLines().piece(np.zeros((1, 3, 48, 900), np.float32), line(1)).shape == (1, 3, 48, WIDEST)
