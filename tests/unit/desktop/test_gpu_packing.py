from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from paddlescan.desktop import gpu_packing
from paddlescan.desktop.gpu_packing import fetch_command, make_package, remove_package, wheels_of
from paddlescan.errors import FolderUnwritable, GpuWheelsMissing, NoPermission, WheelDamaged
from paddlescan.ocr.gpu_package import Locked, fits, locked, note

PYTHON = f"cp{sys.version_info.major}{sys.version_info.minor}"
NOBODY = 65534
SYSTEM = "win_amd64" if sys.platform == "win32" else "manylinux_2_28_x86_64"
pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="no NVIDIA cards there")


def make_wheel(folder: Path, name: str, members: dict[str, str], tags: str = f"{PYTHON}-{PYTHON}-{SYSTEM}") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{name.replace('-', '_')}-1.0-{tags}.whl"
    with zipfile.ZipFile(file, "w") as packed:
        for member, text in members.items():
            packed.writestr(member, text)
    return file


def lock_of(*wheels: Path) -> tuple[Locked, ...]:
    digests = [frozenset({hashlib.sha256(wheel.read_bytes()).hexdigest()}) for wheel in wheels]
    names = [wheel.name.partition("-")[0].replace("_", "-") for wheel in wheels]
    return tuple(Locked(name, "1.0", digest) for name, digest in zip(names, digests, strict=True))


def test_wheels_become_a_package_that_fits_and_goes_without_a_trace(tmp_path: Path) -> None:
    runtime = make_wheel(tmp_path / "wheels", "onnxruntime-gpu", {"onnxruntime/__init__.py": "here = 1"})
    cuda = make_wheel(tmp_path / "wheels", "nvidia-cublas", {"nvidia/cu13/lib/a.so": "x"}, f"py3-none-{SYSTEM}")
    make_wheel(tmp_path / "wheels", "nvidia-cublas", {"nvidia/other": "x"}, "py3-none-macosx_11_0_arm64")
    place = tmp_path / "用户" / "gpu"
    size = make_package(tmp_path / "wheels", place, lock_of(runtime, cuda))
    assert (place / "onnxruntime/__init__.py").read_text() == "here = 1"
    assert (place / "nvidia/cu13/lib/a.so").exists() and not (place / "nvidia/other").exists()
    assert size > 9
    assert fits(place)
    make_package(tmp_path / "wheels", place, lock_of(cuda))  # another version in its place
    assert not (place / "onnxruntime").exists()
    assert remove_package(place)
    assert list(place.parent.iterdir()) == []
    assert not remove_package(place)


def test_a_wheel_that_was_changed_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    wheel = make_wheel(tmp_path / "wheels", "onnxruntime-gpu", {"onnxruntime/__init__.py": ""})
    lock = lock_of(wheel)
    make_wheel(tmp_path / "wheels", "onnxruntime-gpu", {"onnxruntime/__init__.py": "import os"})
    with pytest.raises(WheelDamaged):
        make_package(tmp_path / "wheels", tmp_path / "gpu", lock)
    assert [path.name for path in tmp_path.iterdir()] == ["wheels"]


def test_a_package_that_cannot_be_replaced_is_there_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = make_wheel(tmp_path / "wheels", "onnxruntime-gpu", {"onnxruntime/__init__.py": "old = 1"})
    place = tmp_path / "data" / "gpu"
    make_package(tmp_path / "wheels", place, lock_of(wheel))
    move_away = gpu_packing._move_away

    def and_somebody_tidies(package: Path, aside: Path) -> None:
        move_away(package, aside)
        shutil.rmtree(aside.with_name("package"))  # what was to take its place

    monkeypatch.setattr(gpu_packing, "_move_away", and_somebody_tidies)
    with pytest.raises(FolderUnwritable) as caught:
        make_package(tmp_path / "wheels", place, lock_of(wheel))
    assert str(place) in caught.value.message
    assert (place / "onnxruntime/__init__.py").read_text() == "old = 1"
    assert fits(place)
    assert [path.name for path in place.parent.iterdir()] == ["gpu"]


