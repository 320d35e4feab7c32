"""What a check says, in the window's language: with its figures where we know the rule, else as it was found."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from paddlescan.document import Check, Field
from paddlescan.extraction.codes.agreement import QR_AGREES, differing
from paddlescan.extraction.rules import CAPITALS, NEEDED, NET_PLUS_TAX, SPELT, amount_of, is_accepted
from paddlescan.gui.review.labels import field_label


def check_sentence(check: Check, values: Mapping[str, Field]) -> str:
    """One sentence."""
    said = _known(check, values)
    if said is None:
        detail = check.detail or check.name.replace("_", " ")
        return detail[:1].upper() + detail[1:]
    return said + " " + QCoreApplication.translate("Checks", "(accepted by hand)") if is_accepted(check) else said


def _known(check: Check, values: Mapping[str, Field]) -> str | None:
    translate = QCoreApplication.translate  # by this name, or lupdate does not see it
    agrees = check.passed and not is_accepted(check)
    missing = [n for n in NEEDED.get(check.name, ()) if n not in values or amount_of(values[n].value) is None]
    if missing:
        names = translate("Checks", ", ").join(field_label(name) for name in missing)
        return translate("Checks", "Not judged now: no amount in {fields}").format(fields=names)
    if check.name == QR_AGREES:
        return _of_the_code(check, values)
    net, tax, total = (amount_of(values[n].value) if n in values else None for n in ("subtotal", "tax", "total"))
    if check.name == NET_PLUS_TAX and net is not None and tax is not None and total is not None:
        figures = {"net": f"{net:.2f}", "tax": f"{tax:.2f}", "sum": f"{net + tax:.2f}", "total": f"{total:.2f}"}
        if agrees and net + tax == total:
            return translate("Checks", "Net {net} + tax {tax} is the total {total}").format(**figures)
        if agrees:
            return translate("Checks", "Net {net} + tax {tax} is {sum}, rounded to {total}").format(**figures)
        return translate("Checks", "Net {net} + tax {tax} is {sum}, but the total reads {total}").format(**figures)
    if check.name == CAPITALS and total is not None and (spelt := check.fact(SPELT)) is not None:
        figures = {"spelt": spelt, "total": f"{total:.2f}"}
        if agrees:
            return translate("Checks", "The amount in capitals is the total {total}").format(**figures)
        return translate("Checks", "The amount in capitals is {spelt}, but the total reads {total}").format(**figures)
    return None


def _of_the_code(check: Check, values: Mapping[str, Field]) -> str:
    """What the QR code says, of all fields or of those that differ."""
    translate = QCoreApplication.translate
    said = dict(differing(check, {name: field.value for name, field in values.items()}))
    listed = translate("Checks", ", ").join(f"{field_label(name)} {value}" for name, value in said.items())
    if said:
        return translate("Checks", "The QR code says otherwise: {fields}").format(fields=listed)
    return translate("Checks", "The QR code says the same as the receipt")
