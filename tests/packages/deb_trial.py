"""The .deb in a bare Debian, from installing to removing: `python -m tests.packages.deb_trial [PACKAGE]`.

The screen, the window manager and the program that a file is dragged from are this machine's; in the Debian there is
nothing but the package and what it depends on.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from pathlib import Path

import openpyxl

from installers.linux.dependencies import NOT_COUNTED
from paddlescan import __version__
from paddlescan.resources_dir import resource
from paddlescan.words import say
from tests.conftest import ROOT
from tests.gui_x11.desktop import HEIGHT, PYTHON, WIDTH, Desktop, missing, wait_until
from tests.packages.bare_debian import UID, BareDebian

DRAG_SOURCE = ROOT / "tests" / "gui_x11" / "drag_source.py"
LIB = "/usr/lib/paddlescan"
SAMPLES = f"{LIB}/_internal/resources/samples"
BEFORE, PICTURES = ROOT / "build" / "chroot" / "deb-before.txt", ROOT / "build" / "deb"
OF_OTHERS = (
    *("/home/", "/packages", "/run/", "/tmp/", "/var/cache/", "/var/log/"),
    *("/var/lib/apt/", "/var/lib/dpkg/"),
)
"""Where apt, dpkg and the trial itself keep things; of PaddleScan there is nothing to be there either."""
_LISTING = ("find", "/", "-xdev", "-not", "-path", "/proc/*", "-not", "-path", "/dev/*")


def main() -> None:
    """All of it, in the order of a person's life with the program."""
    if missing():
        raise SystemExit(f"needs {', '.join(missing())}")
    asked = [Path(name).resolve() for name in sys.argv[1:]]
    (package,) = asked or (ROOT / "dist").glob(f"paddlescan_{__version__}_*.deb")
    debian = BareDebian("deb")
    for step in (install, libraries, command_line, window, remove):
        begin = time.monotonic()
        step(debian, package)
        print(f"{step.__name__}: passed in {time.monotonic() - begin:.0f} s", flush=True)


def install(debian: BareDebian, package: Path) -> None:
    """By apt, which brings what the package depends on and no more."""
    debian.add_clerk()
    BEFORE.write_text(debian.run(*_LISTING), encoding="utf-8")
    debian.run("apt-get", "update", "-qq")
    quick = ("-o", "Dpkg::Options::=--force-unsafe-io")
    installing = ("apt-get", "install", "-y", "-qq", *quick, f"/packages/{package.name}")
    debian.run(*installing, bind=f"{package.parent}:/packages:ro")
    assert debian.run("dpkg", "--verify", "paddlescan") == ""
    assert debian.run("dpkg-query", "--show", "--showformat", "${Version}", "paddlescan") == __version__


def libraries(debian: BareDebian, package: Path) -> None:
    """Every library that a library of the program names is there: its own, or a package's."""
    leaving_out = " ".join(f"! -name {name}" for name in NOT_COUNTED)
    said = debian.run(
        *("sh", "-c", f"find {LIB} -name '*.so*' -type f {leaving_out} -exec ldd {{}} + 2>/dev/null || true"),
        LD_LIBRARY_PATH=f"{LIB}/_internal:{LIB}/_internal/PySide6/Qt/lib",
    )
    assert said.count("=> /lib/") > 100
    lacking = {line.split()[0] for line in said.splitlines() if "not found" in line}
    assert not lacking, f"neither packed nor depended on: {sorted(lacking)}"


def command_line(debian: BareDebian, package: Path) -> None:
    """As the clerk, who has no network here: doctor, then all samples."""
    person = ("setpriv", f"--reuid={UID}", f"--regid={UID}", "--clear-groups", "env", "HOME=/home/clerk")
    offline = ("unshare", "--net", *person, "sh", "-c", 'cd && exec paddlescan "$@"', "paddlescan")
    print(debian.run(*offline, "doctor"))
    menus = dict(line.split("\t") for line in debian.run(*offline, "menu", "status", "--lang", "en").splitlines())
    assert menus["Nemo"] == menus["Dolphin"] == say("menu_state_package", "en")
    debian.run(*offline, "scan", SAMPLES, "--json", "out.json", "--xlsx", "out.xlsx", "--pdf", "out.pdf")
    pages = json.loads((debian.home / "out.json").read_text(encoding="utf-8"))["pages"]
    assert len(pages) >= 8
    assert [page["source"] for page in pages if page["status"] == "failed"] == []
    truth = json.loads(resource("samples", "truth.json").read_text("utf-8"))["items"]
    totals = {item["path"]: item["gt"]["fields"].get("total") for item in truth}
    read = {Path(page["source"]).name: page["fields"].get("total", {}).get("value") for page in pages}
    assert read["cafe.jpg"] == totals["cafe.jpg"]
    assert openpyxl.load_workbook(debian.home / "out.xlsx")["Receipts"].max_row > len(totals)
    assert (debian.home / "out.pdf").read_bytes().startswith(b"%PDF-")


