"""What other programs of the desktop do for this one: pictures of the screen, notifications, a tray."""

from __future__ import annotations

import os

from paddlescan.desktop.diagnosis import Diagnosis, Speaker
from paddlescan.desktop.notifying import sandboxed
from paddlescan.desktop.surroundings.bus import OFFERS, Answers
from paddlescan.desktop.surroundings.display import has_x11_tray, is_named


def needs_portal() -> bool:
    """Whether some things can be had from the portal only: under Wayland, and in a sandbox."""
    return bool(os.environ.get("WAYLAND_DISPLAY")) or sandboxed()


def diagnose_portal(answers: Answers, say: Speaker) -> Diagnosis:
    """The desktop's portal, and what of it is used here."""
    offers = [say(f"portal_{each}") for each in OFFERS if each in answers.offers]
    lacks = [say(f"portal_{each}") for each in OFFERS if each not in answers.offers]
    if not lacks:
        return Diagnosis("portal", "ok", say("portal_detail", offers=say.listed(offers)))
    told = say("portal_part", offers=say.listed(offers), lacks=say.listed(lacks)) if offers else say("portal_none")
    if not needs_portal():
        return Diagnosis("portal", "ok", say("portal_unneeded", told=told))
    return Diagnosis("portal", "note", told, say("portal_remedy"))


def diagnose_notifications(answers: Answers, say: Speaker) -> Diagnosis:
    """Who says that long work is done."""
    if answers.notifier:
        return Diagnosis("notifications", "ok", say("notifications_detail", name=answers.notifier))
    if "Notification" in answers.offers:
        return Diagnosis("notifications", "ok", say("notifications_portal"))
    if not is_named():
        return Diagnosis("notifications", "ok", say("unwanted"))
    return Diagnosis("notifications", "note", say("notifications_none"), say("notifications_remedy"))


def diagnose_tray(answers: Answers, say: Speaker) -> Diagnosis:
    """The tray, which is wanted only where nothing else shows a notification."""
    if answers.tray or has_x11_tray():
        return Diagnosis("tray", "ok", say("tray_detail"))
    if answers.notifier or "Notification" in answers.offers:
        return Diagnosis("tray", "ok", say("tray_unneeded"))
    if not is_named():
        return Diagnosis("tray", "ok", say("unwanted"))
    return Diagnosis("tray", "note", say("tray_none"), say("tray_remedy"))
