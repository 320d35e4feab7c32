from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from paddlescan.cli import run
from paddlescan.cli.prepare import _Preparer
from paddlescan.document import PageRef, ScanOptions, SourceFile, SourceInfo
from paddlescan.paths import user_paths
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.runtimes_kept import kept_runtimes
from paddlescan.pipeline.supervisor import ChildLimits
from paddlescan.resources_dir import resource
from paddlescan.settings import Settings, threads_for
from tests.fakes.commands import faulty, there
from tests.unit.imaging.drawing import make_pdf


@pytest.mark.parametrize(
    ("mode", "code", "starts"),
    [
        ("crash", "page_stops_engine", 2),
        ("oom_killed", "out_of_memory", 2),
        ("hang", "page_timed_out", 1),
        ("start_crash", "engine_stops", 2),
    ],
)
def test_a_lost_process_is_tried_again_and_called_by_its_name(
    tmp_path: Path, mode: str, code: str, starts: int
) -> None:
    limits = ChildLimits(start_s=30.0, request_s=0.5 if mode == "hang" else 30.0)
    process = EngineProcess(None, limits, scratch_root=tmp_path, command=faulty(mode))
    preparer = _Preparer(process, tmp_path, ScanOptions(), overwrite=False)
    source = there("a.png")
    (looked_at,) = preparer.file(source)
    tried = process.starts
    prepared = preparer.page(PageRef(source), SourceInfo("png", 1, "aa" * 32))
    process.stop()
    assert looked_at.error is not None
    assert prepared.error is not None
    assert [looked_at.error.code, prepared.error.code] == [code, code]
    assert (tried, process.starts) == (starts, 2 * starts)


@pytest.mark.parametrize(("given", "outcome"), [("密码 x", None), ("no", "wrong_password"), ("", "password_needed")])
def test_the_password_of_the_environment_opens_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, outcome: str | None
) -> None:
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(make_pdf([""] * 3, password="密码 x", owner="boss").getvalue())
    monkeypatch.setenv("PADDLESCAN_PASSWORD", given)
    process = EngineProcess(scratch_root=tmp_path)
    results = _Preparer(process, tmp_path, ScanOptions(), overwrite=False).file(SourceFile.at(locked))
    process.stop()
    if outcome is None:
        assert [(result.page.number, result.page_count, result.error) for result in results] == [
            (n, 3, None) for n in (1, 2, 3)
        ]
        assert sorted(p.name for p in tmp_path.glob("*.png")) == ["locked-1.png", "locked-2.png", "locked-3.png"]
    else:
        assert [result.error.code for result in results if result.error] == [outcome]


def test_a_locked_file_is_asked_about_once_for_all_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PADDLESCAN_PASSWORD", raising=False)
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(make_pdf(["", ""], password="密码 x", owner="boss").getvalue())
    asked: list[str] = []

    def answer(name: str) -> str:
        asked.append(name)
        return "密码 x"

    process = EngineProcess(scratch_root=tmp_path)
    results = _Preparer(process, tmp_path, ScanOptions(), overwrite=False, ask=answer).file(SourceFile.at(locked))
    process.stop()
    assert asked == ["locked.pdf"]
    assert [result.error for result in results] == [None, None]


def test_no_picture_and_no_json_takes_the_place_of_an_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A scanner numbers its files as pictures are numbered here; a link leads to an original as well."""
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path / "home"))
    scans, out = tmp_path / "scans", tmp_path / "out"
    scans.mkdir()
    out.mkdir()
    for number, name in enumerate(("a.png", "a-1.png", "b.png")):
        Image.new("RGB", (300, 400), (200 + number, 255, 255)).save(scans / name)
    (out / "b-1.png").symlink_to(scans / "b.png")
    before = {file.name: file.read_bytes() for file in scans.iterdir()}
    assert run(["prepare", str(scans), str(out), "--json", str(scans / "b.png"), "--overwrite"]) == 2
    assert run(["prepare", str(scans), str(scans), "--overwrite"]) == 1
    assert run(["prepare", str(scans / "b.png"), str(out), "--overwrite"]) == 1
    assert capsys.readouterr().err.count("it is one of the originals, which are never changed") == 3
    assert {name: (scans / name).read_bytes() for name in before} == before
    assert sorted({file.name for file in scans.iterdir()} - set(before)) == ["a-1-1.png", "b-1.png"]


@pytest.mark.slow
def test_what_runs_the_detector_is_found_out_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openvino")
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path / "home"))
    scans = tmp_path / "scans"
    scans.mkdir()
    for number in range(10):
        shutil.copy(resource("samples", "cafe.jpg"), scans / f"{number}.jpg")
    assert run(["prepare", str(scans), str(tmp_path / "out")]) == 0
    found = kept_runtimes(user_paths().runtimes, threads_for(Settings().worker_count()))
    assert found is not None
    assert found.detector is not None
