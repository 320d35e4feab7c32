"""A store with one large batch, as the scanner would have left it: receipts that look real, with all their lines.

Everything goes in by the store's own functions, a thousand pages a transaction. Files are links to a few drawn
pictures, so that thumbnails have something to show.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from paddlescan.document import Check, Field, PageResult, Quad, Receipt, SourceFile, TextLine
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import Store, intake, pages, results

LINES = 40
"""Text lines of a receipt."""
_CHUNK = 1000
_GOODS = ("矿泉水 550ml", "A4 copy paper 80g", "出租车费", "Screwdriver set 6 pcs", "午餐 套餐B", "Petrol RON95")
_SHOPS = (
    "上海家化超市有限公司",
    "MR D.I.Y. TRADING SDN BHD",
    "北京外婆家餐饮管理有限公司",
    "Kedai Kopi Ah Seng",
    "中国石化加油站",
)


def fill_store(path: Path, files: Path, count: int, pages_a_file: int = 1, lines: int = LINES) -> int:
    """A new store with a batch of so many pages of one receipt of so many lines each, and the files; returns the
    batch's id."""
    with Store(path) as store:
        batch = store.create_batch("Large")
        sources = list(_sources(files, count // pages_a_file))
        for start in range(0, len(sources), _CHUNK):
            _read(store, batch, sources[start : start + _CHUNK], start, pages_a_file, lines)
    open_store(path).close()  # makes the keys by which receipts are known that were seen before
    return batch


def _read(store: Store, batch: int, sources: list[SourceFile], start: int, pages_a_file: int, lines: int) -> None:
    """Take files in and keep the result of each page, in one transaction."""
    with store._db.writing() as db:  # a commit for each of ten thousand pages would take minutes
        first = [row.id for row in intake.add(db, batch, sources)]
        db.executemany(
            "UPDATE source SET page_count = ? WHERE id = (SELECT source_id FROM page WHERE id = ?)",
            ((pages_a_file, page_id) for page_id in first),
        )
        if pages_a_file > 1:
            db.executemany(
                "INSERT INTO page (batch_id, source_id, position, number, state, prepare)"
                " SELECT batch_id, source_id, position, ?, 'waiting', prepare FROM page WHERE id = ?",
                ((number, page_id) for page_id in first for number in range(2, pages_a_file + 1)),
            )
        number = start * pages_a_file
        while (claim := pages.claim(db, batch, None)) is not None:
            number += 1
            result = PageResult(
                claim.ref,
                page_count=pages_a_file,
                sha256=f"{number:064x}",
                width=1000,
                height=1600,
                receipts=(receipt(number, lines),),
            )
            results.save(db, claim.page_id, result, claim.token)


def receipt(number: int, lines: int = LINES) -> Receipt:
    """A receipt of eleven fields and so many lines; a quarter of them has something doubtful, a tenth a failed
    check."""
    chance = random.Random(number)
    net, tax = chance.randrange(500, 90000), chance.randrange(0, 900)
    values = {
        "merchant": chance.choice(_SHOPS) + (f" {chance.randrange(400)}" if chance.random() < 0.7 else ""),
        "date": f"2026-{chance.randrange(1, 12):02}-{chance.randrange(1, 29):02}",
        "total": f"{(net + tax) / 100:.2f}",
        "currency": chance.choice(("CNY", "CNY", "MYR", "USD")),
        "invoice_number": f"{chance.randrange(10**19, 10**20)}",
        "subtotal": f"{net / 100:.2f}",
        "tax": f"{tax / 100:.2f}",
        "address": f"上海市浦东新区张江路 {chance.randrange(900)} 号 Lot {chance.randrange(99)}, Jalan Besar",
        "seller_tax_id": f"91310115{chance.randrange(10**9, 10**10)}",
        "buyer": "上海某某信息科技有限公司",
        "category": chance.choice(("meals", "transport", "office", "lodging")),
    }
    doubtful = chance.choice(tuple(values)) if chance.random() < 0.25 else ""
    fields = tuple(
        Field(
            name,
            value,
            value,
            0.61 if name == doubtful else round(0.9 + chance.random() / 10, 4),
            _quad(60, 40 + 38 * n, 14 * len(value)),
            "ocr",
            name == doubtful,
            (value[:-1], value + "0") if name == doubtful else (),
        )
        for n, (name, value) in enumerate(values.items())
    )
    printed = tuple(
        TextLine(f"{chance.choice(_GOODS)} {chance.randrange(1, 9999) / 100:.2f}", 0.97, _quad(60, 40 + 38 * n, 500))
        for n in range(lines)
    )
    passed = chance.random() > 0.1
    checks = (
        Check("net_plus_tax_is_total", passed, "" if passed else "net and tax are not the total"),
        Check("date_is_possible", True, ""),
    )
    return Receipt(1, 1, kind="receipt", language="zh", fields=fields, lines=printed, checks=checks)


def _quad(x: float, y: float, width: float) -> Quad:
    return (x, y), (x + width, y + 0.5), (x + width, y + 28.5), (x, y + 28.0)


def _sources(files: Path, count: int) -> Iterator[SourceFile]:
    """Files below a folder: a dozen pictures under many names."""
    files.mkdir(parents=True, exist_ok=True)
    drawn = [_draw(files / f".drawn-{n}.jpg", n) for n in range(12)]
    for number in range(count):
        file = files / f"receipt {number + 1:05}.jpg"
        os.link(drawn[number % len(drawn)], file)
        yield SourceFile.at(file, f"March/{file.name}")


def _draw(file: Path, number: int) -> Path:
    page = Image.new("RGB", (1000, 1400 + 60 * number), (246, 244, 240))
    pen = ImageDraw.Draw(page)
    for line in range(30):
        pen.rectangle((60, 60 + 42 * line, 300 + (line * 97 + number * 131) % 600, 80 + 42 * line), fill=(40, 40, 48))
    page.save(file, quality=85)
    return file
