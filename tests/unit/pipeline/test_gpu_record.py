"""When a graphics card is done without."""

from __future__ import annotations

from paddlescan.pipeline.gpu_record import MOST_GPU_FAILURES, GpuRecord


def test_failures_of_the_gpu_are_forgotten_when_it_reads() -> None:
    gpu = GpuRecord()
    for _ in range(MOST_GPU_FAILURES - 1):
        gpu.failed()
    gpu.works()
    for lost in (*[False] * (MOST_GPU_FAILURES - 1), True):
        gpu.failed()
        assert gpu.is_lost is lost
