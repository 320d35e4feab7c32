"""What can be wrong with a cluster that is to read the pages: told before any is sent."""

from __future__ import annotations

from paddlescan.errors.base import PaddleScanError


class ClusterMissing(PaddleScanError):
    code = "cluster_missing"
    message_template = "Reading on a cluster needs a package that is not installed here: {detail}."
    remedy_template = 'Run: pip install "paddlescan[cpu,cluster]" (the packed program cannot be extended so)'


class ClusterAddress(PaddleScanError):
    code = "cluster_address"
    message_template = "{file} is no address of a cluster's scheduler."
    remedy_template = "Give the address that the scheduler shows when it starts, like tls://10.0.0.5:8786."


class ClusterInsecure(PaddleScanError):
    code = "cluster_insecure"
    message_template = "On the way to {file} everybody could read the receipts and change what was read."
    remedy_template = (
        "Let the cluster use TLS, and give its tls:// address (docs/cluster.md says how). On a network where you trust"
        " everybody, add: --insecure-cluster"
    )


class ClusterCertificates(PaddleScanError):
    code = "cluster_certificates"
    message_template = "The certificates for {file} cannot be used: {detail}."
    remedy_template = "Name them in Dask's configuration, as docs/cluster.md says, and see that they can be read."


class ClusterUnreachable(PaddleScanError):
    code = "cluster_unreachable"
    message_template = "The cluster's scheduler at {file} does not answer."
    remedy_template = (
        "See whether it runs, whether this is its address, and whether a firewall is between. One of tcp:// does not"
        " answer to tls://, nor the reverse."
    )


class ClusterEmpty(PaddleScanError):
    code = "cluster_empty"
    message_template = "The cluster at {file} has no workers."
    remedy_template = (
        "Start some (dask worker {file} --no-nanny --nthreads 2), then begin again; what was read already is kept, and"
        " --resume goes on with it."
    )


class ClusterVersions(PaddleScanError):
    code = "cluster_versions"
    message_template = "Not everything in the cluster is of the same version: {detail}."
    remedy_template = "Install the same versions of Python, paddlescan and distributed on all machines."


class ClusterWithout(PaddleScanError):
    code = "cluster_without"
    message_template = "PaddleScan is not installed on a machine of the cluster: {detail}."
    remedy_template = 'Run there: pip install "paddlescan[cpu,cluster]"'


class ClusterSilent(PaddleScanError):
    code = "cluster_silent"
    message_template = "A worker of the cluster does not answer: {detail}."
    remedy_template = (
        "It may be busy with other work: wait until that is done, or take it out of the cluster, then begin again."
    )


class ClusterDaemons(PaddleScanError):
    code = "cluster_daemons"
    message_template = "A worker of the cluster runs as a daemon, which may not start other processes: {detail}."
    remedy_template = (
        "Start the workers with --no-nanny, or set distributed.worker.daemon to false where they are started"
        " (DASK_DISTRIBUTED__WORKER__DAEMON=false)."
    )


class ClusterEngine(PaddleScanError):
    code = "cluster_engine"
    message_template = "The reading engine does not start on a worker of the cluster: {detail}."
    remedy_template = "Run there, as who runs the worker: paddlescan doctor"


class ClusterBlind(PaddleScanError):
    code = "cluster_blind"
    message_template = "A worker of the cluster cannot read {file}: {detail}."
    remedy_template = (
        "Put the receipts where all workers read them under the same path (a network folder) or the same address"
        " (s3://, smb://), and let their accounts read there."
    )


class ClusterDiffers(PaddleScanError):
    code = "cluster_differs"
    message_template = "{file} is another file on a worker of the cluster than on this computer: {detail}."
    remedy_template = (
        "See that the folder is the same everywhere (mounted, not copied) and that nothing is being written there, then"
        " begin again."
    )


class OriginalsElsewhere(PaddleScanError):
    code = "originals_elsewhere"
    message_template = "{detail} needs the files on this computer, and {file} lies in shared storage."
    remedy_template = "Leave {detail} out, or copy the files to this computer."
