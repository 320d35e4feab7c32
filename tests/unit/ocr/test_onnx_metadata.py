from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paddlescan.ocr.models import find_models
from paddlescan.ocr.onnx_metadata import read_metadata


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def field(number: int, content: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(content)) + content


def model(pairs: dict[str, str]) -> bytes:
    """An ONNX file of version, producer, an opaque graph and the pairs."""
    metadata = [field(14, field(1, k.encode()) + field(2, v.encode())) for k, v in pairs.items()]
    return b"\x08\x08" + field(2, b"nobody") + field(7, bytes(300)) + b"".join(metadata)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.dictionaries(st.text(), st.text()))
def test_pairs_come_back(tmp_path: Path, pairs: dict[str, str]) -> None:
    path = tmp_path / "a.onnx"
    path.write_bytes(model(pairs))
    assert read_metadata(path) == pairs


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_anything_else_is_a_value_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.onnx"
    path.write_bytes(data)
    try:
        read_metadata(path)
    except ValueError:  # UnicodeDecodeError is one
        return


@pytest.mark.parametrize("cut", [1, 3, 100])
def test_a_truncated_file_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.onnx"
    path.write_bytes(model({"character": "abc"})[:-cut])
    with pytest.raises(ValueError, match="not an ONNX file"):
        read_metadata(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.onnx"
    path.touch()
    with pytest.raises(ValueError, match="empty"):
        read_metadata(path)


def test_it_reads_what_onnx_runtime_reads() -> None:
    import onnxruntime

    path = find_models().recogniser
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    assert read_metadata(path) == session.get_modelmeta().custom_metadata_map
