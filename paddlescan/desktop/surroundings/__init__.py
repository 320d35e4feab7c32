"""The desktop around the program, each part tested: where one is missing the program works with less, and this says
with what less. Qt-free, and nothing here waits long for anybody."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from paddlescan.desktop.diagnosis import Diagnosis, Speaker
from paddlescan.desktop.surroundings.bus import Answers, diagnose_bus
from paddlescan.desktop.surroundings.display import diagnose_display
from paddlescan.desktop.surroundings.file_managers import diagnose_file_managers
from paddlescan.desktop.surroundings.home import diagnose_home
from paddlescan.desktop.surroundings.services import diagnose_notifications, diagnose_portal, diagnose_tray
from paddlescan.document import Language

__all__ = ["desktop_parts"]

Test = Callable[[], Diagnosis]


def desktop_parts(language: Language) -> Iterator[tuple[str, Test]]:
    """The tests by their names, to be run one after another."""
    say = Speaker(language)
    if sys.platform == "linux":
        answers = Answers()
        yield "display", lambda: diagnose_display(say)
        yield "bus", lambda: diagnose_bus(answers, say)
        yield "portal", lambda: diagnose_portal(answers, say)
        yield "notifications", lambda: diagnose_notifications(answers, say)
        yield "tray", lambda: diagnose_tray(answers, say)
    yield "file_managers", lambda: diagnose_file_managers(say)
    yield "home", lambda: diagnose_home(say)
