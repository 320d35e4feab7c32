"""No module of ours can reach a network, and what others bring for that is not installed."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys

from tests.conftest import ROOT

NETWORK = {
    *("dask", "distributed", "fsspec", "socket", "ssl", "http", "urllib", "urllib3", "requests", "httpx", "aiohttp"),
    *("ftplib", "smtplib", "xmlrpc", "smbclient", "smbprotocol"),
}
MAY = {
    "paddlescan/desktop/handover/place.py": "two starts of one user, by a socket in a folder",
    "paddlescan/desktop/handover/reception.py": "the same",
    "paddlescan/desktop/surroundings/display.py": "the display server of this computer, by a socket in a folder",
    "paddlescan/pipeline/supervisor.py": "the private pipe of a child, over which descriptors go",
    "paddlescan/pipeline/handed.py": "its other end",
    "paddlescan/pipeline/cluster/connecting.py": "the cluster that was named on the command line",
    "paddlescan/pipeline/cluster/filesystems.py": "shared storage that was named there, with a cluster only",
    "paddlescan/pipeline/cluster/shares.py": "the same",
    "paddlescan/gui/leaving.py": "a pair of the window's own, by which a signal wakes it",
}


def imported(tree: ast.AST) -> set[str]:
    """The outermost packages that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def test_no_module_of_ours_speaks_to_a_network() -> None:
    found = {}
    for path in (ROOT / "paddlescan").rglob("*.py"):
        names = imported(ast.parse(path.read_text(encoding="utf-8")))
        outward = {
            name for name in names if (name.split(".")[0] in NETWORK and name != "urllib.parse") or "QtNetwork" in name
        }
        where = path.relative_to(ROOT).as_posix()
        if outward and where not in MAY:
            found[where] = outward
    assert found == {}


def test_openvinos_telemetry_is_not_installed() -> None:
    assert importlib.util.find_spec("openvino_telemetry") is None


def test_the_window_loads_no_network() -> None:
    program = (
        "import sys, paddlescan.gui.main_window, paddlescan.gui.app;"
        "others = ('urllib.request', 'http.client', 'ssl');"
        "print([n for n in sys.modules if n.startswith('PySide6.QtNetwork') or n in others])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