def test_a_wheel_that_is_no_file_or_no_whole_zip_is_told_by_its_name(tmp_path: Path) -> None:
    wheel = make_wheel(tmp_path / "wheels", "onnxruntime-gpu", {"onnxruntime/__init__.py": "x" * 1000})
    whole = wheel.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], whole.replace(b"xxx", b"xyz", 1)):
        wheel.write_bytes(damaged)
        with pytest.raises(WheelDamaged, match=re.escape(wheel.name)):
            make_package(tmp_path / "wheels", tmp_path / "gpu", lock_of(wheel))
    lock = lock_of(wheel)
    wheel.unlink()
    wheel.mkdir()
    with pytest.raises(WheelDamaged, match=re.escape(wheel.name)):
        make_package(tmp_path / "wheels", tmp_path / "gpu", lock)
    assert [path.name for path in tmp_path.iterdir()] == ["wheels"]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_wheel_that_may_not_be_read_is_told_by_its_name() -> None:
    with tempfile.TemporaryDirectory() as outer:  # not tmp_path: only root may enter that
        Path(outer).chmod(0o755)
        wheel = make_wheel(Path(outer, "wheels"), "onnxruntime-gpu", {"onnxruntime/__init__.py": ""})
        lock = lock_of(wheel)
        wheel.chmod(0)
        person = os.geteuid()
        os.seteuid(NOBODY if person == 0 else person)  # modes do not bind root
        try:
            with pytest.raises(NoPermission, match=re.escape(wheel.name)):
                make_package(wheel.parent, Path(outer, "gpu"), lock)
        finally:
            os.seteuid(person)


@pytest.mark.parametrize("member", ["../outside", "/tmp/outside", "a/../../outside"])
def test_a_wheel_does_not_write_outside_the_package(tmp_path: Path, member: str) -> None:
    wheel = make_wheel(tmp_path / "wheels", "onnxruntime-gpu", {member: "x"})
    with pytest.raises(WheelDamaged):
        make_package(tmp_path / "wheels", tmp_path / "gpu", lock_of(wheel))
    assert [path.name for path in tmp_path.iterdir()] == ["wheels"]


def test_wheels_that_are_missing_or_for_another_python_are_named(tmp_path: Path) -> None:
    make_wheel(tmp_path / "wheels", "onnxruntime-gpu", {"a": "x"}, f"cp39-cp39-{SYSTEM}")
    wanted = (Locked("onnxruntime-gpu", "1.0", frozenset()), Locked("nvidia-cublas", "2.0", frozenset()))
    with pytest.raises(GpuWheelsMissing) as caught:
        wheels_of(tmp_path / "wheels", wanted)
    assert "onnxruntime-gpu 1.0, nvidia-cublas 2.0" in caught.value.message


def test_a_folder_of_somebodys_is_not_replaced(tmp_path: Path) -> None:
    wheel = make_wheel(tmp_path / "wheels", "onnxruntime-gpu", {"onnxruntime/__init__.py": ""})
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "mine.txt").write_text("mine")
    with pytest.raises(FolderUnwritable):
        make_package(tmp_path / "wheels", tmp_path / "papers", lock_of(wheel))
    assert not remove_package(tmp_path / "papers")
    assert (tmp_path / "papers" / "mine.txt").read_text() == "mine"


def test_a_package_of_another_version_does_not_fit(tmp_path: Path) -> None:
    assert not fits(tmp_path)
    for told in ("no json", json.dumps(dict(note()) | {"python": "3.9"}), json.dumps([])):
        (tmp_path / "paddlescan-gpu.json").write_text(told)
        assert not fits(tmp_path)
    (tmp_path / "paddlescan-gpu.json").write_text(json.dumps(dict(note())))
    assert fits(tmp_path)


def test_the_lock_names_the_runtime_and_its_cuda_libraries_with_hashes() -> None:
    names = {one.name for one in locked()}
    assert {"onnxruntime-gpu", "nvidia-cublas", "nvidia-cudnn-cu13"} <= names
    assert names.isdisjoint({"numpy", "protobuf", "onnxruntime"}), "the program has its own"
    assert all(one.sha256 for one in locked())
    assert "--require-hashes" in fetch_command(Path("the lock"), "wheels")
