from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paddlescan.document import Field, PageRef, Receipt, SourceFile
from paddlescan.document.export import ExportRow
from paddlescan.errors import ExportFailed, FileVanished
from paddlescan.export.name_pattern import DEFAULT_PATTERN, NamePattern
from paddlescan.export.renaming import PlannedCopy, copy_renamed, plan_copies
from paddlescan.export.safe_names import same_name

PATTERN = NamePattern.of(DEFAULT_PATTERN)
SCAN = b"a scan"


def row(path: Path, page: int = 1, failed: bool = False, **values: str) -> ExportRow:
    """A row of a file that is there, or is made."""
    if not os.path.lexists(path):
        path.write_bytes(SCAN)
    fields = tuple(Field(name, value) for name, value in values.items())
    return ExportRow(
        source=path.name,
        status="failed" if failed else "done",
        page=page,
        receipt=Receipt(kind="receipt", fields=fields),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        failure=FileVanished(file="x").failure if failed else None,
        ref=PageRef(SourceFile.at(path), page),
    )


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def targets(plan: tuple[PlannedCopy, ...]) -> list[str]:
    return [one.target for one in plan]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_copy_says_what_it_is(inbox: Path, out: Path) -> None:
    rows = [row(inbox / "scan001.JPG", date="2026-03-14", merchant="清风小馆", total="171.00")]
    plan = plan_copies(rows, PATTERN, out, "zh")
    assert targets(plan) == ["2026-03-14_清风小馆_171.00.JPG"]
    assert not out.exists()
    report = copy_renamed(plan, out)
    assert (report.copied, report.there, report.failed) == (1, 0, ())
    assert contents(out) == {"2026-03-14_清风小馆_171.00.JPG": SCAN}
    assert contents(inbox) == {"scan001.JPG": SCAN}


def test_a_copy_keeps_the_time_of_its_original(inbox: Path, out: Path) -> None:
    rows = [row(inbox / "a.pdf", merchant="Cafe")]
    os.utime(inbox / "a.pdf", ns=(1_500_000_000_000_000_000, 1_400_000_000_123_456_789))
    copy_renamed(plan_copies(rows, PATTERN, out, "en"), out)
    (copy,) = out.iterdir()
    assert copy.stat().st_mtime_ns == 1_400_000_000_123_456_789


def test_what_a_receipt_lacks_is_said_by_a_word(inbox: Path, out: Path) -> None:
    rows = [row(inbox / "a.pdf", merchant="Cafe")]
    assert targets(plan_copies(rows, PATTERN, out, "en")) == ["no-date_Cafe_no-total.pdf"]
    assert targets(plan_copies(rows, PATTERN, out, "zh")) == ["无日期_Cafe_无价税合计.pdf"]


def test_a_file_of_which_nothing_was_read_keeps_its_name(inbox: Path, out: Path) -> None:
    rows = [row(inbox / "a.pdf", failed=True), row(inbox / "b.pdf"), row(inbox / "c.pdf", note="private")]
    assert targets(plan_copies(rows, PATTERN, out, "en")) == ["a.pdf", "b.pdf", "c.pdf"]
    assert targets(plan_copies(rows, NamePattern.of("{number} {file}"), out, "en")) == ["1 a.pdf", "2 b.pdf", "3 c.pdf"]


def test_a_file_of_several_receipts_is_named_after_the_first_that_was_read(inbox: Path, out: Path) -> None:
    many = inbox / "many.pdf"
    rows = [row(many, 1, failed=True), row(many, 2, merchant="Two", date="2026-01-02"), row(many, 3, merchant="Three")]
    by_hand = ExportRow(source="", status="done", receipt=Receipt(fields=(Field("merchant", "Hand"),)))
    (one,) = plan_copies([*rows, by_hand], NamePattern.of("{date} {merchant} p{page} {kind}"), out, "en")
    assert (one.target, one.receipts) == ("2026-01-02 Two p2 Receipt.pdf", 2)


def test_names_that_differ_in_nothing_or_in_capitals_only_are_numbered(inbox: Path, out: Path) -> None:
    names = ("Café", "cafe\u0301", "CAFÉ", "Straße", "STRASSE")
    rows = [row(inbox / f"{n}.png", merchant=name) for n, name in enumerate(names)]
    plan = plan_copies(rows, NamePattern.of("{merchant}"), out, "en")
    assert targets(plan) == ["Café.png", "café (2).png", "CAFÉ (3).png", "Straße.png", "STRASSE (2).png"]
    assert len({same_name(name) for name in targets(plan)}) == 5


