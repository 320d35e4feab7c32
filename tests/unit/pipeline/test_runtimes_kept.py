"""What was found about the runtimes: kept in a file, believed only for its machine and its versions."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import msgspec
import pytest

from paddlescan.document import Backend, EngineOptions, ModelTrial, PageRef, PageResult, Receipt, Runtimes, SourceFile
from paddlescan.document.codec import BadData, encode
from paddlescan.pipeline import runtimes_kept
from paddlescan.pipeline.messages import Scanned
from paddlescan.pipeline.runtimes_kept import keep_runtimes, kept_runtimes, with_kept
from paddlescan.pipeline.wire import answer_from

ONNX, OPENVINO, SHORT = Backend("onnxruntime"), Backend("openvino"), Backend("openvino", "bfloat16")
FOUND = Runtimes(
    ModelTrial(SHORT, ((ONNX, 350.0), (OPENVINO, 140.0), (SHORT, 70.0))),
    ModelTrial(ONNX, ((ONNX, 20.0), (OPENVINO, 22.0))),
)


def test_what_was_found_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "runtimes.json"
    assert kept_runtimes(file, 1) is None
    keep_runtimes(file, FOUND, 1)
    assert kept_runtimes(file, 1) == FOUND
    assert with_kept(EngineOptions(runtimes_file=str(file))).runtimes == FOUND


def test_what_is_quickest_with_one_thread_says_nothing_of_two(tmp_path: Path) -> None:
    file, other = tmp_path / "runtimes.json", Runtimes(FOUND.recogniser, FOUND.detector)
    keep_runtimes(file, FOUND, 1)
    assert kept_runtimes(file, 2) is None
    assert with_kept(EngineOptions(threads=2, runtimes_file=str(file))).runtimes is None
    keep_runtimes(file, other, 2)
    keep_runtimes(file, FOUND, 1)
    assert kept_runtimes(file, 1) == FOUND
    assert with_kept(EngineOptions(threads=2, runtimes_file=str(file))).runtimes == other


def test_what_was_found_with_other_versions_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "runtimes.json"
    keep_runtimes(file, FOUND, 1)
    with monkeypatch.context() as other:
        other.setattr(runtimes_kept, "_versions", lambda: iter(("another",)))
        keep_runtimes(file, FOUND, 2)
    assert kept_runtimes(file, 1) is None


@pytest.mark.parametrize("package", ["onnxruntime", "onnxruntime-gpu", "openvino"])
def test_a_newer_package_is_noticed_whichever_brings_the_runtime(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    here = {package: "1.32.0"}

    def version(name: str) -> str:
        if name not in here:
            raise metadata.PackageNotFoundError(name)
        return here[name]

    monkeypatch.setattr(metadata, "version", version)
    file = tmp_path / "runtimes.json"
    keep_runtimes(file, FOUND, 1)
    assert kept_runtimes(file, 1) == FOUND
    here[package] = "1.33.0"
    assert kept_runtimes(file, 1) is None


@pytest.mark.parametrize("part", ["_processor", "_versions"])
def test_on_another_machine_or_with_other_versions_it_is_found_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    file = tmp_path / "runtimes.json"
    keep_runtimes(file, FOUND, 1)
    monkeypatch.setattr(runtimes_kept, part, lambda: iter(("another",)))
    assert kept_runtimes(file, 1) is None


def test_the_processor_is_told_by_what_it_is_not_by_how_fast_it_runs_just_now() -> None:
    first, again = tuple(runtimes_kept._processor()), tuple(runtimes_kept._processor())
    assert first == again
    assert not any("MHz" in part for part in first)


def test_with_another_backend_to_try_it_is_found_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "runtimes.json"
    keep_runtimes(file, FOUND, 1)
    monkeypatch.setattr(runtimes_kept, "BACKENDS", (ONNX, OPENVINO))
    assert kept_runtimes(file, 1) is None


@pytest.mark.parametrize("data", [b"", b"{", b'{"key": 5}', b"\xff" * 100_000])
def test_a_damaged_file_is_none(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "runtimes.json"
    file.write_bytes(data)
    assert kept_runtimes(file, 1) is None
    keep_runtimes(file, FOUND, 1)
    assert kept_runtimes(file, 1) == FOUND


def test_where_it_cannot_be_kept_nothing_happens(tmp_path: Path) -> None:
    keep_runtimes(tmp_path / "nowhere" / "runtimes.json", FOUND, 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [EngineOptions(), EngineOptions(engine="onnxruntime", runtimes_file="x")])
def test_who_does_not_ask_is_told_nothing(options: EngineOptions) -> None:
    assert with_kept(options) is options


def test_an_engine_can_say_no_more_than_there_is_to_say() -> None:
    page = PageResult(PageRef(SourceFile.at("a.jpg")), receipts=(Receipt(),))
    right = msgspec.json.encode(Scanned(page, FOUND))
    assert answer_from(right) == Scanned(page, FOUND)
    for wrong in (right.replace(b'"openvino"', b'"anything"'), right.replace(b"140.0", b"1e300")):
        with pytest.raises(BadData):
            answer_from(wrong)
    assert FOUND.detector is not None
    one = msgspec.json.encode(FOUND.detector.milliseconds[1])
    many = encode(FOUND.detector).replace(one, b",".join([one] * 50))
    assert many != encode(FOUND.detector)
    with pytest.raises(BadData):
        answer_from(right.replace(encode(FOUND.detector), many))


def test_no_more_is_kept_than_is_read(tmp_path: Path) -> None:
    file = tmp_path / "runtimes.json"
    for threads in range(1, 200):
        keep_runtimes(file, FOUND, threads)
    assert file.stat().st_size < 1 << 14
    assert kept_runtimes(file, 199) == kept_runtimes(file, 192) == FOUND
    assert kept_runtimes(file, 191) is None
