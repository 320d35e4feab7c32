"""What must hold before a page is sent to a worker of a cluster; each raises an error with its remedy."""

from __future__ import annotations

import platform
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from itertools import zip_longest
from typing import Any

from paddlescan import __version__
from paddlescan.document import SourceFile
from paddlescan.errors import (
    ClusterBlind,
    ClusterDaemons,
    ClusterDiffers,
    ClusterEmpty,
    ClusterEngine,
    ClusterLost,
    ClusterSilent,
    ClusterVersions,
    ClusterWithout,
    PaddleScanError,
)
from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline.cluster.connecting import Cluster
from paddlescan.pipeline.cluster.looking import look_at
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
from paddlescan.pipeline.messages import Hello
from paddlescan.pipeline.wire import to_bytes

SEEN_AT_ONCE = 100
"""Files that a worker is asked to look at."""
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
    landmarks: Sequence[SourceFile] = field(repr=False)
    """What every worker must see."""
    places: Places
    """On the cards; workers that come later take theirs here, too."""
    engines: dict[str, Started]
    """By worker."""


def make_ready(cluster: Cluster, begin: Begin, landmarks: Sequence[SourceFile]) -> Ready:
    """Check everything that can be checked before a page is sent. landmarks: what every worker must see, as it is seen
    here. Raises what the checks below raise."""
    workers, places = cluster.workers(), Places()
    check_versions(cluster.versions(), here())
    engines = check_workers(cluster, workers, begin, landmarks, places)
    if not engines:
        raise ClusterEmpty(file=cluster.address)
    return Ready(cluster, begin, landmarks, places, engines)


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
    cluster: Cluster, workers: Sequence[str], begin: Begin, landmarks: Sequence[SourceFile], places: Places
) -> dict[str, Started]:
    """The engine of each of these workers; all of them are asked at once. One that goes meanwhile is left out;
    one whose engine is lost before it is ready on a card starts it without.

    landmarks: files that are to be read. Raises ClusterSilent, ClusterVersions, ClusterDaemons, ClusterWithout,
    ClusterEngine, ClusterBlind, ClusterDiffers, ClusterLost.
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
    for start in range(0, len(landmarks), SEEN_AT_ONCE):
        those_left = _check_sight(cluster, tuple(seen), landmarks[start : start + SEEN_AT_ONCE])
        seen = {worker: seen[worker] for worker in those_left}
    begins = {
        worker: Begin(replace(begin.engine, worker=place, workers=together), begin.words)
        for worker, (place, together) in places.deal(seen, cluster.workers()).items()
    }
    begun = ask_all(cluster, begins, BEGIN_S)
    _want_answers(begun)
    on_cpu = {
        worker: Begin(replace(begins[worker].engine, device="cpu"), begin.words)
        for worker, reply in begun.items()
        if isinstance(reply, Lost) and reply.while_starting and begin.engine.device == "auto" and seen[worker]
    }
    again = ask_all(cluster, on_cpu, BEGIN_S)
    started = _started(begins, {worker: reply for worker, reply in begun.items() if worker not in on_cpu})
    for worker, one in _started(on_cpu, again).items():
        said = replace(one.hello.engine, reason=Reason.GPU_FAILED) if one.hello.engine else None
        started[worker] = Started(one.begin, Hello(said, one.hello.jail))
    return started


def _started(begins: Mapping[str, Begin], replies: Mapping[str, Reply | None]) -> dict[str, Started]:
    """Raises ClusterSilent, ClusterEngine."""
    _want_answers(replies)
    started = {}
    for worker, reply in replies.items():
        if not isinstance(reply, Hello):
            raise ClusterEngine(detail=f"{worker}: {_reason(reply)}".rstrip("."))
        started[worker] = Started(begins[worker], reply)
    return started


def _check_sight(cluster: Cluster, workers: Sequence[str], files: Sequence[SourceFile]) -> Collection[str]:
    """Whether these workers see files as this computer does. Returns those that are still there.

    Raises ClusterBlind, ClusterDiffers, ClusterSilent, ClusterLost.
    """
    looked = ask_all(cluster, dict.fromkeys(workers, See(tuple(files))), SEE_S)
    _want_answers(looked)
    sizes = [_own_size(file) for file in files]
    for worker, reply in looked.items():
        sights = reply.sights if isinstance(reply, Seen) else ()
        for file, own, sight in zip_longest(files, sizes, sights[: len(files)]):
            if sight is None:
                raise ClusterBlind(file=file.name, detail=f"{worker}: {_reason(reply)}")
            if sight.failure is not None:
                raise ClusterBlind(file=file.name, detail=f"{worker}: {sight.failure.message}".rstrip("."))
            if None not in (own, sight.size) and own != sight.size:
                raise ClusterDiffers(file=file.name, detail=f"{worker}: {sight.size:,} B ({own:,} B)")
    return looked.keys()


def _own_size(file: SourceFile) -> int | None:
    """None where nothing can be said of it here: then the workers are believed."""
    try:
        return look_at(file)
    except PaddleScanError:
        return None


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
        case Unable(failure=failure):
            return failure.message
        case Lost(cause=cause):
            return cause
    return "bad_answer"


def _some(machines: Sequence[str]) -> str:
    more = len(machines) - SHOWN
    return ", ".join(machines[:SHOWN]) + (f" (+{more})" if more > 0 else "")
