"""What lies at the paths that a command names, looked up once: shared storage may take minutes to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paddlescan.document import SourceFile
from paddlescan.errors import FileVanished, NothingToScan, PathMissing
from paddlescan.pipeline.cluster.storage import is_url, walk_storage
from paddlescan.pipeline.intake import IntakeProblem, walk


class Listing:
    """Files and problems in the order of the paths, of this computer and of shared storage; looked up when first asked
    for, which raises what `walk_storage` raises."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self._found: list[list[SourceFile | IntakeProblem]] | None = None

    def __iter__(self) -> Iterator[SourceFile | IntakeProblem]:
        for found in self._by_path():
            yield from found

    def firsts(self) -> list[SourceFile]:
        """The first file of each path that has one."""
        files = (next((one for one in found if isinstance(one, SourceFile)), None) for found in self._by_path())
        return [one for one in files if one is not None]

    def refuse_nothing(self) -> None:
        """See that there is a file at any of the paths. Raises PathMissing, NothingToScan, or what is wrong with the
        first of them."""
        found = list(self)
        if any(isinstance(one, SourceFile) for one in found):
            return
        failures = [one.failure for one in found if isinstance(one, IntakeProblem)]
        if all(failure.code == FileVanished.code for failure in failures):
            raise (PathMissing if failures else NothingToScan)(file=", ".join(self._paths))
        raise next(failure for failure in failures if failure.code != FileVanished.code).error()

    def forget(self) -> None:
        """It is in the store by now: a hundred thousand files need not stay in memory. Asked again, it looks again."""
        self._found = None

    def _by_path(self) -> list[list[SourceFile | IntakeProblem]]:
        if self._found is None:
            self._found = [list(walk_storage(path) if is_url(path) else walk((path,))) for path in self._paths]
        return self._found
