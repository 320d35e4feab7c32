from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import FIELD_NAMES, Field, PageRef, PageResult, Receipt, SourceFile, TextLine
from paddlescan.document.export import ExportRow, rows_of
from paddlescan.errors import ERRORS, EmptyFile
from paddlescan.export.json_export import document, entry, write_json
from paddlescan.resources_dir import resource
from tests.unit.export.making import BATCH, BY_HAND, INVOICE, LOCKED, QUAD

SCHEMA: dict[str, Any] = json.loads(resource("schema", "paddlescan-1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
KEYS = (
    *("source", "page", "page_count", "receipt", "receipt_count", "region", "sha256", "status", "error", "width"),
    *("height", "prepared", "quality", "duplicate_of", "more_pages", "kind", "language", "fields", "items", "checks"),
    *("lines", "engine", "seconds", "history"),
)


def valid(page: dict[str, Any]) -> bool:
    whole = {"schema": "paddlescan/1", "generator": {"name": "PaddleScan", "version": "1"}, "pages": [page]}
    return VALIDATOR.is_valid(whole)


def objects(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        return [node, *(found for value in node.values() for found in objects(value))]
    if isinstance(node, list):
        return [found for value in node for found in objects(value)]
    return []


def test_the_schema_itself_is_sound_and_strict() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for part in objects(SCHEMA):
        if part.get("type") == "object" and "properties" in part and "propertyNames" not in part:
            assert part["additionalProperties"] is False
            assert set(part["required"]) == set(part["properties"]) - {"page"} | {"page"} & set(part["required"])
    assert SCHEMA["$defs"]["field_name"]["enum"] == list(FIELD_NAMES)


@pytest.mark.parametrize("row", BATCH)
def test_every_key_is_there_in_order_and_fits_the_schema(row: ExportRow) -> None:
    page = entry(row)
    assert tuple(page) == KEYS
    assert [error.message for error in VALIDATOR.iter_errors(document([row]))] == []


@pytest.mark.parametrize("key", KEYS)
def test_the_schema_misses_a_key(key: str) -> None:
    page = entry(INVOICE)
    del page[key]
    assert not valid(page)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("surplus",), 1),
        (("fields", "colour"), {}),
        (("fields", "total", "origin"), "guess"),
        (("fields", "tax", "value"), "0,52"),
        (("fields", "date", "value"), "5.3.2026"),
        (("fields", "merchant", "quad"), [[1, 2], [3, 4], [5, 6]]),
        (("status",), "failed"),
        (("error",), {"code": "x", "message": "m", "remedy": "r"}),
        (("page",), 0),
        (("kind",), "menu"),
        (("sha256",), "AB"),
        (("history", 0, "at"), "2026-11-23T10:00:00"),
        (("prepared", "rotation_degrees"), 45),
        (("lines", 0, "confidence"), 1.5),
    ],
)
def test_the_schema_notices_what_does_not_fit(path: tuple[str | int, ...], value: object) -> None:
    page = entry(INVOICE)
    assert valid(page)
    place: Any = page
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not valid(page)


def test_what_a_person_typed_may_be_anything() -> None:
    assert valid(entry(BY_HAND))
    read = replace(BY_HAND, receipt=Receipt(fields=(Field("total", "about 5"),)))
    assert not valid(entry(read))


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_error_can_be_exported(code: str) -> None:
    failure = ERRORS[code](file="a", detail="d").failure
    page = entry(replace(LOCKED, failure=failure))
    assert page["error"]["code"] == code
    assert valid(page)


def test_a_result_can_be_exported_without_a_store() -> None:
    page = PageRef(SourceFile(b"/x/a.png", "a.png"), 3)
    line = TextLine("x", 0.5, QUAD)
    doubtful = Receipt(2, 2, fields=(Field("total", "1.00", doubtful=True),), lines=(line,))
    read = rows_of(PageResult(page, 4, "ab" * 32, 10, 20, (Receipt(1, 2), doubtful)))
    assert [(r.source, r.page, r.page_count, r.status, r.receipt.number) for r in read] == [
        ("a.png", 3, 4, "done", 1),
        ("a.png", 3, 4, "needs_review", 2),
    ]
    (failed,) = rows_of(PageResult(page, error=EmptyFile(file="a.png").failure))
    assert (failed.status, failed.language, failed.seconds) == ("failed", None, None)
    assert all(valid(entry(row)) for row in (*read, failed))


def test_what_stands_on_a_later_page_says_so() -> None:
    lines = (TextLine("head", 0.9, QUAD), TextLine("foot", 0.9, QUAD, page=1))
    fields = (Field("merchant", "A", quad=QUAD), Field("total", "3.20", quad=QUAD, page=1))
    page = entry(ExportRow("a.pdf", "done", page=4, page_count=6, receipt=Receipt(fields=fields, lines=lines)))
    assert valid(page)
    assert [found.get("page") for found in (*page["fields"].values(), *page["lines"])] == [None, 5, None, 5]


def test_an_empty_batch_is_a_valid_file(tmp_path: Path) -> None:
    write_json([], tmp_path / "a.json", overwrite=False)
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["pages"] == []


@given(st.text(st.characters(), max_size=20), st.text(max_size=20))
def test_any_text_can_be_written_and_read_back(tmp_path_factory: pytest.TempPathFactory, name: str, text: str) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    row = ExportRow(name, "done", receipt=Receipt(lines=(TextLine(text, 0.5, QUAD),)))
    write_json([row, row], path, overwrite=False)
    back = json.loads(path.read_bytes())
    assert [error.message for error in VALIDATOR.iter_errors(back)] == []
    assert back["pages"][1]["lines"][0]["text"] == text
    assert back["pages"][0]["source"] == name.encode("utf-8", "replace").decode()


def test_a_field_that_was_not_found_is_left_out() -> None:
    receipt = Receipt(fields=(Field("date", "", confidence=0.0, doubtful=True), Field("total", "3.20")))
    assert list(entry(ExportRow("a.jpg", "needs_review", receipt=receipt))["fields"]) == ["total"]
