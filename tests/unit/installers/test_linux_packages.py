"""The .deb and the portable archive around a payload of a few files: what is in them, always the same bytes."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import _pi_heif
import msgspec._core
import pytest
from PySide6.QtWidgets import QApplication

from installers.linux import deb, portable
from installers.linux.dependencies import dependencies
from paddlescan import __version__

pytestmark = pytest.mark.skipif(
    any(shutil.which(name) is None for name in ("dpkg-deb", "tar", "zstd", "objdump")),
    reason="needs dpkg-deb, tar, zstd and objdump",
)


@pytest.fixture
def payload(tmp_path: Path, qapp: QApplication) -> Path:
    folder = tmp_path / "payload"
    (folder / "_internal").mkdir(parents=True)
    (folder / "licences").mkdir()
    shutil.copy(str(shutil.which("true")), folder / "paddlescan")
    shutil.copy(str(msgspec._core.__file__), folder / "_internal" / "lib.so.1")
    (folder / "_internal" / "lib.so.1").chmod(0o775)
    (folder / "_internal" / "lib.so").symlink_to("lib.so.1")
    (folder / "NOTICE").write_text("a notice")
    (folder / "licences" / "a.txt").write_text("LICENCE OF A", encoding="utf-8")
    return folder


def said(*command: str | Path) -> str:
    return subprocess.run([*map(str, command)], check=True, capture_output=True, text=True).stdout


def built_twice(build: Callable[[Path, Path], Path], payload: Path, folder: Path) -> Path:
    """Build in two places, the second time with other times and another umask; both are the same."""
    first = build(payload, folder / "first")
    before = first.stat()
    assert build(payload, folder / "first").stat().st_ino == before.st_ino, "not built again"
    for path in payload.rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    mask = os.umask(0o077)
    try:
        second = build(payload, folder / "second")
    finally:
        os.umask(mask)
    assert first.read_bytes() == second.read_bytes()
    (payload / "NOTICE").write_text("another notice")
    build(payload, folder / "second")
    assert first.read_bytes() != second.read_bytes(), "other content, another package"
    return first


def test_the_deb(payload: Path, tmp_path: Path) -> None:
    package = built_twice(deb.build, payload, tmp_path)
    assert package.name.startswith(f"paddlescan_{__version__}_")
    assert said("dpkg-deb", "--field", package, "Version").strip() == __version__
    assert said("dpkg-deb", "--field", package, "Depends").startswith("libc6 (>= 2.")
    root = tmp_path / "root"
    said("dpkg-deb", "--raw-extract", package, root)
    assert not {"postinst", "prerm", "postrm"} & {file.name for file in (root / "DEBIAN").iterdir()}
    assert (root / "usr/bin/paddlescan").resolve() == root / "usr/lib/paddlescan/paddlescan"
    modes = {path.relative_to(root): stat.S_IMODE(path.lstat().st_mode) for path in root.rglob("*")}
    library = Path("usr/lib/paddlescan/_internal/lib.so.1")
    assert modes[library] == 0o644
    assert modes[Path("usr/lib/paddlescan/paddlescan")] == modes[library.parent] == 0o755
    assert (root / library.with_name("lib.so")).readlink() == Path("lib.so.1")
    papers = (root / "usr/share/doc/paddlescan/copyright").read_text(encoding="utf-8")
    assert "a notice" in papers
    assert "LICENCE OF A" in papers
    assert said("sh", "-c", f"cd '{root}' && md5sum --quiet -c DEBIAN/md5sums") == ""
    listed = {line.split("  ", 1)[1] for line in (root / "DEBIAN/md5sums").read_text().splitlines()}
    there = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and not path.is_symlink()}
    assert listed == {name for name in there if not name.startswith("DEBIAN/")}
    shared = root / "usr/share"
    for wanted in ("applications", "icons/hicolor/48x48/apps", "metainfo", "mime/packages", "man/man1"):
        assert list((shared / wanted).iterdir()), wanted
    assert (shared / "zsh/vendor-completions/_paddlescan").is_file(), "where Debian's zsh looks"


def test_a_library_that_no_package_is_known_for_ends_the_build(payload: Path) -> None:
    alone = Path(str(_pi_heif.__file__))  # its libheif lies elsewhere, under a name of its own
    shutil.copy(alone, payload / "_internal")
    with pytest.raises(SystemExit, match="libheif-"):
        dependencies(payload)


def test_the_portable_archive(payload: Path, tmp_path: Path) -> None:
    archive = built_twice(portable.build, payload, tmp_path)
    folder = tmp_path / "unpacked"
    folder.mkdir()
    said("tar", "-I", "zstd", "-xf", archive, "-C", folder)
    (root,) = folder.iterdir()
    assert root.name == archive.name.removesuffix(".tar.zst")
    assert os.access(root / "paddlescan", os.X_OK)
    assert "menu install" in (root / "README.txt").read_text(encoding="utf-8")
    assert "menu install" in (root / "使用说明.txt").read_text(encoding="utf-8")
    assert (root / "share/applications/org.paddlescan.PaddleScan.desktop").is_file()
