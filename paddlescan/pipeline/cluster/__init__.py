"""Pages read by the workers of a Dask cluster that somebody else runs; the store and the queue stay here.

`running` drives a batch, with the same workers (`PageWorker`) as on one machine, two for each worker of the cluster;
what is an engine process elsewhere is a `RemoteEngine` to them. What travels are JSON bytes (`talk`), to one named
function (`task.answer`) and back. On the other side `service` fetches the page's file and hands it to the one engine
process of that worker, which is supervised and jailed like any other.

Only `connecting` imports `distributed`, only `storage` imports `fsspec`, both when first used: neither is installed
with the program but with the extra `cluster`. This is the one room that sends receipts to other machines.
"""
