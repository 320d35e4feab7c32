"""The command line where disks are full, read-only or locked: a sentence, the right status, no traceback."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from paddlescan.export.csv_export import write_csv
from paddlescan.paths import Paths
from paddlescan.store import Store
from tests.e2e.conftest import SAMPLES, CommandLine
from tests.faults.disks import SmallDisk, backup_program, bound_by_modes, unchangeable
from tests.unit.gui.receipts import Filled


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert "Traceback" not in done.stderr
    assert "Logging error" not in done.stderr
    return done.stderr.splitlines()


def test_a_home_on_a_full_disk_is_told(disk: SmallDisk) -> None:
    home = disk.path / "home"
    Paths(home / "config", home / "data", home / "cache", home / "logs").make()
    disk.fill()
    done = CommandLine(home)("scan", SAMPLES / "cafe.jpg")
    assert done.returncode == 3
    assert lines(done)[-1] == (
        f"The disk is full: the list of receipts could not be saved in {home / 'data'}. "
        "Make room on that disk, then try again; what was read is kept, and what was typed is saved when there is room."
    )


def test_a_home_on_a_read_only_disk_is_told_in_chinese(disk: SmallDisk) -> None:
    home = disk.path / "home"
    disk.write_protect()
    done = CommandLine(home)("scan", SAMPLES / "cafe.jpg", "--lang", "zh")
    assert done.returncode == 3
    assert lines(done) == [
        f"无法使用文件夹 {home / 'config'}：磁盘为只读。请确认该文件夹存在且您有写入权限，或请电脑管理员处理。"
    ]


@pytest.mark.long
@pytest.mark.waits
def test_a_store_that_a_backup_keeps_for_itself_is_told(paddlescan: CommandLine) -> None:
    store = paddlescan.home / "data" / "receipts.sqlite"
    Store(store).close()
    with backup_program(store, alone=True):
        done = paddlescan("scan", SAMPLES / "cafe.jpg")
    assert done.returncode == 3
    assert lines(done) == [
        "The list of receipts is in use by another program. "
        "Wait until the other program is done (a backup, another PaddleScan) and try again."
    ]


def test_an_export_onto_a_read_only_disk_is_refused_before_anything_is_read(
    paddlescan: CommandLine, disk: SmallDisk
) -> None:
    disk.write_protect()
    done = paddlescan("scan", SAMPLES, "--csv", disk.path / "o.csv", "--lang", "zh")
    assert done.returncode == 2
    assert lines(done) == [
        f"无法写入 {disk.path / 'o.csv'}：磁盘为只读。"
        "如果该文件正在其他程序中打开，请先关闭；并确认其文件夹存在且可写入，然后重新导出。"
    ]
    assert not (paddlescan.home / "data" / "receipts.sqlite").exists()


@pytest.mark.long
@pytest.mark.slow
def test_one_run_with_an_unreadable_file_full_targets_and_no_log(
    paddlescan: CommandLine, disk: SmallDisk, tmp_path: Path
) -> None:
    """What can be read is read, what can be written is written, and each of the rest has its sentence."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("cafe.jpg", "hotel.jpg"):
        shutil.copy(SAMPLES / name, inbox / name)
    (inbox / "hotel.jpg").chmod(0)
    (disk.path / "copies").mkdir()
    disk.fill()
    (paddlescan.home / "logs" / "command.log").mkdir(parents=True)  # a log that cannot be written
    targets = {"--csv": disk.path / "o.csv", "--xlsx": disk.path / "o.xlsx", "--json": tmp_path / "o.json"}
    command = paddlescan.command(
        *("scan", inbox, "--quiet", "--rename", "{file}", "--rename-to", disk.path / "copies"),
        *(word for option, target in targets.items() for word in (option, target)),
    )
    run = subprocess.run(
        bound_by_modes(command), env=paddlescan.environment(), capture_output=True, text=True, timeout=280, check=False
    )
    assert run.returncode == 1
    assert lines(run) == [
        f"The disk is full: {name} could not be saved in {folder}. "
        "Make room on that disk, then try again; what was read is kept, and what was typed is saved when there is room."
        for name, folder in (("o.csv", disk.path), ("o.xlsx", disk.path), ("cafe.jpg", disk.path / "copies"))
    ]
    pages = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["pages"]
    told = {page["source"]: page["error"] and page["error"]["message"] for page in pages}
    assert told == {"inbox/cafe.jpg": None, "inbox/hotel.jpg": "inbox/hotel.jpg may not be opened by you."}
    assert disk.files() == set()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
@pytest.mark.parametrize("pages", [1, 400], ids=["when it ends", "in the midst"])
def test_what_is_printed_into_a_file_on_a_full_disk_is_told(paddlescan: CommandLine, pages: int) -> None:
    path = paddlescan.home / "data" / "receipts.sqlite"
    with Store(path) as store:
        filled = Filled(path, store, store.create_batch("March", "cli"))
        filled.drop(*(f"{number}.png" for number in range(pages)))
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            paddlescan.command("log", "--lang", "zh"),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=paddlescan.environment(),
            check=False,
        )
    assert done.returncode == 3
    assert lines(done) == [
        "磁盘已满，无法保存“输出的内容”。请清理磁盘，然后重试；已识别的内容都会保留，已输入的内容会在有空间后保存。"
    ]


def test_a_table_is_not_read_back_by_halves(paddlescan: CommandLine, tmp_path: Path) -> None:
    """All its changes, or none, with the sentence that says why; and all of them afterwards."""
    path, table = paddlescan.home / "data" / "receipts.sqlite", tmp_path / "March.csv"
    with Store(path) as store:
        filled = Filled(path, store, store.create_batch("March", "cli"))
        for name in ("a.png", "b.png"):
            filled.put(name, merchant=f"Shop {name}", total="1.00")
        write_csv(store.export_rows(filled.batch), table, False, "en")
    table.write_text(table.read_text(encoding="utf-8-sig").replace("Shop", "Typed in the sheet"), encoding="utf-8-sig")

    def merchants() -> set[str]:
        with Store(path) as store:
            return {row.values["merchant"].value.removesuffix(".png") for row in store.receipt_rows(filled.batch)}

    with backup_program(path):
        locked = paddlescan("import", table)
    assert locked.returncode == 3
    assert lines(locked)[-1].startswith("The list of receipts is in use by another program.")
    with unchangeable(path):
        refused = paddlescan("import", table, "--lang", "zh")
    assert refused.returncode == 3
    assert lines(refused)[-1].startswith("无法打开或写入票据库：")
    assert "SQLITE" not in refused.stderr
    assert merchants() == {"Shop a", "Shop b"}
    assert paddlescan("import", table).returncode == 0
    assert merchants() == {"Typed in the sheet a", "Typed in the sheet b"}
