"""What the packed program has on Windows and macOS alone: an icon and a version inside, and an app around it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

APP = "PaddleScan.app"
_ICONS = {"win32": "paddlescan.ico", "darwin": "paddlescan.icns"}


def icon(folder: str, system: str = sys.platform) -> str | None:
    """The programs' icon, drawn into a folder; None where programs carry none."""
    if system not in _ICONS:
        return None
    from installers.icons import write_icons

    file = Path(folder, "icons", _ICONS[system])
    if not file.is_file():
        write_icons(file.parent)
    return str(file)


def version_file(folder: str, program: str, system: str = sys.platform) -> str | None:
    """What Windows shows of a program under Properties, as a text for PyInstaller; None elsewhere."""
    if system != "win32":
        return None
    import paddlescan
    from installers.windows.version_info import version_info

    file = Path(folder, f"{program}.txt")
    file.write_text(version_info(paddlescan.__version__, program), encoding="utf-8")
    return str(file)


def put_app(built: Path, into: Path, add: Callable[[Path], None]) -> None:
    """Move the app, where one was built, to its final place; with what lies beside the program elsewhere.

    add: writes licences and version into a folder. The app's signature holds no longer then: macOS's build signs anew.
    """
    app = built / APP
    if app.is_dir():
        add(app / "Contents" / "Resources")
        shutil.rmtree(into / APP, ignore_errors=True)
        shutil.move(app, into / APP)
