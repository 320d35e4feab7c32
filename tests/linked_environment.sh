#!/bin/sh
# linked_environment.sh FOLDER: a virtual environment with all that the tests want, to which something is added that is no
# part of it. Where the tests' own is there, hard links to it save a download, a minute and a gigabyte; pip unlinks what it
# replaces and writes into no file, so that what is installed into the new one stays there.
set -eu
cd "$(dirname "$0")/.."
folder=$1
mkdir -p build
if [ ! -e "$folder" ] && [ -f .venv/.installed-requirements-dev.lock ]; then
  rm -rf "$folder.part" && mkdir "$folder.part" && cp -al .venv/. "$folder.part" && mv "$folder.part" "$folder"
fi
sh installers/linux/environment.sh "$folder" requirements-dev.lock
