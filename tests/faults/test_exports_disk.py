"""Exports onto a disk that is full, read-only or pulled out: whole or absent, what was there stays, and it is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.document import PageResult, Preparation, Receipt, SourceFile
from paddlescan.errors import DiskFull, ExportFailed, Failure, FolderUnwritable, PaddleScanError
from paddlescan.export.atomic import atomic_file, check_target
from paddlescan.export.template_files import Templates, default_template
from paddlescan.gui.export.job import ExportJob, Outcome
from paddlescan.gui.export.orders import ENDINGS, Batch, Format, Order
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from paddlescan.words import error_sentence
from tests.faults.disks import SmallDisk, unchangeable

pytestmark = pytest.mark.logs
QUICK: tuple[Format, ...] = ("csv", "items", "json", "xlsx", "report", "rename")
"""Those for which no page is drawn."""


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    """One receipt that was read from one of the samples."""
    store_path, sample = tmp_path / "receipts.sqlite", tmp_path / "cafe.jpg"
    shutil.copy(resource("samples", "cafe.jpg"), sample)
    with Store(store_path) as store:
        number = store.create_batch("March", "window")
        store.add_sources(number, [SourceFile.at(sample)])
        claim = store.claim_page(number)
        assert claim is not None
        receipt = Receipt(preparation=Preparation())
        store.save_result(claim.page_id, PageResult(claim.ref, width=600, height=800, receipts=(receipt,)), claim.token)
    folders = {name: tmp_path / name for name in ("templates", "logs", "scratch")}
    for name in ("logs", "scratch"):
        folders[name].mkdir()
    return Batch(number, store_path, **folders)


def place_of(disk: SmallDisk, wanted: Format) -> Path:
    return disk.path / ("copies" if wanted == "rename" else f"March{ENDINGS[wanted]}")


def export(batch: Batch, wanted: Format, place: Path, overwrite: bool = False) -> Outcome | Failure:
    """What the window's export comes to, in this thread."""
    told: list[Outcome | Failure] = []
    order = Order(wanted, "en", default_template(), None, False, "{file}", place, overwrite)
    job = ExportJob(batch, order, None)
    job.done.connect(told.append)
    job.failed.connect(told.append)
    job.run()
    (what,) = told
    return what


def both(failure: Outcome | Failure) -> tuple[str, str]:
    assert isinstance(failure, Failure), failure
    return " ".join(error_sentence(failure, "en")), "".join(error_sentence(failure, "zh"))


def left_on(disk: SmallDisk) -> set[str]:
    return {path.name for path in disk.itself.rglob("*") if path.is_file() and path.parent.name != "crowd"} - {
        "filling"
    }


@pytest.mark.parametrize("wanted", [*QUICK, "pdf"])
def test_a_full_disk_gets_no_part_of_a_file_and_the_rest_when_there_is_room(
    batch: Batch, disk: SmallDisk, wanted: Format
) -> None:
    place = place_of(disk, wanted)
    if wanted == "rename":
        place.mkdir()
    disk.fill()
    english, chinese = both(export(batch, wanted, place))
    name, folder = ("cafe.jpg", place) if wanted == "rename" else (place.name, disk.path)
    assert english == (
        f"The disk is full: {name} could not be saved in {folder}. "
        "Make room on that disk, then try again; what was read is kept, and what was typed is saved when there is room."
    )
    assert chinese == (
        f"磁盘已满，无法将“{name}”保存到 {folder}。"
        "请在该磁盘上清理出空间，然后重试；已识别的内容都会保留，已输入的内容会在有空间后保存。"
    )
    assert disk.files() == set()
    disk.make_room()
    assert isinstance(export(batch, wanted, place), Outcome)
    assert disk.files() == {name}


@pytest.mark.parametrize("wanted", QUICK)
def test_a_read_only_disk_is_told_of_before_anything_is_written(batch: Batch, disk: SmallDisk, wanted: Format) -> None:
    place = place_of(disk, wanted)
    disk.write_protect()
    english, chinese = both(export(batch, wanted, place))
    assert english == (
        f"{place} could not be written: the disk is read-only. "
        "Close the file where it is open, see that its folder is there and may be written, and export again."
    )
    assert chinese == (
        f"无法写入 {place}：磁盘为只读。"
        "如果该文件正在其他程序中打开，请先关闭；并确认其文件夹存在且可写入，然后重新导出。"
    )


