"""`scan --cluster URL`: the connection, what is checked before it is used, and what is said of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from paddlescan.cli.listing import Listing
from paddlescan.cli.terminal import Terminal
from paddlescan.document import EngineOptions
from paddlescan.errors import ElsewhereStored, OriginalsElsewhere
from paddlescan.pipeline.cluster.address import check_address, check_extra, is_encrypted
from paddlescan.pipeline.cluster.checks import Ready, make_ready
from paddlescan.pipeline.cluster.own_words import own_words
from paddlescan.pipeline.cluster.storage import is_url
from paddlescan.pipeline.cluster.talk import Begin

_WANT_ORIGINALS = ("beside", "pdf", "rename")
"""Exports that lie beside the files, or hold them."""


def check_cluster(options: argparse.Namespace) -> None:
    """See what can be seen without a connection. Raises ElsewhereStored, OriginalsElsewhere, ClusterAddress,
    ClusterInsecure, ClusterMissing."""
    elsewhere = next((path for path in options.paths if is_url(path)), None)
    if elsewhere is not None:
        if not options.cluster:
            raise ElsewhereStored(file=elsewhere)
        for name in _WANT_ORIGINALS:
            if getattr(options, name):
                raise OriginalsElsewhere(detail=f"--{name}", file=elsewhere)
    if options.cluster:
        check_address(options.cluster, options.insecure_cluster)
        check_extra()


@contextmanager
def joined(
    options: argparse.Namespace, engine: EngineOptions, terminal: Terminal, listing: Listing
) -> Iterator[Ready | None]:
    """The cluster that is asked for, ready to read what is listed; None where none is. Raises what `checks`,
    `connecting` and `Listing` raise."""
    if not options.cluster:
        yield None
        return
    from paddlescan.pipeline.cluster.connecting import Cluster

    address = check_address(options.cluster, options.insecure_cluster)
    landmarks = listing.firsts()
    if not options.resume and all(map(is_url, options.paths)):
        listing.refuse_nothing()
    words = own_words(engine.patterns_dir)
    # Folders of this computer mean nothing there; nor does what was found of its runtimes.
    theirs = replace(engine, threads=1, patterns_dir=None, gpu_dir=None, runtimes=None, runtimes_file=None, workers=1)
    cluster = Cluster(address)
    try:
        ready = make_ready(cluster, Begin(theirs, words), landmarks)
        said = "cluster_encrypted" if is_encrypted(address) else "cluster_open"
        terminal.complain(terminal.sentence(said, cluster=address, workers=len(ready.engines)))
        yield ready
    finally:
        cluster.close()
