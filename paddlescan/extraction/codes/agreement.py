"""The check `qr_agrees`: what is printed and what the QR code says are the same. Judged again after every edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from paddlescan.document import FIELD_NAMES, Check

QR_AGREES = "qr_agrees"


def qr_agrees(said: Mapping[str, str], values: Mapping[str, str]) -> Check:
    """Whether the values of a receipt are those of its code, which are kept as facts of the check.

    said: what the code says, by field name; values: those of the receipt. A field that the receipt lacks differs.
    """
    check = Check(QR_AGREES, True, f"the QR code says the same: {_listed(said)}", tuple(said.items()))
    differ = differing(check, values)
    if not differ:
        return check
    has = _listed({name: values.get(name) or "none" for name in differ})
    return replace(check, passed=False, detail=f"the QR code says {_listed(differ)}, but the receipt has {has}")


def differing(check: Check, values: Mapping[str, str]) -> dict[str, str]:
    """What the code of a check says, of the fields for which a receipt has something else."""
    said = {name: value for name, value in check.facts if name in FIELD_NAMES}
    return {name: value for name, value in said.items() if values.get(name, "") != value}


def _listed(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in values.items())
