"""Which addresses of a scheduler are taken."""

from __future__ import annotations

import pytest

from paddlescan.errors import ClusterAddress, ClusterInsecure
from paddlescan.pipeline.cluster.address import check_address, is_encrypted


@pytest.mark.parametrize(
    "address",
    [
        *("", "host", "host:8786", "tcp://", "tcp://host", "tcp://host:port", "tcp://host:8786/x", "tcp://:8786"),
        *("http://host:8786", "ucx://host:1", "inproc://1/2/3", "tcp://me@host:1", "tls://host:99999999"),
        *("tcp://[::1:8786", "tls://10.0.0.5]:8786"),
    ],
)
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(ClusterAddress):
        check_address(address, insecure=True)


def test_unencrypted_must_be_wanted() -> None:
    with pytest.raises(ClusterInsecure, match="--insecure-cluster"):
        check_address("tcp://127.0.0.1:8786", insecure=False)
    assert check_address("tcp://127.0.0.1:8786", insecure=True) == "tcp://127.0.0.1:8786"


def test_encrypted_needs_no_word() -> None:
    assert check_address(" tls://[::1]:8786/ ", insecure=False) == "tls://[::1]:8786"
    assert is_encrypted("tls://[::1]:8786")
    assert not is_encrypted("tcp://[::1]:8786")
