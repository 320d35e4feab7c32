"""What only buckets have: names of any letters, keys that may read a part, and no key at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from paddlescan.document import Limits, SourceFile
from paddlescan.errors import StorageRefuses
from paddlescan.pipeline.cluster.shelf import Shelf
from paddlescan.pipeline.cluster.storage import touch, walk_storage
from tests.storage.servers import Bucket

NAMES = ("a?b.jpg", "c::d.jpg", "c:://e.jpg", "sub//deep.jpg", " x .jpg", "st*r.jpg")


def test_names_that_no_disk_would_take_are_found_and_fetched(served_bucket: Bucket, knows: Callable[..., None]) -> None:
    knows(served_bucket)
    for name in NAMES:
        served_bucket.put(f"odd/{name}", name.encode())
    found = [one for one in walk_storage("s3://receipts/odd/") if isinstance(one, SourceFile)]
    assert {one.path for one in found} == {f"s3://receipts/odd/{name}" for name in NAMES}
    assert {one.name for one in found} == {f"odd/{name}" for name in NAMES}
    shelf = Shelf()
    for one in found:
        with shelf.at_hand(one, Limits()) as here:
            assert Path(here.path).read_bytes() == one.path.removeprefix("s3://receipts/odd/").encode()
    shelf.clear()


def test_what_a_key_may_not_read_is_told_and_the_rest_is_read(
    served_bucket: Bucket, knows: Callable[..., None]
) -> None:
    served_bucket.put("mine/1.jpg", b"x")
    served_bucket.put("theirs/1.jpg", b"x")
    key = served_bucket.reader("mine")
    with served_bucket.keys_are_checked():
        knows(served_bucket, **key)
        assert [one.name for one in walk_storage("s3://receipts/mine/")] == ["mine/1.jpg"]
        assert touch(SourceFile(b"s3://receipts/mine/1.jpg", "1.jpg")) == 1
        with pytest.raises(StorageRefuses):
            touch(SourceFile(b"s3://receipts/theirs/1.jpg", "1.jpg"))


def test_no_key_at_all_is_told(
    served_bucket: Bucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, knows: Callable[..., None]
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    knows(served_bucket, key="", secret="")  # as if they were not set
    with pytest.raises(StorageRefuses) as told:
        list(walk_storage("s3://receipts/"))
    assert told.value.parameters["detail"] == "NoCredentialsError"
