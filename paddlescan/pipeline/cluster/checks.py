"""What must hold before a page is sent to a worker of a cluster; each raises an error with its remedy."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any

from paddlescan import __version__
from paddlescan.document import SourceFile
from paddlescan.errors import (
    ClusterBlind,
    ClusterDaemons,
    ClusterEmpty,
    ClusterEngine,
    ClusterLost,
    ClusterSilent,
    ClusterVersions,
    ClusterWithout,
)
from paddlescan.pipeline.cluster.connecting import Cluster
from paddlescan.pipeline.cluster.places import Places
from paddlescan.pipeline.cluster.talk import (
    Begin,
    Introduce,
    Introduced,
    Lost,
    Order,
    Reply,
    See,
    Seen,
    Unable,
    reply_from,
)
from paddlescan.pipeline.countdown import Countdown
from paddlescan.pipeline.messages import Hello, Refused, to_bytes

INTRODUCE_S, BEGIN_S, SEE_S = 60.0, 240.0, 60.0
LOOK_EVERY_S = 1.0
SHOWN = 3
"""Workers named in a sentence."""


@dataclass(frozen=True)
class Started:
    """The engine of a worker."""

    begin: Begin
    """How it is started."""
    hello: Hello
    """What it said when it was."""


@dataclass(frozen=True)
class Ready:
    """A cluster whose workers passed all checks."""

    cluster: Cluster
    begin: Begin
    """How their engines are started, but for the card that each takes."""
    first: SourceFile | None = field(repr=False)
    """What every worker must see."""
    places: Places
    """On the cards; workers that come later take theirs here, too."""
    engines: dict[str, Started]
    """By worker."""


def make_ready(cluster: Cluster, begin: Begin, first: SourceFile | None) -> Ready:
    """Check everything that can be checked before a page is sent. Raises what the checks below raise."""
    workers, places = cluster.workers(), Places()
    check_versions(cluster.versions(), here())
    engines = check_workers(cluster, workers, begin, first, places)
    if not engines:
        raise ClusterEmpty(file=cluster.address)
    return Ready(cluster, begin, first, places, engines)


def here() -> tuple[tuple[str, str], ...]:
    """What must be the same everywhere: Python to its second number, the others wholly."""
    python = ".".join(platform.python_version_tuple()[:2])
    return ("python", python), ("distributed", version("distributed")), ("paddlescan", __version__)


def check_versions(told: Mapping[str, Any], wanted: Sequence[tuple[str, str]]) -> None:
    """told: as `Cluster.versions` gives it. Raises ClusterWithout, ClusterVersions."""
    machines = {"scheduler": told.get("scheduler"), **(told.get("workers") or {})}
    without, others = [], []
    for machine, facts in machines.items():
        packages = facts.get("packages") if isinstance(facts, Mapping) else None
        if not isinstance(packages, Mapping) or not packages.get("paddlescan"):
            without.append(machine)
            continue
        for name, ours in wanted:
            theirs = str(packages.get(name))
            if name == "python":
                theirs = ".".join(theirs.split(".")[:2])
            if theirs != ours:
                others.append(f"{machine}: {name} {theirs} ({ours})")
    if without:
        raise ClusterWithout(detail=_some(without))
    if others:
        raise ClusterVersions(detail=_some(others))


def check_workers(
    cluster: Cluster, workers: Sequence[str], begin: Begin, first: SourceFile | None, places: Places
) -> dict[str, Started]:
    """The engine of each of these workers; all of them are asked at once. One that goes meanwhile is left out.

    first: a file that is to be read, if there is one. Raises ClusterSilent, ClusterVersions, ClusterDaemons,
    ClusterWithout, ClusterEngine, ClusterBlind, ClusterLost.
    """
    introduced = ask_all(cluster, dict.fromkeys(workers, Introduce(begin.engine.device != "cpu")), INTRODUCE_S)
    for worker, reply in introduced.items():
        if isinstance(reply, Introduced) and reply.version != __version__:
            raise ClusterVersions(detail=f"{worker}: paddlescan {reply.version} ({__version__})")
    daemons = [worker for worker, reply in introduced.items() if isinstance(reply, Introduced) and reply.daemon]
    if daemons:
        raise ClusterDaemons(detail=_some(daemons))
    _want_answers(introduced)
    if without := [worker for worker, reply in introduced.items() if not isinstance(reply, Introduced)]:
        raise ClusterWithout(detail=_some(without))
    seen = {worker: reply.cards for worker, reply in introduced.items() if isinstance(reply, Introduced)}
    if first is not None:
        looked = ask_all(cluster, dict.fromkeys(seen, See(first)), SEE_S)
        _want_answers(looked)
        for worker, reply in looked.items():
            if not isinstance(reply, Seen):
                raise ClusterBlind(file=first.name, detail=f"{worker}: {_reason(reply)}".rstrip("."))
        seen = {worker: seen[worker] for worker in looked}
    begins = {
        worker: Begin(replace(begin.engine, worker=place, workers=together), begin.words)
        for worker, (place, together) in places.deal(seen, cluster.workers()).items()
    }
    started, begun = {}, ask_all(cluster, begins, BEGIN_S)
    _want_answers(begun)
    for worker, reply in begun.items():
        if not isinstance(reply, Hello):
            raise ClusterEngine(detail=f"{worker}: {_reason(reply)}".rstrip("."))
        started[worker] = Started(begins[worker], reply)
    return started


def ask_all(cluster: Cluster, orders: Mapping[str, Order], seconds: float) -> dict[str, Reply | None]:
    """The replies of several workers, each to its order; None for one that gave none in that time. One that has gone
    meanwhile is not among them.

    Raises ClusterLost.
    """
    asked = {worker: cluster.ask(worker, to_bytes(order)) for worker, order in orders.items()}
    there, left = dict(asked), Countdown(seconds)
    try:
        while waited := [future for future in there.values() if not future.done()]:
            if wait(waited, min(LOOK_EVERY_S, max(0.0, left.left))).not_done:
                present = cluster.workers()
                there = {worker: future for worker, future in there.items() if future.done() or worker in present}
            if left.over():
                break
        return {worker: _reply(future) if future.done() else None for worker, future in there.items()}
    finally:
        for future in asked.values():
            future.cancel()


def _reply(future: Future[object]) -> Reply:
    """What was said; what is none of ours, as an engine's broken answer. Raises ClusterLost."""
    try:
        return reply_from(future.result())
    except CancelledError:
        raise ClusterLost from None
    except Exception:  # noqa: BLE001 BadData, and what Dask raises for a call that failed there; it may quote it
        return Lost("bad_answer")


def _want_answers(replies: Mapping[str, Reply | None]) -> None:
    """Raises ClusterSilent."""
    if silent := [worker for worker, reply in replies.items() if reply is None]:
        raise ClusterSilent(detail=_some(silent))


def _reason(reply: Reply | None) -> str:
    match reply:
        case Unable(failure=failure) | Refused(failure=failure):
            return failure.message
        case Lost(cause=cause):
            return cause
    return "bad_answer"


def _some(machines: Sequence[str]) -> str:
    more = len(machines) - SHOWN
    return ", ".join(machines[:SHOWN]) + (f" (+{more})" if more > 0 else "")
