"""`make audit`: every locked package with its version and licence, and what is known against it.

Known advisories are asked of the package index by pip-audit, which is fetched for this by uv and is no part of any
lock. Where the index does not answer such questions (a mirror, no network) this says so, and does not call it well.
Exit status: 0 nothing known, 1 advisories that docs/dependencies.md does not judge, 2 could not ask.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.supply.lock import DEVELOPMENT, RUNTIME, normal, pinned

JUDGED = ROOT / "docs" / "dependencies.md"
INDEX = ROOT / "resources" / "licences" / "index.json"
Report = dict[str, list[str] | None]
"""By package: the advisories known against it; None: could not be asked."""


def ask(lock: Path) -> Report:
    """What pip-audit says of a lock file. Raises OSError where it cannot be run."""
    command = [str(Path(sys.executable).with_name("uv")), "tool", "run", "-q", "pip-audit", "--progress-spinner", "off"]
    asked = ["-r", str(lock), "--require-hashes", "--disable-pip", "--no-deps", "-f", "json"]
    done = subprocess.run([*command, *asked], capture_output=True, text=True, check=False)
    if not done.stdout.lstrip().startswith("{"):
        raise OSError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "pip-audit says nothing")
    return understood(json.loads(done.stdout))


def understood(answer: dict[str, list[dict[str, object]]]) -> Report:
    """pip-audit's JSON as a report."""
    report: Report = {}
    for one in answer["dependencies"]:
        found = one.get("vulns")
        known = [str(each["id"]) for each in found] if isinstance(found, list) else None
        report[normal(str(one["name"]))] = None if "skip_reason" in one else known
    return report


def told(report: Report, judged: str) -> tuple[list[str], int]:
    """A line for each package, a last one that sums up, and the exit status. judged: the text with our judgements."""
    licences = {row["name"]: row["licence"] for row in json.loads(INDEX.read_text(encoding="utf-8"))}
    lines, unjudged, unasked = [], 0, 0
    for one in pinned(DEVELOPMENT):
        known = report.get(one.name)
        news = [name for name in known or () if name not in judged]
        unjudged, unasked = unjudged + len(news), unasked + (known is None)
        what = "could not be asked" if known is None else ", ".join(known) or "nothing known"
        lines.append(f"{one.name} {one.version}\t{licences.get(one.name, 'for development')}\t{what}")
    if unasked:
        lines.append(
            f"{unasked} of {len(lines)} packages could not be asked: what is known against them is not known here."
        )
    lines.append(f"Advisories that {JUDGED.name} does not judge: {unjudged}")
    return lines, 1 if unjudged else 2 if unasked else 0


def main() -> int:
    """Ask, print, judge."""
    report: Report = {}
    try:
        for lock in (RUNTIME, DEVELOPMENT):
            report |= ask(lock)
    except OSError as error:
        print(f"pip-audit could not be run: {error}", file=sys.stderr)
    lines, status = told(report, JUDGED.read_text(encoding="utf-8"))
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main())
