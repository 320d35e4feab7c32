"""What a check says, in the window's language: with its figures where we know the rule, else as it was found."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from paddlescan.document import Check, Field
from paddlescan.gui.review.checks import NET_PLUS_TAX, is_accepted
from paddlescan.gui.review.values import amount_of


def check_sentence(check: Check, values: Mapping[str, Field]) -> str:
    """One sentence."""
    tr = QCoreApplication.translate
    if check.name != NET_PLUS_TAX:
        detail = check.detail or check.name.replace("_", " ")
        return detail[:1].upper() + detail[1:]
    net, tax, total = (amount_of(values[n].value) if n in values else None for n in ("subtotal", "tax", "total"))
    if net is None or tax is None or total is None:
        return check.detail
    figures = {"net": f"{net:.2f}", "tax": f"{tax:.2f}", "sum": f"{net + tax:.2f}", "total": f"{total:.2f}"}
    if net + tax == total:
        return tr("Checks", "Net {net} + tax {tax} is the total {total}").format(**figures)
    said = tr("Checks", "Net {net} + tax {tax} is {sum}, but the total reads {total}").format(**figures)
    return said + " " + tr("Checks", "(accepted by hand)") if is_accepted(check) else said
