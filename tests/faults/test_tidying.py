"""Where SQLite puts what it needs for a moment: never into the system's temporary folder."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.pipeline.keeping import open_store
from tests.conftest import ROOT
from tests.unit.store.care.making import add_receipts, filled

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to see which files are opened")

TIDY = """
import sys
from pathlib import Path
from paddlescan.store.care import tidy
import paddlescan.store.care.tidying as tidying
tidying.WORTH_BYTES = 1 << 20
assert tidy(Path(sys.argv[1]))
"""


def test_the_store_is_made_smaller_beside_itself(tmp_path: Path) -> None:
    path = filled(tmp_path / "an office's data" / "receipts.sqlite")
    with open_store(path) as store:
        kept, let_go = store.create_batch("more than SQLite keeps in memory"), store.create_batch("let go")
        add_receipts(store, kept, 1000, 600)
        add_receipts(store, let_go, 5000, 600)
        store.delete_batch(let_go)
    trace = tmp_path / "trace"
    seen = ["strace", "-f", "-qq", "-s", "400", "-e", "trace=open,openat", "-o", str(trace)]
    subprocess.run([*seen, sys.executable, "-c", TIDY, str(path)], cwd=ROOT, check=True)
    made = re.findall(r'"([^"]*)", [^)]*O_CREAT', trace.read_text())
    briefly = {str(Path(name).parent) for name in made if "etilqs" in name}
    assert briefly == {str(path.parent)}
