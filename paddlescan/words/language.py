"""Which of our languages a person reads."""

from __future__ import annotations

import locale
import os

from paddlescan.document import Language


def system_language() -> Language:
    """Chinese where the system speaks any Chinese, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    try:
        code = locale.getlocale()[0] or ""
    except ValueError:  # a locale name Python cannot parse
        code = ""
    return "zh" if code.lower().startswith(("zh", "chinese")) else "en"