def test_a_file_that_is_there_is_never_replaced(inbox: Path, out: Path) -> None:
    out.mkdir()
    (out / "CAFE.png").write_bytes(b"mine")
    (out / "Cafe (2).png").symlink_to(out / "nowhere")
    rows = [row(inbox / "a.png", merchant="Cafe")]
    plan = plan_copies(rows, NamePattern.of("{merchant}"), out, "en")
    assert targets(plan) == ["Cafe (3).png"]
    (out / "Cafe (3).png").write_bytes(b"came meanwhile")
    report = copy_renamed(plan, out)
    assert [failure.code for _, failure in report.failed] == ["export_exists"]
    assert (out / "Cafe (3).png").read_bytes() == b"came meanwhile"
    assert (out / "CAFE.png").read_bytes() == b"mine"
    assert not (out / "nowhere").exists()


def test_a_link_that_comes_meanwhile_is_not_followed(inbox: Path, out: Path) -> None:
    plan = plan_copies([row(inbox / "a.png", merchant="Cafe")], NamePattern.of("{merchant}"), out, "en")
    out.mkdir()
    (out / "Cafe.png").symlink_to(inbox / "new.png")
    assert len(copy_renamed(plan, out).failed) == 1
    assert contents(inbox) == {"a.png": SCAN}


def test_copying_again_copies_nothing_twice(inbox: Path, out: Path) -> None:
    rows = [row(inbox / "a.png", merchant="Cafe"), row(inbox / "b.png", merchant="Cafe")]
    (inbox / "b.png").write_bytes(b"another scan")
    rows[1] = row(inbox / "b.png", merchant="Cafe")
    first = plan_copies(rows, PATTERN, out, "en")
    copy_renamed(first, out)
    again = plan_copies(rows, PATTERN, out, "en")
    assert targets(again) == targets(first)
    assert all(one.there for one in again)
    assert copy_renamed(again, out).there == 2
    assert len(list(out.iterdir())) == 2


def test_an_original_that_is_another_by_now_is_not_copied(inbox: Path, out: Path) -> None:
    rows = [row(inbox / f"{name}.png", merchant=name) for name in ("a", "b", "c")]
    plan = plan_copies(rows, NamePattern.of("{merchant}"), out, "en")
    (inbox / "a.png").write_bytes(b"changed")
    (inbox / "b.png").unlink()
    report = copy_renamed(plan, out)
    assert [failure.code for _, failure in report.failed] == ["file_changed", "file_vanished"]
    assert contents(out) == {"c.png": SCAN}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are POSIX")
def test_an_original_that_became_a_pipe_is_not_waited_for(inbox: Path, out: Path) -> None:
    plan = plan_copies([row(inbox / "a.png", merchant="x")], PATTERN, out, "en")
    (inbox / "a.png").unlink()
    os.mkfifo(inbox / "a.png")
    assert [failure.code for _, failure in copy_renamed(plan, out).failed] == ["unreadable_file"]


def test_it_can_be_called_off(inbox: Path, out: Path) -> None:
    class CalledOffError(Exception):
        pass

    def progress(done: int) -> None:
        if done == 2:
            raise CalledOffError

    plan = plan_copies([row(inbox / f"{n}.png", merchant=f"m{n}") for n in range(5)], PATTERN, out, "en")
    with pytest.raises(CalledOffError):
        copy_renamed(plan, out, progress)
    assert len(list(out.iterdir())) == 2


