"""Runs in the packed program before anything else.

PyInstaller's starter puts its own folder into LD_LIBRARY_PATH, for itself; programs that we start (a browser, a file
manager, scanimage) would then load our libraries in place of theirs. What was there before is put back; our engine is
started without that, and keeps what it finds. ONNX Runtime's telemetry is switched off in every process.
"""

import os
import sys

for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    before = os.environ.pop(f"{name}_ORIG", None)
    if before is not None:
        os.environ[name] = before
    elif os.environ.get(name, "").split(os.pathsep)[0] == getattr(sys, "_MEIPASS", None):
        del os.environ[name]
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
