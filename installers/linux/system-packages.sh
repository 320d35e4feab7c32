#!/bin/sh
# See that the system has what a wheel cannot bring: Python's venv module, the libraries of Qt, a Chinese font.
# Root gets them installed; anybody else is shown the one line to run.   system-packages.sh run|test
set -eu
purpose=${1:-run}
command -v apt-get >/dev/null 2>&1 || exit 0  # another kind of Linux: Qt says by itself what it misses

missing=
need() { missing="$missing $1"; }
libraries=$( (ldconfig -p || /sbin/ldconfig -p) 2>/dev/null || true)
library() {  # NAME PACKAGE
  case $libraries in *"$1"*) ;; *) need "$2" ;; esac
}

found=
for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
  if "$name" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then
    found=yes
    break
  fi
done
[ -n "$found" ] || need "python3 python3-venv"

library libEGL.so.1 libegl1
library libGL.so.1 libgl1
library libglib-2.0.so.0 libglib2.0-0
library libfontconfig.so.1 libfontconfig1
library libdbus-1.so.3 libdbus-1-3
library libxkbcommon.so.0 libxkbcommon0
library libxkbcommon-x11.so.0 libxkbcommon-x11-0
library libxcb-cursor.so.0 libxcb-cursor0
library libxcb-icccm.so.4 libxcb-icccm4
library libxcb-image.so.0 libxcb-image0
library libxcb-keysyms.so.1 libxcb-keysyms1
library libxcb-randr.so.0 libxcb-randr0
library libxcb-render-util.so.0 libxcb-render-util0
library libxcb-shape.so.0 libxcb-shape0
library libxcb-xkb.so.1 libxcb-xkb1
if [ -z "$(find /usr/share/fonts "${HOME:-/}/.fonts" "${HOME:-/}/.local/share/fonts" \
    \( -iname '*cjk*' -o -iname 'wqy*' -o -iname '*HanSans*' -o -iname '*uming*' \) 2>/dev/null | head -n 1)" ]; then
  need fonts-noto-cjk
fi
if [ "$purpose" = test ]; then
  for pair in Xvfb:xvfb xauth:xauth xdotool:xdotool openbox:openbox strace:strace; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || need "${pair##*:}"
  done
fi

[ -n "$missing" ] || exit 0
if [ "$(id -u)" -eq 0 ]; then
  echo "Installing system packages:$missing" >&2
  apt-get update -qq >&2
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
else
  echo "PaddleScan needs some system packages. Please run this line, then try again:" >&2
  echo "  sudo apt-get install --no-install-recommends$missing" >&2
  exit 1
fi
