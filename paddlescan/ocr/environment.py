"""Keeps third-party programs quiet: no network, no telemetry, no files outside the scratch folder.

What each variable is for was found in the sources of paddlex 3.7 (it makes a cache folder when it is
imported and may ask model hosts whether they are there), modelscope, aistudio_sdk and huggingface_hub
(imported by paddlex whether used or not) and ONNX Runtime (from 1.31 on its telemetry starts a minute
after the first session, and only this variable stops it).
"""

from __future__ import annotations

import os
from pathlib import Path

HOME_VARIABLES = ("HOME", "USERPROFILE")
HIDDEN = "2"
"""All complaints of hwloc, which OpenVINO asks for the processor's cores: in a jail or a container it sees no /sys."""


def quiet_environment(scratch: Path, threads: int = 1) -> dict[str, str]:
    """Variables that an engine process sets before its first third-party import.

    scratch: an existing folder the process may write. threads: how many threads numeric libraries may
    start. HOME (USERPROFILE on Windows) points into scratch too, so this whole set is for a process of
    our own, not for one that others live in.
    """
    home = str(scratch)
    count = str(threads)
    return {
        "ORT_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
        "PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK": "True",
        "PADDLE_PDX_EAGER_INIT": "False",
        "PADDLE_PDX_CACHE_HOME": str(scratch / "paddlex"),
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HOME": str(scratch / "huggingface"),
        "TRANSFORMERS_OFFLINE": "1",
        "MODELSCOPE_CACHE": str(scratch / "modelscope"),
        "AISTUDIO_CACHE_HOME": str(scratch / "aistudio"),
        "XDG_CACHE_HOME": str(scratch / "cache"),
        "GLOG_minloglevel": "2",
        "HWLOC_HIDE_ERRORS": HIDDEN,
        "OMP_NUM_THREADS": count,
        "OPENBLAS_NUM_THREADS": count,
        "MKL_NUM_THREADS": count,
        **dict.fromkeys(HOME_VARIABLES, home),
    }


def quieten(scratch: Path, threads: int = 1) -> None:
    """Set what is not set yet, all but HOME: for whoever loads an engine in a process that others live in."""
    for name, value in quiet_environment(scratch, threads).items():
        if name not in HOME_VARIABLES:
            os.environ.setdefault(name, value)
