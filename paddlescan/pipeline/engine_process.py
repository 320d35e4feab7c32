"""The engine process: reads pages until the pipe ends. Started by `spawning.child_command("engine", ...)`.

Only the standard library is imported before the environment is set: a later jail takes effect at the
same place, before any library has started a thread.
"""

from __future__ import annotations

import os

from paddlescan.pipeline import child

NICENESS = 5
"""Reading gives way to the window and to the preview."""


def main(arguments: list[str]) -> None:
    """Serve one supervisor. arguments: threads for numeric libraries, scratch folder, pipe."""
    side = child.begin(arguments)
    from paddlescan.ocr.environment import quiet_environment

    child.set_environment(quiet_environment(side.scratch, threads=int(side.words[0])))
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    from paddlescan.pipeline.engine_service import EngineService
    from paddlescan.pipeline.service import answerer

    def look_up() -> None:
        side.serve_waiting(answer_errand)

    service = EngineService(side.scratch, look_up)
    answer_errand = answerer(service.answer_errand)
    side.serve(answerer(service.answer))
