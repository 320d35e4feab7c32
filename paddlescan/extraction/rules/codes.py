"""What the QR code of a receipt says, against what the receipt has."""

from __future__ import annotations

from paddlescan.document import FIELD_NAMES
from paddlescan.extraction.rules.rule import Facts, Rule, Values, Verdict


def _qr(values: Values, facts: Facts) -> Verdict | None:
    """The facts are what the code says, by field name; a field that the receipt lacks differs."""
    said = {name: value for name, value in facts.items() if name in FIELD_NAMES}
    if not said:
        return None
    differ = [name for name, value in said.items() if values.get(name, "") != value]
    shown = differ or list(said)
    figures = [("fields", " ".join(shown))]
    if differ:
        has = ", ".join(values.get(name) or "-" for name in differ)
        figures += [("code", ", ".join(said[name] for name in differ)), ("has", has)]
    return Verdict(not differ, "differs" if differ else "same", tuple(figures))


QR = Rule("qr_agrees", (), _qr, proves=False)
"""Binds what its code says; who settles fields by a code raises and lowers the belief in them."""
