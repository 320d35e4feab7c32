"""Answers as a child that was taken over might send them: real ones, changed at random, always by the same seed.

Whatever they say, the supervisor hears BadData or loses the child over it; nothing else ever comes out, and what it
does believe can be saved and told.
"""

from __future__ import annotations

import json
import random
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest

from paddlescan.document import (
    Check,
    EngineInfo,
    Field,
    Finding,
    Item,
    Limits,
    PageRef,
    PageResult,
    Preparation,
    Receipt,
    ScanOptions,
    Seconds,
    SourceFile,
    SourceInfo,
    TextLine,
)
from paddlescan.document.codec import BadData
from paddlescan.errors import Failure, PaddleScanError, TooLarge
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.messages import (
    Answer,
    AreaRead,
    Cut,
    Hello,
    Inspected,
    Jpeg,
    Picture,
    Prepared,
    PreparedPicture,
    Preview,
    Refused,
    Request,
    Scanned,
)
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.pipeline.wire import answer_from, to_bytes
from paddlescan.store import Store
from paddlescan.words.sentences import error_sentence

SEED, ROUNDS = 7, 3000
QUAD = ((0.0, 0.0), (10.5, 0.0), (10.5, 5.0), (0.0, 5.0))
NINE = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
A = TypeVar("A", bound=Answer)


def real_answers(page: PageRef) -> list[Answer]:
    line = TextLine("合计 9.00", 0.5, QUAD)
    receipt = Receipt(
        region=QUAD,
        preparation=Preparation(90, 1.5, True, (QUAD,), QUAD),
        kind="invoice",
        fields=(Field("total", "9.00", "9.00", 0.9, QUAD, candidates=("8.00",)), Field("date", "2026-01-02")),
        items=(Item("tea", "1", "9.00", "9.00"),),
        checks=(Check("sum", True, "fits", (("a", "b"),)),),
        lines=(line,),
    )
    engine = EngineInfo("onnxruntime", "cpu", "PP-OCRv6_small", "no GPU")
    quality, seconds = (Finding("blurred", "x"),), Seconds(0.1, 0.2, 0.3, 0.4)
    result = PageResult(page, 1, "ab" * 32, 100, 200, (receipt,), quality, None, engine, seconds)
    picture = Picture("picture-1.rgb", 2, 2, 6)
    failure = TooLarge(file="大.png", detail="big").failure
    return [
        *[Scanned(result)] * 3,
        Inspected(SourceInfo("pdf", 2, "cd" * 32)),
        Refused(failure),
        Cut(picture, 100, 200),
        Preview(picture, "key", picture, 100, 200, Preparation(), NINE),
        Prepared((PreparedPicture("picture-2.png", Preparation(), QUAD, NINE),), 100, 200, quality),
        Jpeg("picture-3.jpg", 100, 200, NINE),
        AreaRead((line,)),
        AreaRead(failure=failure),
        Hello(engine),
    ]


def odd_value(chance: random.Random) -> Any:
    return chance.choice(
        [
            *(None, True, False, "", [], {}, 0, -1, 2, 0.5, -0.5, 1e300, -1e300),
            *(2**31, 2**53 + 1, 2**63, 2**64, 2**70, -(2**70), 10**400),
            *("x" * 70_000, "\x00", "\ud800", "..", "/etc/passwd", "picture-1.rgb", "self", "NaN", "1e999999999"),
            *("code", "internal", "disk_full", "pdf", "\u202e", "total", "{file}", "%s"),
            *([["self", "y"]], [["file", 3]], [[[[]]]], [0] * 5000, {"type": "Refused"}),
        ]
    )


def places(node: Any) -> list[tuple[Any, Any]]:
    """Everything within a JSON value, as what holds it and where."""
    keys = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    found = []
    for key, value in keys:
        found += [(node, key), *places(value)]
    return found


def changed(chance: random.Random, data: bytes) -> bytes:
    """The answer with one to three things changed, as values or as bytes."""
    if chance.random() < 0.15:
        raw = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        return bytes(raw)
    value = json.loads(data)
    for _ in range(chance.randint(1, 3)):
        if not (found := places(value)):
            break
        holder, key = chance.choice(found)
        match chance.randrange(4):
            case 0 if isinstance(holder, list):
                holder.extend([holder[key]] * chance.choice((1, 2000)))
            case 1:
                del holder[key]
            case 2:
                holder[key] = chance.choice(found)[0]
                with suppress(ValueError):
                    json.dumps(value)
                    continue
                return b"[" * chance.choice((10, 100_000))  # it would hold itself
            case _:
                holder[key] = odd_value(chance)
    return json.dumps(value).encode("utf-8", "surrogatepass")


class Told:
    """In place of the pipe: the next answer, read as the supervisor reads it."""

    told: Answer | None = None
    """None for what is no answer."""

    def answer(self, request: Request, expected: type[A]) -> A | Refused:
        if not isinstance(self.told, (expected, Refused)):
            raise EngineLost("bad_answer")
        return self.told


class ToldEngine(Told, EngineProcess):  # type: ignore[misc]
    """An engine whose answers are these."""


class ToldLight(Told, LightProcess):  # type: ignore[misc]
    """A light process whose answers are these."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store.sqlite")


def test_whatever_is_answered_only_bad_data_comes_out_or_what_can_be_kept(store: Store) -> None:
    chance = random.Random(SEED)
    batch = store.create_batch("", "cli", ScanOptions())
    source = SourceFile(b"/a", "a")
    (row,) = store.add_sources(batch, [source])
    answers = [to_bytes(answer) for answer in real_answers(row.ref)]
    engine, light = ToldEngine(), ToldLight()
    outcomes = {"lost": 0, "refused": 0, "believed": 0}
    for n in range(ROUNDS):
        data = changed(chance, chance.choice(answers))
        Told.told = None
        with suppress(BadData):
            Told.told = answer_from(data)
        for outcome in asked(engine, light, row.ref):
            outcomes[outcome if isinstance(outcome, str) else "believed"] += 1
            if n % 10 == 0 or not isinstance(outcome, PageResult):  # a disk takes its time
                keep(store, batch, outcome)
    store.close()
    assert min(outcomes.values()) > 50


def asked(engine: EngineProcess, light: LightProcess, page: PageRef) -> list[object]:
    """What each client makes of the answer."""
    limits, quad = Limits(), QUAD
    found: list[object] = []
    for ask in (
        lambda: engine.inspect(page.source, limits),
        lambda: engine.scan(page, ScanOptions()),
        lambda: engine.prepare(page, ScanOptions()),
        lambda: light.inspect(page.source),
        lambda: light.thumbnail(page, 100),
        lambda: light.cutout(page, quad, 100),
        lambda: light.preview(page, ScanOptions(), 100),
        lambda: light.jpeg(page, ScanOptions().prepare, Preparation(), 1000),
    ):
        try:
            found.append(ask())
        except EngineLost:
            found.append("lost")
        except PaddleScanError as error:
            error_sentence(error.failure, "zh")
            found.append("refused")
    return found


def keep(store: Store, batch: int, outcome: object) -> None:
    """The store takes it, and it can be told in both languages."""
    failure = outcome if isinstance(outcome, Failure) else None
    if isinstance(outcome, PageResult):
        failure = outcome.error
        store.read_again(outcome.page.id)
        claim = store.claim_page(batch, outcome.page.id)
        assert claim is not None
        assert store.save_result(claim.page_id, outcome, claim.token)
    if isinstance(outcome, SourceInfo):
        assert 1 <= outcome.page_count <= Limits().max_pages
    if failure is not None:
        error_sentence(failure, "en")
        error_sentence(failure, "zh")
