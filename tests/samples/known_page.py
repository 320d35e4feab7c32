"""Draw the test page that a graphics card must read rightly before it is trusted, and write down its truth.

python -m tests.samples.known_page FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.samples.paper import Paper

LINES = (
    ("PaddleScan test page", 34, "bold"),
    ("Invoice No. 2048-7351", 28, "sans"),
    ("增值税电子普通发票", 30, "serif"),
    ("Date: 2026-03-19", 26, "sans"),
    ("价税合计 1287.60", 28, "sans"),
    ("TOTAL 96.35", 40, "bold"),
)
"""Text, size and style of each line: letters, figures and Chinese, of several widths and heights."""


def draw() -> tuple[Paper, list[str]]:
    """The page, and its lines from top to bottom."""
    paper, top = Paper(480, 440), 36
    for text, size, style in LINES:
        paper.text(40, top, text, size, style)
        top += size + 32
    return paper, [text for text, _, _ in LINES]


def main() -> None:
    """Draw it into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    paper, lines = draw()
    paper.image.quantize(32).save(folder / "page.png", optimize=True)
    truth = json.dumps({"lines": lines}, ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(truth + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
