"""Reads the metadata of an ONNX file without loading the model.

An ONNX file is one protocol buffer message, `ModelProto`; its field 14 (`metadata_props`) holds pairs
of strings. Everything else is skipped by its length. Format: protobuf.dev, "Encoding", and onnx.proto.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path

METADATA_FIELD = 14
Buffer = mmap.mmap | bytes


def read_metadata(model: Path | bytes) -> dict[str, str]:
    """The pairs of `metadata_props` of a file, or of what it holds.

    Raises ValueError if that is no ONNX model, OSError if the file cannot be read.
    """
    if isinstance(model, bytes):
        return _pairs(model)
    with model.open("rb") as file:
        if not model.stat().st_size:
            raise ValueError("not an ONNX file: empty")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _pairs(data)


def _pairs(data: Buffer) -> dict[str, str]:
    if not len(data):
        raise ValueError("not an ONNX file: empty")
    return dict(_pair(data[start:end]) for number, start, end in _fields(data) if number == METADATA_FIELD)


def _pair(entry: bytes) -> tuple[str, str]:
    parts = {number: entry[start:end].decode("utf-8") for number, start, end in _fields(entry)}
    return parts.get(1, ""), parts.get(2, "")


def _fields(data: Buffer) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each field of a message."""
    at, size = 0, len(data)
    while at < size:
        key, at = _varint(data, at)
        kind, start = key & 7, at
        if kind == 0:
            _, end = _varint(data, at)
        elif kind == 1:
            end = at + 8
        elif kind == 2:
            length, start = _varint(data, at)
            end = start + length
        elif kind == 5:
            end = at + 4
        else:
            raise ValueError("not an ONNX file: unknown wire type")
        if end > size:
            raise ValueError("not an ONNX file: a field ends behind the file")
        yield key >> 3, start, end
        at = end


def _varint(data: Buffer, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise ValueError("not an ONNX file: a number does not end")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
