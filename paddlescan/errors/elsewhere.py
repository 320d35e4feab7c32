"""What may befall pages that are read elsewhere or lie there: a cluster is lost, storage does not give them."""

from __future__ import annotations

from paddlescan.errors.base import PaddleScanError


class ClusterLost(PaddleScanError):
    code = "cluster_lost"
    message_template = "The connection to the cluster was lost."
    remedy_template = "What was read is kept. Go on when the scheduler is there again, or without a cluster: --resume"


class StorageMissing(PaddleScanError):
    code = "storage_missing"
    message_template = "To read {file}, a package is missing: {detail}."
    remedy_template = "Install it here and on every worker; docs/cluster.md names the one for each kind of address."


class StorageAddress(PaddleScanError):
    code = "storage_address"
    message_template = "{file} is no address of shared storage that can be read, or a password stands in it."
    remedy_template = (
        "Give it like s3://bucket/folder or smb://server/share/folder; how to give passwords, docs/cluster.md says."
    )


class ElsewhereStored(PaddleScanError):
    code = "elsewhere_stored"
    message_template = "{file} lies in shared storage, which only the workers of a cluster read."
    remedy_template = "Read it by: paddlescan scan --cluster ADDRESS; or copy the files to this computer."


class StorageFails(PaddleScanError):
    code = "storage_fails"
    message_template = "{file} could not be fetched from shared storage: {detail}."
    remedy_template = (
        "See whether the storage can be reached from that machine; --resume, with --overwrite, reads again what failed."
    )


class StorageRefuses(PaddleScanError):
    code = "storage_refuses"
    message_template = "Shared storage does not let {file} be read: {detail}."
    remedy_template = (
        "See whether the right user and password, or key, are set on that machine (docs/cluster.md says how), and"
        " whether they may read it; --resume, with --overwrite, reads again what failed."
    )


class StorageFolder(PaddleScanError):
    code = "storage_folder"
    message_template = "The folder {file} in shared storage could not be looked into: {detail}."
    remedy_template = "If receipts lie there, get the right to read it, then scan it by its own address."


AWAY_CODES: frozenset[str] = frozenset({StorageMissing.code, StorageFails.code, StorageRefuses.code})
"""Of pages that may be read another time, when the storage gives their files."""
