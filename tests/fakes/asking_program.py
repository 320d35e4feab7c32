"""A program that asks one child one thing, for tests that stop and continue it.

    asking_program.py SECONDS SCRATCH MODE

Says `asked CHILD_PID` when the request is on its way (the child has begun on it), then `answered` or why not.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent.parent))

from paddlescan.document import PageRef, ScanOptions, SourceFile
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.supervisor import ChildLimits, EngineLost
from tests.fakes.commands import faulty


def main() -> None:
    seconds, scratch, mode = sys.argv[1:]
    file = Path(scratch, "a.png")
    file.write_bytes(b"no picture")
    page = PageRef(SourceFile.at(file), 1, 5)
    limits = ChildLimits(request_s=float(seconds))
    engine = EngineProcess(limits=limits, command=faulty(mode), scratch_root=Path(scratch))
    engine.ensure_started()
    said = threading.Timer(0.3, lambda: print("asked", engine.pid, flush=True))
    said.start()
    try:
        engine.scan(page, ScanOptions())
        print("answered", flush=True)
    except EngineLost as lost:
        print(lost.cause, flush=True)
    finally:
        engine.stop(0)


if __name__ == "__main__":
    main()
