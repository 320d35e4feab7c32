"""The comparison with other programs: words and fields are counted as they should be, and the figures follow."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest

from paddlescan.document import Field, PageRef, PageResult, Receipt, SourceFile, TextLine, quad_from
from tests.benchmarks.beside.__main__ import judged, report, some
from tests.benchmarks.beside.chart import Bar, chart, tick
from tests.benchmarks.beside.figures import Record, goals, table
from tests.benchmarks.beside.receipts import Hits, KnownReceipt, field_hits, known_receipts, word_hits, words_of
from tests.benchmarks.beside.running import Crew, Run, run
from tests.benchmarks.beside.sides import Side
from tests.benchmarks.beside.workers import Reading
from tests.benchmarks.documents import command_line, put_between
from tests.benchmarks.fields import key

HERE = quad_from([(0, 0), (10, 0), (10, 5), (0, 5)])


def known(**fields: str | None) -> KnownReceipt:
    right = {name: frozenset([key(name, value)] if value else []) for name, value in fields.items()}
    return KnownReceipt("one", Path("one.jpg"), words_of(["TOTAL 9.00", "Total"]), right)


def page(*receipts: Receipt) -> PageResult:
    return PageResult(PageRef(SourceFile.at(Path("/one.jpg"))), receipts=receipts)


def test_words_are_a_bag_without_case_and_punctuation() -> None:
    assert words_of(["Date:05-03", "a_b 总计 X1"]) == Counter(["DATE", "05", "03", "A", "B", "X1"])


def test_a_word_counts_as_often_as_it_is_printed() -> None:
    hits = word_hits(known(), ["total total total 9"])
    assert hits == Hits(right=3, wanted=4, given=4)
    assert (hits + Hits(1, 0, 0)).f1 == 1.0
    assert word_hits(known(), []).f1 == 0.0


def test_a_value_where_nothing_is_printed_is_wrong_and_a_missing_one_is_not_given() -> None:
    receipt = Receipt(fields=(Field("total", "9.00"), Field("tax", "1.00")))
    hits = field_hits(known(total="9.00", tax=None, date="2026-01-01"), page(receipt))
    assert hits == {"total": Hits(1, 1, 1), "tax": Hits(0, 0, 1), "date": Hits(0, 1, 0)}


def test_of_several_receipts_the_best_is_judged() -> None:
    wrong, right = (Receipt(fields=(Field("merchant", name),)) for name in ("elsewhere", "Shop"))
    assert field_hits(known(merchant="shop"), page(wrong, right))["merchant"].right == 1


def test_amounts_and_names_are_the_same_in_another_form(tmp_path: Path) -> None:
    item = {
        "id": "a",
        "path": "a.jpg",
        "category": "receipt_en",
        "lines": ["Shop 9"],
        "gt": {"fields": {"merchant": "THE SHOP (M) S/B", "total": "9.0", "tax": "1"}},
        "uncertain": ["tax"],
        "alternatives": {"merchant": ["The Shop"]},
    }
    others = [item | {"id": "b", "category": "taxi_receipt_zh"}, {"id": "c", "path": "c", "category": "receipt_en"}]
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"items": [item, *others]}))
    (one,) = known_receipts(manifest)
    assert one.path == tmp_path / "a.jpg"
    receipt = Receipt(fields=(Field("merchant", "the shop"), Field("total", "RM9.00"), Field("tax", "7.00")))
    assert field_hits(one, page(receipt)) == {"merchant": Hits(1, 1, 1), "total": Hits(1, 1, 1)}


def test_words_without_spaces_are_not_judged(tmp_path: Path) -> None:
    (tmp_path / "gt.json").write_text(json.dumps({"note": "lines have no spaces", "lines": [{"text": "AB"}]}))
    item = {"id": "a", "path": "a.jpg", "category": "receipt_en", "gt_path": "gt.json"}
    (tmp_path / "manifest.json").write_text(json.dumps({"items": [item]}))
    assert known_receipts(tmp_path / "manifest.json") == ()


def test_pages_are_taken_evenly_from_the_whole_row() -> None:
    row = [KnownReceipt(str(n), Path(), Counter(), {}) for n in range(10)]
    assert [one.name for one in some(row, 4)] == ["0", "2", "5", "7"]
    assert some(row, 99) == row


class Machine:
    """A worker that reads one line off any page, and takes half a second of processor time for it."""

    def __init__(self, threads: int) -> None:
        self.versions = {"machine": "1"}
        self.threads, self.cpu_seconds, self.peak_bytes, self.closed = threads, 0.0, 0, False

    def read(self, path: Path) -> Reading:
        self.cpu_seconds, self.peak_bytes = self.cpu_seconds + 0.5, self.peak_bytes + (1 << 20)
        return Reading((path.name,))

    def close(self) -> None:
        self.closed = True


def test_a_run_counts_what_is_behind_the_warming() -> None:
    made: list[Machine] = []

    def make(threads: int) -> Machine:
        made.append(Machine(threads))
        return made[-1]

    paths = [Path(f"{n}.jpg") for n in range(4)]
    one = run(make, Crew(2, 3), paths, warm=[Path("5.jpg"), Path("6.jpg")])
    assert [worker.threads for worker in made] == [3, 3]
    assert all(worker.closed for worker in made)
    assert one.cpu_a_page == pytest.approx(0.5)
    assert one.pages == 4
    assert one.peak_bytes == max(worker.peak_bytes for worker in made) > 2 << 20
    assert {path: reading.texts for path, reading in one.readings.items()} == {path: (path.name,) for path in paths}


def test_a_worker_that_stops_ends_the_run() -> None:
    class Stops(Machine):
        def read(self, path: Path) -> Reading:
            if path.name == "bad.jpg":
                raise RuntimeError("it stopped")
            return super().read(path)

    with pytest.raises(RuntimeError, match="it stopped"):
        run(Stops, Crew(1, 1), [Path("good.jpg"), Path("bad.jpg")], warm=[Path("good.jpg")])


def record(key: str, one: tuple[float, ...], two: tuple[float, ...], cpu: float, words: Hits) -> Record:
    def runs(minutes: tuple[float, ...], crew: Crew) -> list[Run]:
        return [Run(crew, 10, 600 / pages, 10 * cpu, 500_000_000, 0.0, {}, {}) for pages in minutes]

    side = Side(key, key, "#000", Machine)
    return Record(side, runs(one, Crew(1, 1)), runs(two, Crew(2, 1)), words)


def records() -> list[Record]:
    ours = record("paddlescan", (30, 31, 32), (60, 60, 64), 0.9, Hits(96, 100, 100))
    small = record("faster-paddle-small", (20, 20, 20), (30, 30, 30), 1.8, Hits(95, 100, 100))
    rapid = record("rapidocr", (10,), (21,), 3.1, Hits(97, 100, 100))
    return [ours, small, rapid]


def test_goals_are_met_by_the_medians_of_the_rounds() -> None:
    met = {goal.name: goal.met for goal in goals(records(), vnni=False)}
    assert met == {
        "pages a minute, to faster-paddle-small": True,
        "word F1, to faster-paddle-small": True,
        "pages a minute, to rapidocr": False,
        "word F1, to rapidocr": False,
        "word F1": True,
        "CPU seconds a page": True,
        "peak memory a worker": True,
        "two workers to one": True,
    }


def test_eight_bit_instructions_raise_the_goals() -> None:
    met = {goal.name: goal.met for goal in goals(records(), vnni=True)}
    assert not met["pages a minute, to faster-paddle-small"]
    assert not met["CPU seconds a page"]


def test_memory_is_of_the_worker_that_read_all_of_them_in_the_unit_of_the_goal() -> None:
    found = records()
    found[0].long = Run(Crew(1, 1), 60, 60.0, 60.0, 876 << 20, 0.0, {}, {})
    (goal,) = [goal for goal in goals(found, vnni=False) if goal.name == "peak memory a worker"]
    assert (goal.found, goal.met) == ("0.92 GB", False)
    assert [line.split(" | ")[7] for line in table(found).splitlines()[2:]] == ["0.92", "0.50", "0.50"]


def test_all_words_are_those_that_one_worker_read_on_end() -> None:
    made: list[Machine] = []

    def make(threads: int) -> Machine:
        made.append(Machine(threads))
        return made[-1]

    receipts = [KnownReceipt(str(n), Path(f"{n} total.jpg"), Counter(["TOTAL"]), {}) for n in range(3)]
    read = Record(Side("other", "Other", "#000", make))
    assert list(judged(read.side, read, receipts)) == [one.path for one in receipts]
    assert read.words == Hits(3, 3, 9)
    assert [(worker.threads, worker.peak_bytes) for worker in made] == [(1, 3 << 20)]


@pytest.mark.parametrize(
    ("rounds", "words"),
    [(1, "Figures of the one round"), (2, "Means of the two rounds"), (3, "Medians, in brackets the least")],
)
def test_the_report_names_its_command_and_what_its_figures_are(rounds: int, words: str) -> None:
    ours = record("paddlescan", (30,) * rounds, (60,) * rounds, 0.9, Hits(96, 100, 100))
    every = [("paddlescan", one) for one in ours.one]
    said, _ = report([ours], every, 8, 60, command_line("a.b", ["--rounds", str(rounds), "/", "--docs"]))
    assert said.startswith(f"`python -m a.b --rounds {rounds} FOLDER --docs`, ")
    assert (
        f"8 receipts timed, {rounds} round{'s' * (rounds > 1)}; word F1, and the most memory that a worker held, of 60"
        in said
    )
    assert f" {words}" in said


def test_every_row_has_a_cell_for_every_head() -> None:
    lines = table(records()).splitlines()
    assert len({line.count("|") for line in lines}) == 1
    assert "| paddlescan | 31.0 (30.0-32.0) | 60.0 (60.0-64.0) | 2 x 1 | 2.00 (1.94-2.00) |" in lines[2]
    assert lines[4].endswith("| 0.9700 | 2.86 | 3.44 |")


@pytest.mark.parametrize(("most", "step"), [(0.9, 0.1), (9.9, 1), (10, 1), (11, 2), (62, 10), (130, 20)])
def test_rules_stand_at_round_numbers(most: float, step: float) -> None:
    assert tick(most) == pytest.approx(step)


def test_the_chart_has_bars_as_long_as_their_medians() -> None:
    drawing = chart([Bar("A & B", "#111", (5, 10, 15), (20,), "word F1 0.9")], "Pages <a minute>")
    root = ET.fromstring(drawing)
    bars = [float(each.get("width", "")) for each in root.iter() if each.get("fill") == "#111"]
    assert bars[1] == pytest.approx(2 * bars[0], abs=0.2)
    assert len(re.findall('class="spread"', drawing)) == 3
    assert "A & B" in [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]


def test_figures_replace_what_stood_between_their_marks_and_nothing_else(tmp_path: Path) -> None:
    document = tmp_path / "doc.md"
    document.write_text("# A\n\n<!-- x -->\nold\n<!-- end of x -->\n\nrest\n")
    for said in ("one", "two\n"):
        put_between(document, "x", said)
        assert document.read_text() == f"# A\n\n<!-- x -->\n\n{said.strip()}\n\n<!-- end of x -->\n\nrest\n"
    with pytest.raises(SystemExit):
        put_between(document, "y", "three")


def test_lines_that_receipts_share_are_read_once() -> None:
    line = TextLine("TOTAL 9.00", 0.9, HERE)
    reading = Reading(("TOTAL 9.00",), page(Receipt(lines=(line,))))
    ours = Record(Side("paddlescan", "PaddleScan", "#000", Machine))
    ours.judge(known(total="9.00"), reading)
    assert ours.words == Hits(3, 4, 3)
    assert ours.fields["total wanted"] == 1
    assert ours.fields["total right"] == 0
