"""How a machine sees a file: whether it can read it, and how large it is there."""

from __future__ import annotations

import os

from paddlescan.document import SourceFile
from paddlescan.imaging.files import kind_of, open_source
from paddlescan.pipeline.cluster import storage


def look_at(source: SourceFile) -> int | None:
    """Read its first byte. Returns its size in bytes; None where its storage does not say.

    Raises PaddleScanError kinds about the file.
    """
    if storage.is_url(source.path):
        return storage.touch(source)
    try:
        with open_source(source) as file:
            file.read(1)
            return os.fstat(file.fileno()).st_size
    except OSError as error:
        raise kind_of(error)(file=source.name) from error
