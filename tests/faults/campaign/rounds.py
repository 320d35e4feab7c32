"""One round: start, kill, look, start again, look."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paddlescan.settings import Settings, save_settings
from tests.faults.campaign import killing, outputs, verdict
from tests.faults.campaign.ground import (
    COPIES,
    EXPORTS,
    NAMES,
    Ground,
    begin_half_read,
    begin_old,
    clerk_command,
    environment,
    scan_command,
    tree,
)
from tests.faults.campaign.killing import Program
from tests.faults.campaign.plans import CALLS, Plan
from tests.faults.campaign.verdict import Findings, Snapshot


@dataclass
class Outcome:
    """What became of a round."""

    plan: Plan
    hit: bool = False
    """Whether the kill came while the program lived."""
    kills: int = 0
    typed: int = 0
    saved: int = 0
    pages_left: int = 0
    """Pages that waited when the kill came."""
    seconds: float = 0.0
    findings: Findings = field(default_factory=Findings)


@dataclass
class Round:
    """Runs a plan."""

    ground: Ground
    plan: Plan
    library: Path | None

    def run(self) -> Outcome:
        """The whole round."""
        began, outcome = time.monotonic(), Outcome(self.plan)
        self.place = self.ground.place(self.plan.number)
        self.before = {name: tree(self.place / name) for name in ("window", "command")}
        self.hashes = frozenset(state[0] for found in self.before.values() for state in found.values())
        self.snapshots: list[Snapshot] = []
        self._prepare()
        try:
            self._first(outcome)
            if self.plan.victim not in ("engine", "light") or self.plan.linger or not outcome.hit:
                self._recover(outcome)
            self._judge(outcome)
        except Exception as error:  # noqa: BLE001 a round that breaks is a finding, and the others go on
            outcome.findings.add("other", f"{type(error).__name__}: {error}"[:300])
        outcome.seconds = time.monotonic() - began
        return outcome

    # before

    def _prepare(self) -> None:
        plan = self.plan
        if plan.start == "half read":
            begin_half_read(self.ground, self.place)
        elif plan.start == "older store":
            begin_old(self.place, random.Random(plan.number).randrange(1, 4))
        save_settings(self.place / "home" / "config" / "settings.json", Settings(workers=plan.workers))
        if plan.earlier:
            for name in (*NAMES.values(), "window.csv", "window.json", "window.xlsx", "window.pdf"):
                (self.place / "out" / name).write_bytes(outputs.EARLIER)

    def _program(self, name: str, run: int, orders: dict[str, Any] | None = None, *more: str) -> Program:
        place = self.place
        report, printed = place / f"{name}-{run}.report", place / f"{name}-{run}.txt"
        command = clerk_command(place, report, orders or {}) if name == "window" else scan_command(place, *more)
        return Program(name, command, environment(place), report, printed)

    def _programs(self) -> list[Program]:
        plan = self.plan
        orders = {
            "paths": [] if plan.start == "half read" else [str(self.place / "window")],
            "seed": f"{plan.seed}/{plan.number}",
            "deeds": plan.deeds,
            "out": str(self.place / "out"),
            "linger": plan.linger,
        }
        more = ["--overwrite"] if plan.earlier else []
        return [self._program(name, 1, orders, *more) for name in plan.programs]

    # the kill

    def _first(self, outcome: Outcome) -> None:
        plan, programs = self.plan, self._programs()
        self.programs = programs
        target = next(program for program in programs if program.name == plan.target)
        call = CALLS.get(plan.moment)
        if call is not None:
            number = 1 + int(plan.call * self.ground.counts[target.name][call])
            target.environment |= {"LD_PRELOAD": str(self.library), "CAMPAIGN_AT": f"{call}:{number}:{plan.how}"}
        for program in programs:
            program.start()
        if call is not None:
            outcome.hit = self._end(target) == -9
        elif killing.wait_for(self._moment(target), target):
            threading.Event().wait(plan.delay)
            outcome.hit = self._kill(target)
        outcome.kills += outcome.hit
        self._look(outcome)
        for program in programs:
            if self._end(program) is None:
                outcome.findings.add("other", f"{program.name} did not end: {program.said()[-300:]}")
        self.lines = next((p.lines() for p in programs if p.name == "window"), [])
        self._look(outcome)
        if outcome.hit and plan.victim in ("engine", "light"):
            for program in programs:
                self._expect_end(program, outcome)

    def _end(self, program: Program) -> int | None:
        """Wait for its end; a window that lingers is closed as a session closes it."""
        if program.name == "window" and self.plan.linger and program.alive:
            done = killing.wait_for(lambda: self._settled(program), program)
            if done and program.process is not None:
                program.process.terminate()
        return program.wait()

    def _settled(self, program: Program) -> bool:
        lines = program.lines()
        return (
            time.monotonic() - program.began > 8.0 and sum(line["what"] == "deed" for line in lines) >= self.plan.deeds
        )

    def _kill(self, target: Program) -> bool:
        match self.plan.victim:
            case "engine" | "light" as kind:
                return killing.kill_child(target, kind)
            case "tree":
                return killing.kill_all(target)
        return killing.kill_main(target)

    def _moment(self, target: Program) -> Callable[[], bool]:
        """Whether what the plan waits for has come."""
        plan = self.plan
        if plan.moment == "starting":
            return lambda: True
        if target.name == "command":
            word, number = ("Wrote", plan.after) if plan.moment == "exporting" else ("Reading on", 1)
            if plan.moment == "exporting" and plan.after == 0:
                return lambda: target.said().count("Wrote") >= 1
            extra = plan.after * 0.8 if plan.moment == "reading" else 0.0
            return lambda: target.said().count(word) >= number and not threading.Event().wait(extra)
        words = {
            "reading": ("page",),
            "typing": ("typed", "removing"),
            "exporting": ("exporting",),
            "closing": ("closing",),
        }
        wanted = words[plan.moment]
        number = 1 if plan.moment == "closing" else 1 + plan.after % (3 if plan.moment == "exporting" else 12)
        return lambda: sum(line["what"] in wanted for line in target.lines()) >= number

    def _look(self, outcome: Outcome) -> None:
        """At what lies on the disk at this moment."""
        found = verdict.snapshot(self.place)
        if found.integrity != "ok":
            outcome.findings.add("broken stores", found.integrity)
        self.snapshots.append(found)
        outcome.pages_left = sum(found.waiting(owner) for owner in ("window", "cli"))
        for wrong in outputs.broken(self.place / "out", self.hashes):
            outcome.findings.add("broken exports", wrong)

    # the start that follows

    def _recover(self, outcome: Outcome) -> None:
        plan = self.plan
        self.over = self._over(self.programs)
        if plan.second is not None:
            again = self._again(2)
            for program in again:
                program.start()
            threading.Event().wait(plan.second)
            outcome.kills += sum([killing.kill_all(program) for program in again])
            self.lines = [*self.lines, *(line for p in again if p.name == "window" for line in p.lines())]
            self._look(outcome)
            self.over |= self._over(again)
        before = self.snapshots[-1]
        programs = self._again(3)
        for program in programs:
            program.start()
        for program in programs:
            if program.wait() is None:
                outcome.findings.add("other", f"{program.name} did not end when started again: {program.said()[-300:]}")
            self._expect_end(program, outcome)
            self._expect_told(program, before, outcome)
        self._look(outcome)

    def _over(self, programs: Sequence[Program]) -> set[str]:
        """A scan that came to its end, and said so, is not gone on with, even if the program died while it ended."""
        marked = any((self.place / "home" / "data").glob("receipts.sqlite.scan-*"))
        scans = [program for program in programs if program.name == "command"]
        return {scan.name for scan in scans if scan.ended_well or ("Pages: " in scan.said() and not marked)}

    def _again(self, run: int) -> list[Program]:
        """The same programs, the window by itself where it had taken in what was dropped.

        Where nothing is to be gone on with, a window all the same: the next start is what clears up.
        """
        drops = self.place / "home" / "data" / "receipts.sqlite.drops"
        taken_in = self.snapshots[-1].of("window") > 0 or (drops.is_dir() and any(drops.glob("*.json")))
        paths = [] if taken_in or "window" not in self.plan.programs else [str(self.place / "window")]
        orders = {"paths": paths, "seed": 0, "deeds": 0}
        names = [name for name in self.plan.programs if name not in self.over] or ["window"]
        return [self._program(name, run, orders, "--resume", "--overwrite") for name in names]

    def _expect_end(self, program: Program, outcome: Outcome) -> None:
        status = None if program.process is None else program.process.returncode
        if status != 0:
            outcome.findings.add("other", f"{program.name} ended with {status}: {program.said()[-400:]}")
        if "Traceback" in program.said():
            outcome.findings.add("other", f"{program.name} printed a traceback: {program.said()[-400:]}")

    def _expect_told(self, program: Program, before: Snapshot, outcome: Outcome) -> None:
        """A batch that goes on says so."""
        if program.name == "window":
            told = any(line["what"] == "resumed" for line in program.lines())
            if before.waiting("window") and not told:
                outcome.findings.add("other", "the window did not say that it goes on")
        elif before.waiting("cli") and "Going on with an unfinished scan" not in program.said():
            outcome.findings.add("other", "the command line did not say that it goes on")

    # the verdict

    def _judge(self, outcome: Outcome) -> None:
        told = outcome.findings
        verdict.check_store(self.place, told)
        owners = {"window": "window", "command": "cli"}
        for name in self.plan.programs:
            verdict.check_pages(self.ground, self.place, self.snapshots, owners[name], told)
            verdict.check_same(self.ground, self.place, owners[name], self.lines, told)
        verdict.check_edits(self.place, self.lines, told)
        verdict.check_leftovers(self.ground, self.place, told)
        for part in outputs.parts(self.place / "out"):
            told.add("leftovers", f"out/{part}")
        if "command" in self.plan.programs:
            self._all_exported(told)
        for name, before in self.before.items():
            if tree(self.place / name) != before:
                told.add("other", f"the folder {name} of originals was changed")
        outcome.typed, outcome.saved = verdict.tell_edits(self.lines)

    def _all_exported(self, told: Findings) -> None:
        out = self.place / "out"
        for kind in EXPORTS:
            file = out / NAMES[kind]
            if not file.exists() or file.read_bytes() == outputs.EARLIER:
                told.add("broken exports", f"{file.name} was not written in the end")
        if len(list((out / COPIES).glob("*"))) != len(tree(self.place / "command")):
            told.add("broken exports", f"{len(list((out / COPIES).glob('*')))} copies")


def sentences(findings: Findings) -> Sequence[str]:
    """All that did not hold."""
    return [f"{kind}: {one}" for kind, found in findings.found.items() for one in found]
