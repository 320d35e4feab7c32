#!/bin/sh
# Make the virtual environment of a checkout from a lock file, or do nothing if it is as the lock says.
#   environment.sh FOLDER LOCKFILE
# PYTHON=... chooses the interpreter; otherwise the first of 3.11 to 3.13 that can make environments.
set -eu
folder=$1
lock=$2
stamp=$folder/.installed-$(basename "$lock")

# The larger lock holds all of the smaller one, so a test environment also runs the program.
wanted=$(cksum "$lock" pyproject.toml)
if [ -x "$folder/bin/python" ]; then
  for other in "$stamp" "$folder/.installed-requirements-dev.lock"; do
    [ -f "$other" ] || continue
    case $other in
      *dev.lock) mark=$(cksum requirements-dev.lock pyproject.toml) ;;
      *) mark=$wanted ;;
    esac
    [ "$(cat "$other")" = "$mark" ] && exit 0
  done
fi

usable() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}
python=${PYTHON:-}
if [ -n "$python" ]; then
  usable "$python" || { echo "$python is no Python from 3.11 to 3.13 with the venv module." >&2; exit 1; }
else
  for name in python3 python3.13 python3.12 python3.11; do
    if usable "$name"; then python=$name; break; fi
  done
fi
if [ -z "$python" ]; then
  echo "PaddleScan needs Python 3.11, 3.12 or 3.13 with its venv module; none was found." >&2
  echo "On Debian or Ubuntu: sudo apt-get install python3-venv" >&2
  exit 1
fi

# A broken or foreign environment (another Python, a moved folder) is made anew.
if ! "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
  rm -rf "$folder"
  echo "Making the virtual environment in $folder with $("$python" --version)" >&2
  "$python" -m venv "$folder"
fi
echo "Installing the packages of $lock (a few minutes the first time)" >&2
"$folder/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
"$folder/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
printf '%s' "$wanted" >"$stamp"
