"""What the desktops know the program by: desktop file, icon, AppStream, Flatpak, bundle, notifications."""

from __future__ import annotations

from typing import Final

APP_ID: Final = "org.paddlescan.PaddleScan"
