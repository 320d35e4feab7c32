"""The connection to a cluster. The only importer of `distributed`.

A call is bound to one worker, named by its address, and gives bytes for bytes; a result that is anything else is not
unpickled. (The error of a call that failed is, by Dask itself: a cluster must be trusted as far as Dask trusts it.)
Dask counts and repeats nothing of ours: who asks notices himself that a worker is gone.
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from paddlescan.errors import ClusterCertificates, ClusterLost, ClusterUnreachable
from paddlescan.pipeline.cluster.address import is_encrypted
from paddlescan.pipeline.cluster.task import answer

CONNECT_S = 15.0
_LOGS = ("distributed", "distributed.client", "distributed.core", "distributed.protocol.core")
"""Dask tells these what happens to a connection, and makes that standard error; a person is told by us."""
_SERIALIZERS = ["dask", "msgpack"]
"""Of what is sent and got as data: neither runs what it reads."""


class Cluster:
    """A connection to a scheduler. Any thread may call."""

    def __init__(self, address: str, connect_s: float = CONNECT_S) -> None:
        """address: one that `check_address` gave. Raises ClusterCertificates, ClusterUnreachable."""
        import dask
        from distributed import Client
        from distributed.security import Security

        for name in _LOGS:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self.address = address
        security = None
        if is_encrypted(address):
            security = Security(require_encryption=True)
            _check_certificates(security, address)
        settings = {"distributed.comm.timeouts.connect": f"{connect_s:.0f}s"}
        try:
            with dask.config.set(settings), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of versions that differ we tell ourselves
                self._client: Any = Client(
                    address,
                    timeout=connect_s,
                    security=security,
                    set_as_default=False,
                    name="paddlescan",
                    serializers=_SERIALIZERS,
                    deserializers=_SERIALIZERS,
                )
        except Exception as error:
            raise ClusterUnreachable(file=address) from error

    def close(self) -> None:
        """Let go of it. What is still being read there is not waited for."""
        with suppress(Exception):
            self._client.close(timeout=2)

    def workers(self) -> tuple[str, ...]:
        """The addresses of the workers that are there now. Raises ClusterLost."""
        try:
            return tuple(self._client.nthreads())
        except Exception as error:
            raise ClusterLost from error

    def versions(self) -> Mapping[str, Any]:
        """What is installed where: `scheduler`, and `workers` by address, each with `packages`. Raises ClusterLost."""
        try:
            told: Mapping[str, Any] = self._client.get_versions(packages=["paddlescan"])
        except Exception as error:
            raise ClusterLost from error
        return told

    def ask(self, worker: str, order: bytes) -> Future[object]:
        """The reply of a worker to an order. What is cancelled is not waited for, there or here; what the connection
        loses is cancelled."""
        return asyncio.run_coroutine_threadsafe(self._ask(worker, order), self._client.loop.asyncio_loop)

    async def _ask(self, worker: str, order: bytes) -> object:
        called = self._client.submit(
            answer,
            order,
            key=f"paddlescan-{uuid4().hex}",
            workers=[worker],
            allow_other_workers=False,
            retries=0,
            pure=False,
        )
        try:
            return await called
        finally:
            called.release()


def _check_certificates(security: Any, address: str) -> None:
    """Raises ClusterCertificates where one is not named, or cannot be read."""
    for name in ("tls_ca_file", "tls_client_cert", "tls_client_key"):
        value = getattr(security, name)
        if value is None:
            raise ClusterCertificates(file=address, detail=name.replace("_", "-"))
        try:
            if "-----BEGIN" not in value:
                Path(value).read_bytes()
        except OSError as error:
            raise ClusterCertificates(file=address, detail=f"{value}: {error.strerror}") from error
