"""Whole exports, byte by byte: what Excel and other people's programs get."""

from __future__ import annotations

from pathlib import Path

import pytest

from paddlescan import __version__
from paddlescan.document import Language
from paddlescan.export.csv_export import write_csv
from paddlescan.export.json_export import write_json
from tests.unit.export.making import BATCH

GOLDEN = Path(__file__).parent / "golden"


def test_the_json_export(tmp_path: Path) -> None:
    write_json(BATCH, tmp_path / "out.json", overwrite=False)
    ours = (tmp_path / "out.json").read_bytes().replace(f'"version": "{__version__}"'.encode(), b'"version": "*"')
    assert ours == (GOLDEN / "export.json").read_bytes()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_csv_export(language: Language, tmp_path: Path) -> None:
    write_csv(BATCH, tmp_path / "out.csv", overwrite=False, language=language)
    assert (tmp_path / "out.csv").read_bytes() == (GOLDEN / f"export_{language}.csv").read_bytes()
