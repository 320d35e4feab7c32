from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from paddlescan.ocr.left_out import LEFT_OUT
from tests.conftest import ROOT

LOAD = """
import json, sys, tempfile
from pathlib import Path
import yarl as loaded_before
from paddlescan.ocr import left_out
left_out.LEFT_OUT = (*left_out.LEFT_OUT, "yarl")
from paddlescan.document import EngineOptions
from paddlescan.ocr.factory import load_engine
import cv2
engine = load_engine(EngineOptions(device="cpu"), Path(sys.argv[1]))
lines = engine.recognise(cv2.imread(sys.argv[2]))
trainers = [name for name in sys.modules if name.startswith(("paddlex.repo_", "paddlex.inference.models.video_"))]
tops = sorted({name.partition(".")[0] for name in sys.modules})
from paddlex.inference.utils import official_models
try:
    official_models.requests.get("nowhere")
    told = "nothing"
except left_out.LeftOut as error:
    told = str(error)
import openpyxl
book = openpyxl.Workbook()
same = sys.modules["yarl"] is loaded_before
print(json.dumps({"lines": len(lines), "tops": tops, "told": told, "sheets": len(book.sheetnames), "same": same,
                  "trainers": trainers}))
"""


def test_an_engine_loads_and_reads_without_hubs_web_clients_and_tables(tmp_path: Path) -> None:
    sample = ROOT / "resources" / "samples" / "cafe.jpg"
    command = [sys.executable, "-c", LOAD, str(tmp_path), str(sample)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    seen = json.loads(done.stdout)
    assert seen["lines"] > 15
    assert set(seen["tops"]) & {*LEFT_OUT, "urllib3", "cryptography", "modelscope_hub", "wcwidth"} == set()
    assert seen["trainers"] == [], "what reads no text was loaded"
    assert seen["told"] == "requests.get is left out of this program"
    assert (seen["sheets"], seen["same"]) == (1, True), "the real ones are there afterwards, and as they were"
