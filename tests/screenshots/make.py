"""Takes pictures of the real window, with the sample receipts and the real engine, in both languages and both schemes.

    python -m tests.screenshots.make OUT [NAME...]

OUT: a folder. NAME: only these pictures, without `.png`, such as `summary_zh_dark_1280`: any state in any look, also
those that docs do not show. Without a screen Qt's offscreen platform is used. With QT_SCALE_FACTOR=2 they are those of
a sharp screen, and say so in their names. `make screenshots` takes all of them into docs/screenshots. A new state is a
function in `states.py` or `hands.py`.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.screenshots import hands, states  # noqa: F401 - they declare them
from tests.screenshots.studio import STATES, Studio


def main() -> None:
    """Take the pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen" if not os.environ.get("DISPLAY") else "")
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    home = Path(tempfile.mkdtemp())
    studio = Studio(app, home, out, frozenset(sys.argv[2:]))
    try:
        for one in STATES:
            one.take(studio)
    finally:
        studio.end()
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
