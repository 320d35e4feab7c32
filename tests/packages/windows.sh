#!/bin/sh
# Build the Windows installer with Debian's NSIS around programs that stand in for the packed ones, and run it under
# Wine: installed, upgraded, removed, for one user and for all; what it left in the registry and on the disk is looked
# at each time. Wine's files live in build/windows.
set -eu
cd "$(dirname "$0")/../.."
sh installers/linux/system-packages.sh windows
[ -x .venv/bin/python ] || sh installers/linux/environment.sh .venv requirements-dev.lock
exec .venv/bin/python -m tests.packages.windows.check "$@"
