"""Takes rights away from a child, before it has any thread or library that is not Python's own.

Only the standard library is imported here. Each rule that the system does not have is left out, and the value that
`enter` returns says which hold: a child says it in its hello, and `doctor` to the person.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from paddlescan.pipeline.jail.limits import allow_seconds, limit_everything
from paddlescan.pipeline.jail.report import NO_JAIL, Jail

__all__ = ["NO_JAIL", "SWITCH", "Jail", "allow_seconds", "enter"]

SWITCH = "PADDLESCAN_JAIL"
"""Environment variable: `off` leaves the jail away, for finding out whether it is to blame; `doctor` says so."""


def enter(scratch: Path, extra: Sequence[str] = (), graphics: bool = False) -> Jail:
    """Keep this process and all its later threads to its scratch folder; for good.

    scratch: absolute; the one folder to be written. extra: folders to be read besides the program. graphics: whether
    a graphics card may be used, where there is one. Must be called while the process has one thread.
    """
    if os.environ.get(SWITCH) == "off":
        return Jail(switched_off=True)
    if sys.platform == "win32":
        from paddlescan.pipeline.jail.job import is_in_job

        return Jail(job=is_in_job())
    if sys.platform != "linux":
        return Jail(limits=limit_everything(graphics=False), descriptors=True)
    from paddlescan.pipeline.jail.landlock import enter_landlock
    from paddlescan.pipeline.jail.places import card_devices, rules_for
    from paddlescan.pipeline.jail.seccomp import Wanted, enter_filter
    from paddlescan.pipeline.jail.system import drop_capabilities, forbid_dumps

    card = graphics and bool(card_devices())
    limits = limit_everything(card)
    forbid_dumps()
    version = enter_landlock(list(rules_for(scratch, extra, card)))
    drop_capabilities()
    calls = enter_filter(Wanted(card))
    return Jail(version, calls, limits, descriptors=True, graphics=card)
