from __future__ import annotations

import numpy as np
import pytest

from paddlescan.ocr.line_pictures import COARSE_STEP, FINE_STEP, MARGIN, STEP, WIDEST, LinePictures, line_input


def test_black_is_minus_one_and_the_margin_is_grey() -> None:
    x = line_input(np.zeros((24, 100, 3), np.uint8))
    assert x.dtype == np.float32
    assert x.shape == (3, 48, 288)
    assert (x[:, :, :200] == -1).all()
    assert (x[:, :, 200:] == 0).all()


def test_white_is_one_and_channels_keep_their_places() -> None:
    picture = np.zeros((48, 100, 3), np.uint8)
    picture[:, :, 2] = 255
    x = line_input(picture)
    assert x[2, :, :100] == pytest.approx(1.0)
    assert (x[:2, :, :100] == -1).all()


@pytest.mark.parametrize("step", [STEP, FINE_STEP, COARSE_STEP])
@pytest.mark.parametrize("width", [1, 5, 31, 32, 33, 500])
def test_every_width_is_a_multiple_and_has_its_margin(width: int, step: int) -> None:
    whole = line_input(np.zeros((48, width, 3), np.uint8), step).shape[2]
    assert whole % step == 0
    assert MARGIN <= whole - width < MARGIN + step


def test_an_endless_line_is_squeezed() -> None:
    assert line_input(np.zeros((4, 4000, 3), np.uint8)).shape[2] == WIDEST + MARGIN


@pytest.mark.parametrize("shape", [(0, 10, 3), (10, 0, 3)])
def test_an_empty_picture_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="empty"):
        line_input(np.zeros(shape, np.uint8))


def test_each_line_keeps_its_own_width() -> None:
    pictures = [np.zeros((48, w, 3), np.uint8) for w in (100, 300)]
    assert [x.shape[2] for x in LinePictures()(pictures)] == [192, 384]
