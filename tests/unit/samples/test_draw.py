from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from paddlescan.resources_dir import resource
from tests.samples import draw
from tests.samples.paper import Paper, font

SAMPLES = resource("samples")


def truth() -> dict[str, dict[str, object]]:
    manifest = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
    return {item["id"]: item for item in manifest["items"]}


def test_every_committed_sample_opens_and_has_its_truth() -> None:
    assert set(truth()) == {sample.name for sample in draw.SAMPLES}
    for item in truth().values():
        with Image.open(SAMPLES / str(item["path"])) as picture:
            assert picture.format == "JPEG"
            assert min(picture.size) > 500


def test_both_languages_seals_and_slants_are_there() -> None:
    items = list(truth().values())
    assert {str(i["category"])[-3:] for i in items} == {"_en", "_zh"}
    assert sum(bool(i["seal"]) for i in items) >= 2
    assert sum(abs(float(str(i["skew_deg_ccw"]))) > 1 for i in items) >= 3


@pytest.mark.parametrize("sample", draw.SAMPLES, ids=lambda s: s.name)
def test_the_truth_stands_on_the_paper(sample: draw.Sample) -> None:
    try:
        font("sans", 20)
    except FileNotFoundError as error:
        pytest.skip(str(error))
    paper, fields = sample.layout()
    printed = " ".join(paper.lines)
    assert isinstance(paper, Paper)
    assert str(fields["total"]).rstrip("0") in printed
    if fields.get("invoice_number"):
        assert str(fields["invoice_number"]) in printed


def test_drawing_twice_gives_the_same_picture(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        try:
            draw.draw(draw.SAMPLES[1], tmp_path / name)
        except FileNotFoundError as error:
            pytest.skip(str(error))
    first, second = (next((tmp_path / name).iterdir()).read_bytes() for name in ("a", "b"))
    assert first == second
