"""OFD, the Chinese document format: pages drawn for show, and the invoice that lies within, read exactly."""

from __future__ import annotations

import re
from typing import BinaryIO
from xml.etree.ElementTree import Element

from paddlescan.document import Entry, Limits, Original, Quad
from paddlescan.document.pixels import PageImage
from paddlescan.errors import PaddleScanError
from paddlescan.imaging.invoice_xml import entries_of, is_invoice
from paddlescan.imaging.ofd_document import Box, OfdDocument, box_of
from paddlescan.imaging.ofd_objects import Painter, Placed
from paddlescan.imaging.ofd_package import OfdPackage
from paddlescan.imaging.original_page import Sheet, level
from paddlescan.imaging.rasters import check_count, check_size, decoding
from paddlescan.imaging.safe_xml import local, parse_xml

_MILLIMETRES = 25.4
_MOST_COVERED = 0.5
"""Of the page: pictures on more of it make it a scan, which is read like one."""
_LEAST_TEXT = 10
"""Characters; a page with less is none that speaks for itself."""
_PREFIX = re.compile(rb"<(/?)[\w.-]*:")
_NAMESPACES = re.compile(rb"""\sxmlns(:[\w.-]*)?\s*=\s*("[^"]*"|'[^']*')|\sxmlns:\s*=\s*("[^"]*"|'[^']*')""")


def count_pages(file: BinaryIO, name: str, limits: Limits) -> int:
    """How many pages an OFD has. Raises UnreadableFile, TruncatedFile, TooLarge, TooManyPages."""
    with decoding(file, name, "ofd"):
        document = OfdDocument(OfdPackage(file, name))
        check_count(len(document.pages), name, limits)
        return max(1, len(document.pages))


def load_ofd_page(file: BinaryIO, name: str, number: int, limits: Limits) -> PageImage:
    """One page (counted from 1), drawn at `limits.pdf_dpi` with the system's fonts, and what the file says of it.

    The invoice that is attached or told by tags belongs to the first page. A page with text of its own and without is
    an original too, with no entries; one that is mostly a picture is none, and is read like any scan. Seals are not
    drawn and signatures not verified. Raises what `count_pages` raises, and PageTimedOut.
    """
    with decoding(file, name, "ofd"):
        document = OfdDocument(OfdPackage(file, name))
        check_count(len(document.pages), name, limits)
        page = document.page(number)
        area = document.area(page)
        sheet, scale = _sheet(area, name, limits)
        painter = Painter(document, document.resources(page), sheet, area, scale)
        below, above = document.templates(page)
        for root in (*below, page, *above):
            painter.page(root, limits)
        for note in document.annotations(number):
            painter.block(note, limits, at=box_of(note.get("Boundary", "")))
        entries = _entries(document, painter.placed) if number == 1 else ()
        letters = sum(len(one.text) for one in painter.placed)
        covered = painter.picture_area / (area[2] * area[3])
        speaks = bool(entries) or (letters >= _LEAST_TEXT and covered <= _MOST_COVERED)
        return PageImage(sheet.pixels(), sheet.lines("pdf_text"), Original(entries) if speaks else None)


def _sheet(area: Box, name: str, limits: Limits) -> tuple[Sheet, float]:
    """A sheet for that area, and pixels to a millimetre."""
    scale = min(limits.pdf_dpi / _MILLIMETRES, limits.pdf_max_side / max(area[2], area[3]))
    width, height = max(1, round(area[2] * scale)), max(1, round(area[3] * scale))
    check_size(width, height, name, limits)
    return Sheet(width, height), scale


def _entries(document: OfdDocument, placed: list[Placed]) -> tuple[Entry, ...]:
    """The values of the invoice within: of the attached invoice, then of the tags, then of the head of the file."""
    tagged = _tagged(document, placed)
    places = {_tail(entry.path): entry.quad for entry in tagged if entry.quad is not None}
    found: list[Entry] = []
    for _, root in document.attachments():
        if is_invoice(root):
            for path, text in entries_of(root):
                found.append(Entry(path, text, places.get(_tail(path)) or _where(text, placed)))
    head = [Entry(f"CustomDatas/{n}", text, _where(text, placed)) for n, text in document.custom_data() if text]
    return (*found, *tagged, *(head if found or tagged or len(head) > 4 else ()))


def _tail(path: str) -> str:
    """The last two names of a path, by which tags and attached invoices name the same value."""
    return "/".join(path.split("/")[-2:]).removeprefix("eInvoice/").removeprefix("CustomTag/")


def _where(text: str, placed: list[Placed]) -> Quad | None:
    """Where a value stands, if its text stands there by itself, in one place."""
    wanted = "".join(text.split())
    found = [one.quad for one in placed if "".join(one.text.split()) == wanted]
    return found[0] if len(found) == 1 else None


def _tagged(document: OfdDocument, placed: list[Placed]) -> list[Entry]:
    """The values that the maker's tags find on the page, by the identifiers of their objects."""
    texts: dict[str, list[Placed]] = {}
    for one in placed:
        texts.setdefault(one.object_id, []).append(one)
    found: list[Entry] = []
    for data in document.custom_tags():
        # some makers write prefixes that they never declare, or none before the colon: without any it is good XML
        try:
            root = parse_xml(_PREFIX.sub(rb"<\1", _NAMESPACES.sub(b"", data)), document.package.name)
        except PaddleScanError:
            continue
        _follow(root, "CustomTag", texts, found)
    return found


def _follow(element: Element, path: str, texts: dict[str, list[Placed]], found: list[Entry]) -> None:
    here: list[Placed] = []
    counts: dict[str, int] = {}
    for one in element:
        kind = local(one)
        if kind == "ObjectRef":
            here.extend(texts.get((one.text or "").strip(), ()))
            continue
        counts[kind] = counts.get(kind, 0) + 1
        number = f"[{counts[kind]}]" if counts[kind] > 1 else ""
        _follow(one, f"{path}/{kind}{number}", texts, found)
    if here:
        found.append(Entry(path, "".join(one.text for one in here), _around([one.quad for one in here])))


def _around(quads: list[Quad]) -> Quad:
    if len(quads) == 1:
        return quads[0]
    xs, ys = [x for quad in quads for x, _ in quad], [y for quad in quads for _, y in quad]
    return level(min(xs), min(ys), max(xs), max(ys))
