"""Sizes in words."""

from __future__ import annotations


def size_words(count: int) -> str:
    """Bytes as a person says them, the same in every language: `850 KB`, `2.1 GB`."""
    size = float(max(0, count))
    for unit in ("KB", "MB", "GB"):
        size /= 1000
        if size < 999.5:
            return f"{size:.0f} {unit}" if size >= 9.95 or unit == "KB" else f"{size:.1f} {unit}"
    return f"{size / 1000:.1f} TB"
