#!/bin/sh
# Scan from a real bucket (moto's server) and a real Windows share (Samba's), in a virtual environment of its own
# (build/storage): their packages are no part of PaddleScan. Every file is checked against the hash in requirements.lock
# beside this, which holds all that they need beside requirements-dev.lock.
set -eu
cd "$(dirname "$0")/../.."
# Where services are run, Samba's would be from its installation on: there it is left to you, and else no share is tried.
[ -d /run/systemd/system ] || sh installers/linux/system-packages.sh storage
folder=build/storage
sh tests/linked_environment.sh "$folder"
wanted=$(cksum tests/storage/requirements.lock)
if [ "$(cat "$folder/.installed-storage" 2>/dev/null)" != "$wanted" ]; then
  "$folder/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r tests/storage/requirements.lock
  echo "$wanted" >"$folder/.installed-storage"
fi
exec "$folder/bin/python" -m pytest -n 2 --dist loadfile --no-loadscope-reorder tests/storage "$@"