def test_a_file_that_is_to_be_replaced_stays_as_it_was(batch: Batch, disk: SmallDisk) -> None:
    place = place_of(disk, "csv")
    place.write_text("the month's work")
    disk.fill()
    assert isinstance(export(batch, "csv", place, overwrite=True), Failure)
    disk.make_room()
    assert place.read_text() == "the month's work"


def test_a_file_that_may_not_be_changed_is_not_changed(batch: Batch, tmp_path: Path) -> None:
    place = tmp_path / "March.csv"
    place.write_text("the month's work")
    with unchangeable(place):
        english, _ = both(export(batch, "csv", place, overwrite=True))
        assert "it may not be written by you" in english or "it is read-only" in english
        assert place.read_text() == "the month's work"
        assert not list(tmp_path.glob(".paddlescan-*"))
    assert isinstance(export(batch, "csv", place, overwrite=True), Outcome)


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_disk_that_is_pulled_out_while_a_file_is_written_gets_no_empty_one_in_its_place(
    disk: SmallDisk, overwrite: bool
) -> None:
    place = disk.path / "March.csv"
    with pytest.raises(ExportFailed) as told, atomic_file(place, overwrite) as file:
        file.write(b"half of it")
        disk.vanish()
    assert "the folder is not there" in told.value.message
    assert list(disk.path.iterdir()) == []
    disk.come_back()
    assert not place.exists()


def test_copies_into_a_folder_that_vanishes_are_told_one_by_one(batch: Batch, disk: SmallDisk) -> None:
    disk.vanish()
    (disk.path / "copies").write_text("no folder")
    english, chinese = both(export(batch, "rename", disk.path / "copies"))
    assert english.startswith(f"{disk.path / 'copies'} could not be written: File exists.")
    assert chinese.startswith(f"无法写入 {disk.path / 'copies'}：已存在同名文件。")
    (disk.path / "copies").unlink()
    disk.come_back()


def test_a_full_scratch_stops_a_pdf_with_its_reason_and_no_half_one_is_left(
    batch: Batch, disk: SmallDisk, tmp_path: Path
) -> None:
    scratch = disk.path / "scratch"
    scratch.mkdir()
    disk.fill()
    batch = Batch(batch.id, batch.store, batch.templates, batch.logs, scratch)
    english, chinese = both(export(batch, "pdf", tmp_path / "March.pdf"))
    assert english.startswith(f"The disk is full: temporary files could not be saved in {scratch}.")
    assert chinese.startswith(f"磁盘已满，无法将“临时文件”保存到 {scratch}。")
    assert not list(tmp_path.glob("*.pdf"))
    assert not list(tmp_path.glob(".paddlescan-*"))


Place = Callable[[SmallDisk], None]


@pytest.mark.parametrize(
    ("hinder", "kind"), [(SmallDisk.fill, DiskFull), (SmallDisk.write_protect, (ExportFailed, FolderUnwritable))]
)
def test_a_template_that_cannot_be_kept_is_told_and_no_half_one_is_left(
    disk: SmallDisk, hinder: Place, kind: type[PaddleScanError]
) -> None:
    templates = Templates(disk.path / "templates")
    templates.folder.mkdir()
    hinder(disk)
    with pytest.raises(kind) as told:
        templates.save(replace(default_template(), name="Ours", titles=()))
    assert str(templates.folder) in told.value.message
    assert list(templates.folder.iterdir()) == []


def test_a_folder_in_which_nothing_can_be_written_is_noticed_before_anything_is_read(disk: SmallDisk) -> None:
    disk.write_protect()
    with pytest.raises(ExportFailed) as told:
        check_target(disk.path / "March.csv", overwrite=False)
    assert told.value.parameters["detail"] == "the disk is read-only"
