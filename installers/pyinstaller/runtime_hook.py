"""Runs in the packed program before anything else.

PyInstaller's starter puts its own folder into LD_LIBRARY_PATH, for itself; programs that we start (a browser, a file
manager, scanimage) would then load our libraries in place of theirs. What was there before is put back. ONNX Runtime's
telemetry is switched off in every process, whoever loads it.
"""

import os

for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    before = os.environ.pop(f"{name}_ORIG", None)
    if before:
        os.environ[name] = before
    else:
        os.environ.pop(name, None)
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
