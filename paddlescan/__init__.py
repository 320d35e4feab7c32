"""PaddleScan: scanned receipts to checked spreadsheets, on your own machine.

    from paddlescan import scan
    for page in scan(["Receipts/"]):
        print(page.status, [receipt.value("total") for receipt in page.receipts])

Importing the package loads neither Qt nor PaddleOCR; `scan` and `prepare` are loaded when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paddlescan.library import prepare, scan

__version__ = "0.1.0"
__all__ = ["__version__", "prepare", "scan"]


def __getattr__(name: str) -> Any:
    if name in ("prepare", "scan"):
        from paddlescan import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