def window(debian: BareDebian, package: Path) -> None:
    """A file dragged in from another program is read, and exported by keys."""
    debian.give({"my receipt.jpg": resource("samples", "cafe.jpg")})
    store = debian.home / ".local/share/PaddleScan/receipts.sqlite"
    PICTURES.mkdir(parents=True, exist_ok=True)
    desktop = Desktop()
    try:
        inside = debian.command("paddlescan", "--lang", "en", user="clerk", DISPLAY=desktop.display)
        program = desktop.start(inside)
        wait_until(lambda: bool(desktop.find("^PaddleScan$")), "the window")
        shown = desktop.find("^PaddleScan$")
        assert shown in desktop.do("search", "--class", "^PaddleScan$").split(), (
            "the class that the desktop entry names"
        )
        desktop.do("windowmove", "--sync", shown, 0, 0)
        desktop.do("windowsize", "--sync", shown, WIDTH - 160, HEIGHT - 60)
        desktop.start([PYTHON, str(DRAG_SOURCE), "/home/clerk/my receipt.jpg", str(WIDTH - 130), "300"])
        wait_until(lambda: bool(desktop.find("drag source")), "the other program")
        desktop.drag((WIDTH - 70, 340), (500, 400))
        desktop.let_go()
        wait_until(lambda: is_read(store), "the receipt to be read", seconds=120)
        desktop.do("windowfocus", "--sync", shown, "key", "ctrl+e")
        wait_until(lambda: bool(desktop.find("^Export")), "the export dialog")
        desktop.photograph(PICTURES / "window.png")
        desktop.do("windowfocus", "--sync", desktop.find("^Export"), "key", "Return")
        wait_until(lambda: len(exported(debian)) == 1, "the exported file")
        rows = list(openpyxl.load_workbook(exported(debian)[0])["Receipts"].values)
        assert len(rows) >= 2
        wait_until(lambda: left_by_escape(desktop, "^Export"), "the dialog to close")
        desktop.do("windowfocus", "--sync", shown, "key", "ctrl+q")
        assert program.wait(30) == 0
    except BaseException:
        desktop.photograph(PICTURES / "failed.png")
        raise
    finally:
        desktop.close()


def left_by_escape(desktop: Desktop, title: str) -> bool:
    """Whether a dialog is gone; if not, Escape is pressed: while it still works, it does not listen."""
    dialog = desktop.find(title)
    if dialog:
        desktop.do("windowfocus", "--sync", dialog, "key", "Escape")
    return not dialog


def is_read(store: Path) -> bool:
    """Whether the window has read a page; its journal is only looked at."""
    if not store.exists():
        return False
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as journal:
            query = (
                "SELECT count(*) FROM event WHERE what IN ('read', 'to_check') AND batch_id IN "
                "(SELECT batch_id FROM event WHERE what = 'created' AND detail = 'window')"
            )
            return bool(journal.execute(query).fetchone()[0])
    except sqlite3.OperationalError:  # being made
        return False


def exported(debian: BareDebian) -> list[Path]:
    """The workbooks that the window wrote."""
    return [file for file in debian.home.glob("*.xlsx") if file.name != "out.xlsx"]


def remove(debian: BareDebian, package: Path) -> None:
    """Nothing is left but what the clerk made."""
    debian.run("apt-get", "purge", "-y", "-qq", "--autoremove", "paddlescan")
    before, after = set(BEFORE.read_text(encoding="utf-8").splitlines()), set(debian.run(*_LISTING).splitlines())
    left = sorted(after - before)
    assert [name for name in left if not name.startswith(OF_OTHERS)] == []
    ours = [name for name in left if "paddlescan" in name.lower() and not name.startswith("/home/")]
    assert [name for name in ours if not name.startswith(("/packages", "/var/cache/apt/archives/"))] == []
    assert exported(debian), "the clerk's own table stays"


if __name__ == "__main__":
    main()
