"""A RapidOCR worker: a path a line on standard input, `lines cpu_seconds peak_bytes` a line on standard output.

    python rapidocr_worker.py THREADS

Runs in RapidOCR's own environment, so it imports nothing of PaddleScan. Its first answer comes once it is loaded.
"""

from __future__ import annotations

import logging
import os
import sys
import time

os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def peak_bytes() -> int:
    """The most memory this process ever held (Linux; elsewhere 0)."""
    try:
        with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))
    except OSError:
        return 0


def main() -> None:
    """Serve until the input ends."""
    import cv2
    from rapidocr import RapidOCR

    logging.disable(logging.CRITICAL)
    threads = int(sys.argv[1])
    cv2.setNumThreads(threads)
    engine = RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for path in sys.stdin:
        result = engine(cv2.imread(path.rstrip("\n")))
        sys.stdout.write(f"{len(result.txts or ())} {time.process_time()} {peak_bytes()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
