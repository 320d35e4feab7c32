#!/bin/sh
# Make the virtual environment of a checkout from a lock file, or do nothing if it is as the lock says.
#   environment.sh FOLDER LOCKFILE     called in the checkout's own folder
# PYTHON=... chooses the interpreter; otherwise the first of 3.11 to 3.13 that can make environments.
# An environment that somebody made by hand and that works is filled, never removed; only one that this script made
# itself, and that has broken since, is made anew.
set -eu
folder=$1
lock=$2
bin=$folder/bin
if [ "${OS:-}" = Windows_NT ]; then bin=$folder/Scripts; fi

# What an environment was made for: this place (scripts in it name their folder), this lock, this project file.
mark() { pwd -P && cksum "$1" pyproject.toml; }
installed() { [ -f "$folder/.installed-$1" ] && [ "$(cat "$folder/.installed-$1")" = "$(mark "$1")" ]; }
# Broken: moved with its checkout, half made, or the system's Python is another one since.
alive() { [ -x "$bin/python" ] && "$bin/python" -c 'import pip' 2>/dev/null; }
ours() { [ -f "$folder/.made-in" ]; }
moved() { ours && [ "$(cat "$folder/.made-in")" != "$(pwd -P)" ]; }

if alive; then
  installed "$lock" && exit 0
  # The larger lock holds all of the smaller one, so a test environment also runs the program.
  if [ "$lock" = requirements.lock ] && installed requirements-dev.lock; then exit 0; fi
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

if ! alive || moved; then
  if [ -e "$folder" ] && ! ours; then
    echo "$folder is there, but is no working virtual environment, and was not made by PaddleScan." >&2
    echo "Please move it away, then try again." >&2
    exit 1
  fi
  rm -rf "$folder"
  mkdir -p "$folder"
  pwd -P >"$folder/.made-in"  # first of all, so that one that is half made is known as ours
  echo "Making the virtual environment in $folder with $("$python" --version)" >&2
  "$python" -m venv "$folder"
fi
echo "Installing the packages of $lock (a few minutes the first time)" >&2
rm -f "$folder"/.installed-*
# The lock holds all that its packages ask for, but OpenVINO's telemetry: so nothing else is asked for here.
"$bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r "$lock"
"$bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
"$bin/python" -m compileall -q paddlescan  # engine processes may not write there, and would compile at each start
mark "$lock" >"$folder/.installed-$lock"
