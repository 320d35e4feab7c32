"""Electronic invoices that are XML: the fully digital VAT invoice, the older one, and vouchers in XBRL.

Their values in order, and a page that shows them; what they mean is for `extraction` to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import BinaryIO
from xml.etree.ElementTree import Element

import yaml

from paddlescan.document import Entry, Limits, Original, Quad
from paddlescan.document.pixels import PageImage
from paddlescan.errors import UnsupportedFormat
from paddlescan.imaging.original_page import Colour, Sheet
from paddlescan.imaging.rasters import check_size, decoding
from paddlescan.imaging.safe_xml import local, parse_xml
from paddlescan.resources_dir import resource

ROOTS = frozenset({"EInvoice", "eInvoice"})
_VOUCHERS = "xbrl.mof.gov.cn"
"""Namespaces of the ministry's electronic vouchers (电子凭证会计数据标准)."""
_MOST_ENTRIES = 5_000
_LONGEST = 400
"""Characters; what is longer is a signature or a picture."""
_UNSEEN = frozenset({"Signature", "schemaRef", "context", "unit", "TaxControlCode"})
_WIDTH, _MARGIN, _ROW, _SIZE = 1654, 90, 46, 26
_TALLEST = 3_000
_BROWN: Colour = (128, 72, 36)
_GREY: Colour = (120, 120, 124)


def is_invoice(root: Element) -> bool:
    """Whether an XML text is an invoice or a ticket of a kind that is known here."""
    if local(root) == "xbrl":
        return any(isinstance(one.tag, str) and _VOUCHERS in one.tag for one in root)
    return local(root) in ROOTS and len(root) > 0


def entries_of(root: Element) -> Iterator[tuple[str, str]]:
    """Path (see Entry) and text of each value, in the order of the file; signatures and pictures are left out."""
    left = [_MOST_ENTRIES]
    yield from _below(root, local(root), left)


def _below(element: Element, path: str, left: list[int]) -> Iterator[tuple[str, str]]:
    text = (element.text or "").strip()
    if len(element) == 0 and text and len(text) <= _LONGEST and left[0] > 0:
        left[0] -= 1
        yield path, text
    counts: dict[str, int] = {}
    for one in element:
        name = local(one)
        if not name or name in _UNSEEN:
            continue
        counts[name] = counts.get(name, 0) + 1
        yield from _below(one, f"{path}/{name}" + (f"[{counts[name]}]" if counts[name] > 1 else ""), left)


def check_invoice(file: BinaryIO, name: str) -> None:
    """Raise UnsupportedFormat for XML that is no invoice, and what `parse_xml` raises."""
    _root(file, name)


def load_invoice(file: BinaryIO, name: str, limits: Limits) -> PageImage:
    """The invoice, drawn as a list of what it says, with the place of each value. Raises what `check_invoice` does."""
    entries = list(entries_of(_root(file, name)))
    shown = [(path, text) for path, text in entries if _label(path)]
    height = min(_TALLEST, round(2.5 * _MARGIN + _ROW * (len(shown) + 0.6 * len(_sections(shown)))))
    check_size(_WIDTH, height, name, limits)
    sheet = Sheet(_WIDTH, height)
    quads = dict(_drawn(sheet, _title(entries), shown))
    placed = tuple(Entry(path, text, quads.get(path)) for path, text in entries)
    return PageImage(sheet.pixels(), sheet.lines("xml"), Original(placed))


def _root(file: BinaryIO, name: str) -> Element:
    with decoding(file, name, "xml"):
        file.seek(0)
        root = parse_xml(file.read(), name)
        if not is_invoice(root):
            raise UnsupportedFormat(file=name)
        return root


def _drawn(sheet: Sheet, title: str, shown: list[tuple[str, str]]) -> Iterator[tuple[str, Quad]]:
    """Draw the list and give the place of each value."""
    baseline = float(_MARGIN + 40)
    sheet.line(_MARGIN, baseline, title, 40, _BROWN)
    section = None
    for path, text in shown:
        parent = path.rsplit("/", 1)[0]
        if parent != section:
            section = parent
            baseline += 0.6 * _ROW
            sheet.pen.line([(_MARGIN, baseline), (_WIDTH - _MARGIN, baseline)], fill=_BROWN, width=2)
        baseline += _ROW
        if baseline > sheet.image.height - _MARGIN / 2:
            return
        label = sheet.line(_MARGIN, baseline, f"{_label(path)}：", _SIZE, _GREY)
        left = max(label[1][0], _MARGIN + 360)
        most = int((_WIDTH - _MARGIN - left) / (_SIZE / 2))
        yield path, sheet.line(left, baseline, text if len(text) <= most else text[: most - 1] + "…", _SIZE)


def _sections(shown: list[tuple[str, str]]) -> list[str]:
    """The elements whose values stand together, one after another."""
    return [section for section, _ in groupby(path.rsplit("/", 1)[0] for path, _ in shown)]


def _title(entries: list[tuple[str, str]]) -> str:
    """What the invoice calls itself."""
    for name in ("TypeOfVoucher", "EInvoiceName", "EInvoiceType/LabelName"):
        found = next((text for path, text in entries if path.endswith(name)), "")
        if found:
            special = next((text for path, text in entries if path.endswith("GeneralOrSpecialVAT/LabelName")), "")
            return f"{found}（{special}）" if special else found
    return "电子发票"


def _label(path: str) -> str:
    """What a value is called on the page: in Chinese where its name is known, of a voucher else by that name.

    Empty for what is not drawn: codes and versions that are for machines.
    """
    name = path.rsplit("/", 1)[-1].split("[", 1)[0]
    return _labels().get(name, name if path.startswith("xbrl/") else "")


@cache
def _labels() -> dict[str, str]:
    with resource("patterns", "originals.yaml").open(encoding="utf-8") as file:
        labels: dict[str, str] = yaml.safe_load(file)["labels"]
    return labels
