"""The session bus, and what was heard on it: asked once, told by several tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeVar

from paddlescan.desktop.diagnosis import Diagnosis, Speaker
from paddlescan.desktop.notifying import SERVICE
from paddlescan.desktop.session_bus import PATIENCE_S, Bus, BusAbsent, BusTrouble, ask

T = TypeVar("T")

PORTAL: Final = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop")
OFFERS: Final = ("Notification", "Screenshot", "FileChooser")
"""What this program asks a portal for."""
TRAY: Final = ("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher")
_BUS: Final = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_START_S: Final = 2 * PATIENCE_S
"""How long a service may take that the bus starts for the question."""


@dataclass
class Answers:
    """What is heard when it is first asked for. Of a bus that does not answer, nothing more is asked."""

    trouble: list[BusTrouble] = field(default_factory=list)

    @cached_property
    def bus(self) -> bool:
        """Whether it answers; if not, `trouble` says why."""
        try:
            ask(lambda bus: bus.call(_BUS, "GetId"))
        except BusTrouble as error:
            self.trouble.append(error)
            return False
        return True

    @cached_property
    def offers(self) -> tuple[str, ...]:
        """What the portal offers; nothing where there is none."""

        def offered(bus: Bus) -> tuple[str, ...]:
            return tuple(each for each in OFFERS if _has(bus, (*PORTAL, f"org.freedesktop.portal.{each}")))

        return self._heard(offered) or ()

    @cached_property
    def notifier(self) -> str:
        """Who shows notifications, by name and version; empty where nobody does."""
        told: tuple[Any, ...] = self._heard(lambda bus: bus.call(SERVICE, "GetServerInformation")) or ()
        return " ".join(str(part) for part in (told[0], told[2])) if len(told) > 2 else ""

    @cached_property
    def tray(self) -> bool:
        """Whether there is a tray that is spoken to over the bus."""
        return bool(self._heard(lambda bus: bus.property(TRAY, "IsStatusNotifierHostRegistered")))

    def _heard(self, question: Callable[[Bus], T]) -> T | None:
        if not self.bus:
            return None
        try:
            return ask(question, _START_S)
        except BusTrouble:
            return None


def _has(bus: Bus, whom: tuple[str, str, str]) -> bool:
    try:
        return int(bus.property(whom, "version")) > 0
    except (BusTrouble, TypeError, ValueError):
        return False


def diagnose_bus(answers: Answers, say: Speaker) -> Diagnosis:
    """Whether the desktop's parts can be spoken to."""
    if answers.bus:
        return Diagnosis("bus", "ok", say("bus_detail"))
    kind = "absent" if isinstance(answers.trouble[0], BusAbsent) else "silent"
    return Diagnosis("bus", "note", say(f"bus_{kind}"), say(f"bus_{kind}_remedy"))
