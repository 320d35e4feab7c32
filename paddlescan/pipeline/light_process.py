"""The light process: decodes, prepares and draws pages for the window, without models.

Started by `spawning.child_command("light")`; see engine_process for the order of imports.
"""

from __future__ import annotations

from paddlescan.pipeline import child


def main(arguments: list[str]) -> None:
    """Serve one supervisor. arguments: scratch folder, pipe."""
    side = child.begin(arguments)
    from paddlescan.ocr.environment import quiet_environment

    child.set_environment(quiet_environment(side.scratch))
    from paddlescan.pipeline.light_service import LightService
    from paddlescan.pipeline.service import answerer

    side.serve(answerer(LightService(side.scratch, side.jail).answer))
