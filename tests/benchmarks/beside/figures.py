"""What the runs say: a line for each program, and whether the goals are met."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.beside.receipts import TASK_3, Hits, KnownReceipt, field_hits, word_hits
from tests.benchmarks.beside.running import Crew, Run
from tests.benchmarks.beside.sides import Side
from tests.benchmarks.beside.workers import Reading


@dataclass
class Record:
    """All runs of one program."""

    side: Side
    one: list[Run] = field(default_factory=list)
    """One worker with one thread, a run a round."""
    two: list[Run] = field(default_factory=list)
    """Both processors, as is best for it."""
    words: Hits = field(default_factory=Hits)
    fields: Counter[str] = field(default_factory=Counter)
    """Right and wanted values by name, as `name right` and `name wanted`; of ours."""
    task_3: Hits = field(default_factory=Hits)
    long: Run | None = None
    """One worker with one thread that read all receipts on end: for words, fields and memory."""

    def judge(self, known: KnownReceipt, reading: Reading) -> None:
        """Add what was read of a receipt."""
        self.words += word_hits(known, reading.texts)
        if reading.page is None:
            return
        for name, hits in field_hits(known, reading.page).items():
            self.fields[f"{name} right"] += min(hits.right, hits.wanted)
            self.fields[f"{name} wanted"] += hits.wanted
            self.task_3 += hits if name in TASK_3 else Hits()

    @property
    def best_crew(self) -> Crew:
        """How it uses both processors."""
        return self.two[0].crew

    @property
    def peak_gb(self) -> float:
        """The most that a worker ever held, in units of 10**9 bytes."""
        runs = (*self.one, *self.two, *((self.long,) if self.long else ()))
        peak: int = max(run.peak_bytes for run in runs)
        return peak / 1e9

    def ratios(self) -> list[float]:
        """Two workers to one, pages a minute, round by round."""
        return [b.pages_a_minute / a.pages_a_minute for a, b in zip(self.one, self.two, strict=True)]


def values(runs: Sequence[Run], get: Callable[[Run], float]) -> list[float]:
    """One figure of all runs."""
    return [get(one) for one in runs]


def spread(given: Sequence[float], digits: int) -> str:
    """Median, and in brackets least to most where there are several."""
    middle = f"{statistics.median(given):.{digits}f}"
    return middle if len(given) == 1 else f"{middle} ({min(given):.{digits}f}-{max(given):.{digits}f})"


def counted(count: int, name: str) -> str:
    """A number of things: `1 round`, `2 rounds`."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def rounds_said(count: int) -> str:
    """What stands in the cells after so many rounds."""
    if count == 1:
        return "Figures of the one round, which say nothing of their spread."
    if count == 2:
        return "Means of the two rounds, in brackets both."
    return "Medians, in brackets the least and the most."


def times_ours(ours: Record, other: Record, get: Callable[[Record], list[Run]]) -> list[float]:
    """How many times as many pages a minute ours reads, in the rounds that both were in."""
    return [a.pages_a_minute / b.pages_a_minute for a, b in zip(get(ours), get(other), strict=False)]


def thrift(ours: Record, other: Record) -> list[float]:
    """How many times as many processor seconds a page the other takes, which says more where the machine is shared."""
    return [b.cpu_a_page / a.cpu_a_page for a, b in zip(ours.one, other.one, strict=False)]


def table(records: Sequence[Record]) -> str:
    """A line for each program, in Markdown."""
    heads = (
        "",
        "pages/min, 1 worker",
        "pages/min, 2 cores",
        "how",
        "2 to 1",
        "wall s/page",
        "CPU s/page",
        "peak GB a worker",
        "word F1",
        "PaddleScan is so many times as fast",
        "by CPU s",
    )
    lines = [f"| {' | '.join(heads)} |", "| --- |" + " ---: |" * (len(heads) - 1)]
    ours = records[0]
    for record in records:
        others = record is not ours
        faster = spread(times_ours(ours, record, lambda r: r.two), 2) if others else ""
        thriftier = spread(thrift(ours, record), 2) if others else ""
        cells = (
            record.side.name,
            spread(values(record.one, lambda r: r.pages_a_minute), 1),
            spread(values(record.two, lambda r: r.pages_a_minute), 1),
            str(record.best_crew),
            spread(record.ratios(), 2),
            spread(values(record.one, lambda r: r.wall_a_page), 2),
            spread(values(record.one, lambda r: r.cpu_a_page), 2),
            f"{record.peak_gb:.2f}",
            f"{record.words.f1:.4f}",
            faster,
            thriftier,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def field_sentence(ours: Record) -> str:
    """What came out right of the fields that are known."""
    names = [key.removesuffix(" wanted") for key in ours.fields if key.endswith(" wanted") and ours.fields[key]]
    said = ", ".join(f"{name} {ours.fields[f'{name} right']} of {ours.fields[f'{name} wanted']}" for name in names)
    return f"Fields right: {said}; F1 of {', '.join(TASK_3)} together {ours.task_3.f1:.3f}."


@dataclass(frozen=True)
class Goal:
    """What was wanted, what came, and whether that is enough."""

    name: str
    wanted: str
    found: str
    met: bool


def goals(records: Sequence[Record], vnni: bool) -> list[Goal]:
    """The goals of the comparison: with 8-bit instructions (VNNI) they are higher."""
    ours = records[0]
    by_key = {record.side.key: record for record in records}
    found: list[Goal] = []
    for key, factor in (("faster-paddle-small", 3 if vnni else 2), ("rapidocr", 4 if vnni else 3)):
        if (other := by_key.get(key)) is None:
            continue
        ratios = times_ours(ours, other, lambda r: r.two)
        middle = statistics.median(ratios)
        name = other.side.name
        found.append(
            Goal(f"pages a minute, to {name}", f"at least {factor} times", spread(ratios, 2), middle >= factor)
        )
        better = ours.words.f1 >= other.words.f1
        found.append(Goal(f"word F1, to {name}", f"at least {other.words.f1:.4f}", f"{ours.words.f1:.4f}", better))
    found.append(Goal("word F1", "at least 0.955", f"{ours.words.f1:.4f}", ours.words.f1 >= 0.955))
    most = 0.65 if vnni else 1.0
    cpu = values(ours.one, lambda r: r.cpu_a_page)
    found.append(Goal("CPU seconds a page", f"at most {most:.2f}", spread(cpu, 2), statistics.median(cpu) <= most))
    peak = f"{ours.peak_gb:.2f} GB"
    found.append(Goal("peak memory a worker", "at most 0.9 GB", peak, ours.peak_gb <= 0.9))
    ratios = ours.ratios()
    found.append(Goal("two workers to one", "at least 1.9", spread(ratios, 2), statistics.median(ratios) >= 1.9))
    return found


def goal_table(found: Sequence[Goal]) -> str:
    """In Markdown."""
    lines = ["| goal | wanted | found | |", "| --- | --- | --- | --- |"]
    lines += [f"| {g.name} | {g.wanted} | {g.found} | {'met' if g.met else '**not met**'} |" for g in found]
    return "\n".join(lines)
