"""The address of a cluster's scheduler, and whether receipts may travel to it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from paddlescan.errors import ClusterAddress, ClusterInsecure, ClusterMissing

_PACKAGES = ("distributed", "fsspec")


def check_address(address: str, insecure: bool) -> str:
    """The address as it is used. insecure: what travels unencrypted is wanted so.

    Raises ClusterAddress, ClusterInsecure.
    """
    try:
        parts = urlsplit(address.strip())
        good = parts.scheme in ("tcp", "tls") and bool(parts.hostname) and bool(parts.port)
    except ValueError:  # half a pair of brackets, a port that is no number
        raise ClusterAddress(file=address) from None
    if not good or parts.path.strip("/") or parts.username or parts.query or parts.fragment:
        raise ClusterAddress(file=address)
    clean = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme == "tcp" and not insecure:
        raise ClusterInsecure(file=clean)
    return clean


def is_encrypted(address: str) -> bool:
    """Whether what travels there can be read by its receiver only."""
    return address.startswith("tls://")


def extra() -> dict[str, str]:
    """The packages of the extra `cluster` that are installed here, with their versions. Imports none."""
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def check_extra() -> None:
    """Raises ClusterMissing where a package of the extra is not installed."""
    there = extra()
    lacking = [name for name in _PACKAGES if name not in there]
    if lacking:
        raise ClusterMissing(detail=", ".join(lacking))
