"""The releases, as the AppStream file tells them: the one place where a release's day is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from defusedxml.ElementTree import parse

from paddlescan.desktop.identity import APP_ID

METAINFO = Path(__file__).with_name(f"{APP_ID}.metainfo.xml")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Release:
    """One release: version, day (2026-11-26) and what it brought, in English."""

    version: str
    day: str
    news: tuple[str, ...]

    @property
    def epoch(self) -> int:
        """The day's beginning in seconds since 1970 (UTC): the time of every file in a package."""
        return int(datetime.fromisoformat(self.day).replace(tzinfo=UTC).timestamp())


def releases() -> tuple[Release, ...]:
    """All of them, the newest first."""
    found = []
    for release in parse(METAINFO).getroot().iter("release"):
        lines = [line for line in release.iter() if line.tag in ("p", "li") and _LANGUAGE not in line.attrib]
        found.append(Release(release.attrib["version"], release.attrib["date"], tuple(line.text for line in lines)))
    return tuple(found)


def newest() -> Release:
    """The one that is built."""
    return releases()[0]
