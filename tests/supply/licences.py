"""`make licences`: the licence texts of everything that is installed with the program, gathered from the packages.

Writes `index.json` (name, version, licence, home page, which texts) and `THIRD_PARTY.txt` (the same for people, then
every text once) into a folder. A package that brings no text gets that of its licence from `tests/supply/texts`.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from tests.supply.lock import Pinned, installed_with_the_program

TEXTS = Path(__file__).parent / "texts"
_A_LICENCE = re.compile(r"(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)
_NO_TEXT = (".py", ".pyc", ".json", ".toml", ".html")

SAID_OTHERWISE = {
    "bce-python-sdk": "Apache-2.0",
    "flatbuffers": "Apache-2.0",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "numpy": "BSD-3-Clause",
    "pi-heif": "BSD-3-Clause AND LGPL-3.0-only",
    "protobuf": "BSD-3-Clause",
    "pypdfium2": "(Apache-2.0 OR BSD-3-Clause) AND BSD-3-Clause AND others, see its texts",
    "python-bidi": "LGPL-3.0-or-later",
    "python-stdnum": "LGPL-2.1-or-later",
    "wcwidth": "MIT",
    "opencv-contrib-python": "Apache-2.0 AND LGPL-2.1-or-later AND LGPL-3.0-only AND others, see its texts",
    "colorlog": "MIT",
    "onnxruntime": "MIT",
    "openvino": "Apache-2.0 AND BSD-3-Clause AND MIT AND others, see its texts",
    "defusedxml": "PSF-2.0",
    "paddleocr": "Apache-2.0",
    "aiosignal": "Apache-2.0",
}
"""Where a package's metadata leaves it open, or its wheel holds more than the package's own code."""

ADDED_TEXTS = {
    "bce-python-sdk": ("Apache-2.0.txt",),
    "flatbuffers": ("Apache-2.0.txt",),
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "pi-heif": ("LGPL-3.0.txt", "GPL-3.0.txt"),
}
"""Texts that a package ought to bring and does not."""

ELSEWHERE = {
    "colorama": ("BSD-3-Clause", "https://github.com/tartley/colorama", "colorama-BSD-3-Clause.txt"),
}
"""Packages that are installed on other systems only (Windows), by hand: licence, home page, text."""

OUR_OWN = (
    ("PP-OCRv6 and PP-OCR models", "Apache-2.0", "https://github.com/PaddlePaddle/PaddleOCR", "Apache-2.0.txt"),
    ("sRGB profile (Little CMS)", "none asked for: no copyright, use freely", "https://www.littlecms.com", ""),
    ("Noto Sans CJK and Noto Serif CJK, in the drawn samples only", "OFL-1.1", "https://github.com/notofonts", ""),
)
"""What lies in the program's own resources and is somebody else's: name, licence, home page, text."""

HEAD = """PaddleScan and the licences of what it is made of
==================================================

PaddleScan itself is under the Apache License, Version 2.0 (see LICENSE and NOTICE).

Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They are linked dynamically and
lie as libraries of their own beside the program: you may replace them by versions of your own, and may
take the program apart to find errors in doing so. Their source text: https://download.qt.io/official_releases/
The same holds for the libraries under the LGPL inside other packages: libheif and libde265 (in pi-heif), FFmpeg
and Qt 5 (in opencv-contrib-python), python-bidi, python-stdnum, crc32c. Files under the MPL (pikepdf, certifi, tqdm)
are unchanged; their source text is that of the packages of the same version at https://pypi.org.

"""


@dataclass(frozen=True)
class Entry:
    """One package."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...]


def gather() -> list[Entry]:
    """Every package of the lock, from what is installed here. Raises LookupError for one without licence or text."""
    return [_entry(one) for one in installed_with_the_program()]