def test_a_folder_that_cannot_be_made_is_told(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    plan = plan_copies([row(inbox / "a.png", merchant="x")], PATTERN, tmp_path / "file" / "out", "en")
    with pytest.raises(ExportFailed):
        copy_renamed(plan, tmp_path / "file" / "out")


NASTY = [
    "/",
    "\\",
    "..",
    "../",
    ".",
    " ",
    "\0",
    "\n",
    "CON",
    "nul",
    "com1.",
    "-",
    "\u202e",
    "\u200b",
    "😀",
    "饭",
    "\ud800",
]
letters = st.one_of(st.characters(), st.sampled_from("./\\:-~ \0\u202e\u2066\u200b\ufeff\u2028饭é"))
nasty = st.text(letters, max_size=300)
texts = st.one_of(nasty, st.lists(st.sampled_from(NASTY), max_size=6).map("".join))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(merchants=st.lists(texts, min_size=1, max_size=4), pattern=st.sampled_from(["{merchant}", "{merchant}_{total}"]))
def test_no_name_on_a_receipt_leads_out_of_the_folder(
    tmp_path_factory: pytest.TempPathFactory, merchants: list[str], pattern: str
) -> None:
    base = tmp_path_factory.mktemp("base")
    inbox, out = base / "inbox", base / "out"
    inbox.mkdir()
    rows = [row(inbox / f"{n}.png", merchant=merchant, total="1.00") for n, merchant in enumerate(merchants)]
    plan = plan_copies(rows, NamePattern.of(pattern), out, "en")
    report = copy_renamed(plan, out)
    assert (report.copied, report.failed) == (len(rows), ())
    assert sorted(p.name for p in base.iterdir()) == ["inbox", "out"]
    assert len(list(inbox.iterdir())) == len(rows)
    assert sorted(contents(out)) == sorted(targets(plan))
    for name in targets(plan):
        assert_every_system_takes(name)


def assert_every_system_takes(name: str) -> None:
    assert len(name.encode("utf-8")) <= 255
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in name)
    assert name[0] not in "-.~ "
    assert name.removesuffix(".png")[-1] not in ". "
    assert name.split(".", maxsplit=1)[0].rstrip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}


def test_a_folder_that_is_a_link_is_the_folder_it_leads_to(inbox: Path, out: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    out.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "x.png").symlink_to(inbox / "kept.png")
    plan = plan_copies([row(inbox / "a.png", merchant="x")], NamePattern.of("{merchant}"), out, "en")
    copy_renamed(plan, out)
    assert targets(plan) == ["x (2).png"], "what is a link to nothing is there, too"
    assert sorted(file.name for file in (tmp_path / "elsewhere").iterdir()) == ["x (2).png", "x.png"]
    assert not (inbox / "kept.png").exists()


def test_names_that_some_systems_take_for_one_are_numbered(inbox: Path, out: Path) -> None:
    names = ["e\u0301", "\u00e9", "\u00c9", "stra\u00dfe", "STRASSE", "\uac00", "\u1100\u1161"]
    rows = [row(inbox / f"{n}.png", merchant=name) for n, name in enumerate(names)]
    made = targets(plan_copies(rows, NamePattern.of("{merchant}"), out, "en"))
    assert len({same_name(name) for name in made}) == len(names)
    assert [name.removesuffix(".png")[-3:] for name in made if "(" in name] == ["(2)", "(3)", "(2)", "(2)"]


RESERVED = ["CON", "con", "NUL.txt", "COM1", "lpt9.", "COM¹", "CONIN$", "AUX .b", "\u200bCON"]


@pytest.mark.parametrize("name", RESERVED)
def test_names_of_devices_are_no_names(name: str, inbox: Path, out: Path) -> None:
    plan = plan_copies([row(inbox / "a", merchant=name)], NamePattern.of("{merchant}"), out, "en")
    assert plan[0].target.startswith("_")


def test_a_long_merchant_leaves_the_total_in_the_name(inbox: Path, out: Path) -> None:
    rows = [row(inbox / "a.jpeg", merchant="饭" * 200, total="12.00", date="2026-01-01")]
    (name,) = targets(plan_copies(rows, PATTERN, out, "zh"))
    assert name == f"2026-01-01_{'饭' * 30}_12.00.jpeg"


def test_a_refund_at_the_start_keeps_its_minus(inbox: Path, out: Path) -> None:
    plan = plan_copies([row(inbox / "a.png", total="-12.00")], NamePattern.of("{total}"), out, "en")
    assert targets(plan) == ["_-12.00.png"]


def test_a_name_that_is_no_text_is_spelt(inbox: Path, out: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(inbox) + b"/\xff\xfe.png"))
    found = [ExportRow(source="x", status="done", ref=PageRef(SourceFile.at(path)))]
    path.write_bytes(SCAN)
    plan = plan_copies(found, NamePattern.of("{file}"), out, "en")
    copy_renamed(plan, out)
    assert len(contents(out)) == 1
    assert targets(plan)[0].endswith(".png")
