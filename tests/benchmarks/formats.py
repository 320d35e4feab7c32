"""Dates and amounts of real receipts: our own readers beside dateutil, dateparser, price-parser and babel.

    python -m tests.benchmarks.formats --lines FOLDER [--count 200]

FOLDER holds lines.jsonl: receipts as recognised lines, with the date and the total as a person typed them. Each
reader gets the line that holds the typed date (or total), as recognised: glued to times, labels and numbers; days
come first. Prints how many it reads rightly, how many dates it sees in lines without one, and microseconds a call.
The truth of a date is by datetime.strptime, which shares no code with any of them. Asserts nothing.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from paddlescan.extraction.amounts import find_amounts
from paddlescan.extraction.dates import find_dates
from paddlescan.extraction.text import plain
from tests.benchmarks.environments import interpreter

LIBRARIES = ("python-dateutil==4.0.0", "dateparser==1.5.0", "babel==2.18.0", "price-parser==0.5.1")
FORMATS = (
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d/%m/%y",
    "%d-%m-%y",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d %B %Y",
    "%d/%b/%Y",
    "%d-%b-%y",
    "%d %b %y",
)
TODAY = datetime.date(2026, 11, 23)
Question = tuple[str, str]
"""(the line as recognised, the right answer; empty where the line holds none)."""


def typed_date(text: str) -> str | None:
    """The ISO date that a person typed, by the first form that fits."""
    for form in FORMATS:
        with suppress(ValueError):
            return datetime.datetime.strptime(text.strip().title(), form).date().isoformat()
    return None


def questions(folder: Path) -> tuple[list[Question], list[Question], list[Question]]:
    """Lines with a date, lines without anything like one, lines with the total."""
    dated: list[Question] = []
    undated: list[Question] = []
    priced: list[Question] = []
    for row in map(json.loads, (folder / "lines.jsonl").read_text("utf-8").splitlines()):
        lines = [line["text"] for line in row["recognised"]]
        date, total = row["truth"].get("date") or "", row["truth"].get("total") or ""
        squeezed = re.sub(r"\s", "", date).casefold()
        if squeezed and (right := typed_date(date)):
            dated += [(t, right) for t in lines if squeezed in re.sub(r"\s", "", t).casefold()][:1]
        undated += [(t, "") for t in lines if not re.search(r"\d.*\d.*\d.*\d", t) or re.search(r"\d\.\d\d$", t)][:8]
        if number := re.search(r"\d+\.\d\d", total):
            priced += [(t, number[0]) for t in lines if re.search(rf"(?<![\d.]){re.escape(number[0])}(?!\d)", t)][:1]
    return dated, undated, priced


def our_date(text: str) -> str | None:
    found = find_dates.__wrapped__(plain(text), "dmy", TODAY)
    return found[0].value.isoformat() if found else None


def our_amount(text: str) -> str | None:
    found = find_amounts.__wrapped__(plain(text))
    return found[-1].printed if found else None


def ask_us(call: Callable[[str], str | None], lines: Sequence[str]) -> tuple[list[str | None], float]:
    """Our answers without their cache, and microseconds a call."""
    call(lines[0])
    start = time.perf_counter()
    answers = [call(text) for text in lines]
    return answers, (time.perf_counter() - start) / len(lines) * 1e6


class Peer:
    """The libraries in their own process."""

    def __init__(self) -> None:
        worker = Path(__file__).parent / "peers" / "formats_worker.py"
        command = [interpreter("peer-formats", LIBRARIES), worker]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, library: str, lines: Sequence[str]) -> tuple[list[str | None], float]:
        """A library's answers, and microseconds a call."""
        to, back = self._pipes()
        print(json.dumps({"library": library, "texts": lines}), file=to, flush=True)
        said = json.loads(back.readline())
        return said["answers"], said["micros"]

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the worker has no pipes")
        return self._process.stdin, self._process.stdout

    def close(self) -> None:
        """End the process."""
        self._pipes()[0].close()
        self._process.wait(10)


def texts(asked: Sequence[Question]) -> list[str]:
    """The lines alone."""
    return [text for text, _ in asked]


def rights(answers: Sequence[str | None], asked: Sequence[Question]) -> int:
    """How many answers are the right ones."""
    return sum(answer == wanted for answer, (_, wanted) in zip(answers, asked, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=200, help="lines of each sort")
    args = parser.parse_args()
    dated, undated, priced = (some[: args.count] for some in questions(args.lines))
    if not dated or not priced:
        parser.error("no lines with a typed date and total there")
    peer = Peer()
    try:
        for name in ("our own", "dateutil", "dateparser"):
            answers, micros = ask_us(our_date, texts(dated)) if name == "our own" else peer.ask(name, texts(dated))
            empty = ask_us(our_date, texts(undated)) if name == "our own" else peer.ask(name, texts(undated))
            seen = sum(answer is not None for answer in empty[0])
            said = f"{rights(answers, dated):4} of {len(dated)} right, {seen:4} seen in {len(undated)} lines without"
            print(f"dates   {name:12} {said}, {micros:7.0f} us")
        for name in ("our own", "price_parser", "babel"):
            answers, micros = ask_us(our_amount, texts(priced)) if name == "our own" else peer.ask(name, texts(priced))
            print(f"amounts {name:12} {rights(answers, priced):4} of {len(priced)} right, {micros:7.0f} us")
    finally:
        peer.close()


if __name__ == "__main__":
    main()
