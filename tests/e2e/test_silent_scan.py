"""The second entry of a file manager's menu: a CSV beside the files, and a notification that names none of them."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.store import Store
from tests.buses import NO_BUS, real_bus
from tests.conftest import ROOT
from tests.e2e.conftest import SAMPLES, CommandLine
from tests.e2e.test_notifying import needs_dunst
from tests.gui_x11.desktop import Desktop, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="the bus of a Linux desktop")]

ONE_BY_ONE = """
dunst -conf /dev/null >dunst.out 2>&1 &
service=$!
until dunstctl is-paused >/dev/null 2>&1; do kill -0 $service || exit 9; sleep 0.05; done
for file; do $PADDLE scan --beside --notify -- "$file" & starts="$starts $!"; done
for one in $starts; do wait "$one" || status=$?; done
dunstctl close-all
dunstctl history >history.json
kill $service
exit ${status:-0}
"""


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def said(folder: Path) -> list[tuple[str, str]]:
    """Titles and texts of the notifications, the first one first."""
    (shown,) = json.loads((folder / "history.json").read_text(encoding="utf-8"))["data"]
    return [(one["summary"]["data"], one["body"]["data"]) for one in reversed(shown)]


@pytest.fixture
def chosen(tmp_path: Path) -> list[Path]:
    """Receipts of one folder, in the order in which people count."""
    folder = tmp_path / "报销 1 月"
    folder.mkdir()
    names = ["receipt 2.jpg", "receipt 10.jpg", "receipt 11.jpg"]
    for name, sample in zip(names, sorted(SAMPLES.glob("*.jpg")), strict=False):
        shutil.copy(sample, folder / name)
    return [folder / name for name in names]


@pytest.mark.long
@needs_dunst
def test_a_call_for_each_file_ends_in_one_table_and_one_notification(
    paddlescan: CommandLine, tmp_path: Path, chosen: list[Path]
) -> None:
    desktop = Desktop()
    nothing = tmp_path / "empty"
    nothing.mkdir()
    try:
        environment = paddlescan.environment(
            DISPLAY=desktop.display,
            PADDLE=f"{sys.executable} -m paddlescan",
            PYTHONPATH=str(ROOT),
            LC_ALL="zh_CN.UTF-8",
        )
        command = ["dbus-run-session", "--", "sh", "-c", ONE_BY_ONE, "sh"]
        done = subprocess.run([*command, *map(str, reversed(chosen))], env=environment, cwd=tmp_path, check=False)
        assert done.returncode == 0
        (table,) = chosen[0].parent.glob("*.csv")
        assert table.name == "报销 1 月.csv"
        assert [row["文件名"] for row in rows(table)] == [file.name for file in chosen]
        ((title, text),) = said(tmp_path)
        assert title == "扫描完成"
        assert text.startswith("票据 3 张，")
        assert text.endswith("失败 0\n表格在原文件旁边：报销 1 月.csv")

        done = subprocess.run([*command, str(nothing)], env=environment, cwd=tmp_path, check=False)
        assert done.returncode == 2
        assert said(tmp_path) == [("没有进行识别", "所选内容中没有可识别的票据。")]
    finally:
        desktop.close()


def test_without_a_desktop_it_works_all_the_same_and_replaces_nothing(
    paddlescan: CommandLine, chosen: list[Path]
) -> None:
    table = chosen[0].with_suffix(".csv")
    table.write_text("mine")
    done = paddlescan("scan", "--beside", "--notify", "--", chosen[0], **NO_BUS)
    assert done.returncode == 0, done.stderr
    assert table.read_text() == "mine"
    assert len(rows(table.with_stem(f"{table.stem} (2)"))) == 1


def test_what_was_handed_over_to_a_scan_that_is_told_to_end_waits_in_the_store_and_is_told(
    paddlescan: CommandLine, chosen: list[Path]
) -> None:
    with real_bus() as address:
        bus = {"DBUS_SESSION_BUS_ADDRESS": address}
        twin = [sys.executable, str(ROOT / "tests" / "fakes" / "notification_service.py")]
        service = subprocess.Popen(twin, stdout=subprocess.PIPE, text=True, env=paddlescan.environment(**bus))
        try:
            assert service.stdout is not None
            assert service.stdout.readline() == "ready\n"
            first = paddlescan.start("scan", "--beside", "--notify", "--", chosen[0], **bus)
            wait_until(lambda: any(paddlescan.home.glob("data/meeting/*.socket")), "it listens")
            second = paddlescan("scan", "--beside", "--notify", "--", chosen[1], **bus)
            assert (second.returncode, second.stderr) == (
                0,
                "These files go along with the scan that has just begun.\n",
            )
            first.terminate()
            _, said = first.communicate(timeout=60)
        finally:
            service.terminate()
            told, _ = service.communicate()
    assert first.returncode == 130, said
    with Store(paddlescan.home / "data" / "receipts.sqlite") as store:
        rows = [row for batch in store.batches() for row in store.page_rows(batch.id)]
    assert {(row.ref.source.name, row.state) for row in rows} == {(file.name, "waiting") for file in chosen[:2]}
    assert "Scanning was stopped" in told
    assert "receipt 2" not in told
