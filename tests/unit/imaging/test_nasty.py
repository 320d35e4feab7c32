"""The real files that others' decoders stumbled over."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from paddlescan.document import Limits, SourceFile
from paddlescan.errors import PaddleScanError
from paddlescan.imaging.loading import inspect_source, load_page, open_source


def outcome(path: Path, password: str | None = None) -> str:
    """`decode`, or the code of the error."""
    try:
        with open_source(SourceFile.at(path)) as file:
            info = inspect_source(file, path.name, Limits(), password)
            for number in range(1, info.page_count + 1):
                assert load_page(file, path.name, number, Limits(), password).pixels.size > 0
    except PaddleScanError as error:
        assert error.code != "internal"
        return error.code
    return "decode"


def keeps_its_rule(path: Path, item: dict[str, Any]) -> bool:
    got, expect = outcome(path), item["expect"]
    if "or supported" in item.get("notes", ""):  # a clear error, or read
        return True
    match expect["outcome"]:
        case "decode":
            return got == "decode"
        case "reject":
            return got != "decode"
        case "password":
            known = outcome(path, expect["password"]) == "decode"
            return known and got == "password_needed" and outcome(path, "not the one") == "wrong_password"
    return True


@pytest.mark.slow
def test_every_rule_is_kept_without_a_warning(receipts: Path) -> None:
    items = json.loads((receipts / "manifest.json").read_text(encoding="utf-8"))["items"]
    chosen = [item for item in items if item["category"] in ("nasty", "variant") and item["bytes"] < 1_500_000]
    assert len(chosen) >= 50
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        broken = [item["id"] for item in chosen if not keeps_its_rule(receipts / item["path"], item)]
    assert broken == []


def test_a_phones_picture_is_the_receipt_it_shows(receipts: Path) -> None:
    """HEIC cannot be written here, so a real one is compared with the picture it was made of."""
    items = json.loads((receipts / "manifest.json").read_text(encoding="utf-8"))["items"]
    item = next(item for item in items if item["path"].endswith("photo.heic"))
    base = next(other for other in items if other["id"] == item["derived_from"][0])
    wanted = cv2.imread(str(receipts / base["path"]))
    with open_source(SourceFile.at(receipts / item["path"])) as file:
        assert inspect_source(file, "x", Limits()).format == "heic"
        pixels = load_page(file, "x", 1, Limits()).pixels
    assert pixels.shape == wanted.shape
    assert np.abs(pixels.astype(int) - wanted).mean() < 6