def _entry(one: Pinned) -> Entry:
    try:
        found = distribution(one.name)
    except PackageNotFoundError:
        licence, home, text = ELSEWHERE[one.name]
        return Entry(one.name, one.version, licence, home, (_added(text),) if text else ())
    if found.version != one.version:
        raise LookupError(f"{one.name} {found.version} is installed, the lock says {one.version}: run make setup-tests")
    texts = (*_own_texts(found), *(_added(name) for name in ADDED_TEXTS.get(one.name, ())))
    licence = SAID_OTHERWISE.get(one.name) or _licence(found)
    if not licence or not texts:
        raise LookupError(f"{one.name} says no licence, or brings no text: add it to this script after looking it up")
    return Entry(one.name, one.version, licence, _home(found), texts)


def _licence(found: Distribution) -> str:
    told = found.metadata
    said = told.get("License-Expression") or told.get("License") or ""
    if not said or len(said) > 60 or "\n" in said:
        kinds = [
            line.split("::")[-1].strip() for line in told.get_all("Classifier") or () if line.startswith("License")
        ]
        said = " AND ".join(kind for kind in kinds if kind != "OSI Approved")
    return str(said)


def _home(found: Distribution) -> str:
    told = found.metadata
    links = dict(line.split(", ", 1) for line in told.get_all("Project-URL") or () if ", " in line)
    named = {name.lower(): link for name, link in links.items()}
    wanted = ("homepage", "home", "source", "repository", "source code", "code", "github")
    return str(told.get("Home-page") or next((named[name] for name in wanted if name in named), ""))


def _own_texts(found: Distribution) -> tuple[str, ...]:
    texts = []
    for file in found.files or ():
        inside = ".dist-info/" in str(file) or len(file.parts) <= 2
        is_text = not file.name.lower().endswith(_NO_TEXT) and file.name not in ("RECORD", "METADATA")
        if inside and is_text and (_A_LICENCE.search(file.name) or "licenses" in file.parts):
            texts.append(_tidy(Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")))
    return tuple(dict.fromkeys(texts))


def _added(name: str) -> str:
    return _tidy((TEXTS / name).read_text(encoding="utf-8"))


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\f", "\n").expandtabs().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def key_of(text: str) -> str:
    """The same for texts that differ only in how their lines are broken."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def write(entries: list[Entry], folder: Path) -> None:
    """Write both files."""
    numbers: dict[str, int] = {}
    texts: list[str] = []
    users: list[list[str]] = []

    def number(text: str, user: str) -> int:
        at = numbers.setdefault(key_of(text), len(texts) + 1)
        if at > len(texts):
            texts.append(text)
            users.append([])
        users[at - 1].append(user)
        return at

    index = []
    for one in entries:
        told = {"name": one.name, "version": one.version, "licence": one.licence, "home": one.home}
        index.append({**told, "texts": sorted({number(text, one.name) for text in one.texts})})
    for name, licence, home, text in OUR_OWN:
        told = {"name": name, "version": "", "licence": licence, "home": home}
        index.append({**told, "texts": [number(_added(text), name)] if text else []})
    folder.mkdir(parents=True, exist_ok=True)
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in index)
    (folder / "index.json").write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    (folder / "THIRD_PARTY.txt").write_text(HEAD + _list(index) + _texts(texts, users), encoding="utf-8")


def _list(index: list[dict[str, object]]) -> str:
    lines = ["What it is made of, and which of the texts below belong to it", ""]
    for row in index:
        numbers = ", ".join(map(str, row["texts"])) if isinstance(row["texts"], list) and row["texts"] else "none"
        lines += [f"{row['name']} {row['version']}".strip(), f"    {row['licence']}    texts: {numbers}"]
        lines += [f"    {row['home']}"] if row["home"] else []
    return "\n".join([*lines, "", ""])


def _texts(texts: list[str], users: list[list[str]]) -> str:
    parts = []
    for number, (text, names) in enumerate(zip(texts, users, strict=True), 1):
        parts += ["=" * 80, f"Text {number}: {', '.join(dict.fromkeys(names))}", "=" * 80, "", text]
    return "\n".join(parts)


if __name__ == "__main__":
    write(gather(), Path(sys.argv[1]))
