#!/bin/sh
# Install the .deb with apt into a Debian with nothing else, and use it there as a clerk would: doctor, a scan, the
# window with a drop and an export. Then remove it, and see that nothing is left. Wants what `make deb` left in dist/.
set -eu
cd "$(dirname "$0")/../.."
[ -x .venv/bin/python ] || sh installers/linux/environment.sh .venv requirements-dev.lock
exec .venv/bin/python -m tests.packages.deb_trial "$@"
