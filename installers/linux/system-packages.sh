#!/bin/sh
# See that the system has what a wheel cannot bring: Python's venv module, the libraries of Qt, a Chinese font.
# Root gets them installed; anybody else is shown the one line to run.
#   system-packages.sh run|test|package|lint|bench|chroot|windows|container|menus|storage
# what for: the program, its tests, its packages, the style of its scripts, its benchmarks, a bare Debian to try packages
# in, the Windows installer, the container image, right clicks in file managers, a Windows share
set -eu
purpose=${1:-run}
command -v apt-get >/dev/null 2>&1 || exit 0  # another kind of Linux: Qt says by itself what it misses

missing=
need() { missing="$missing $1"; }
program() { command -v "$1" >/dev/null 2>&1 || need "$2"; }  # NAME PACKAGE

libraries=$( (ldconfig -p || /sbin/ldconfig -p) 2>/dev/null || true)
library() {  # NAME PACKAGE
  case $libraries in *"$1"*) ;; *) need "$2" ;; esac
}

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
candidates="${PYTHON:-} python3 python3.13 python3.12 python3.11"
python_is_there() {
  for name in $candidates; do
    if "$name" -c "import venv, ensurepip; $fits" >/dev/null 2>&1; then return 0; fi
  done
  return 1
}
python_packages() {  # a Python that fits and lacks venv only; else what the package lists offer; else the usual name
  for name in $candidates; do
    if "$name" -c "$fits" >/dev/null 2>&1; then
      "$name" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
      return
    fi
  done
  for version in 3.13 3.12 3.11; do
    if apt-cache show "python$version-venv" >/dev/null 2>&1; then echo "python$version-venv"; return; fi
  done
  echo python3-venv
}

library libEGL.so.1 libegl1
library libGL.so.1 libgl1
library libglib-2.0.so.0 libglib2.0-0
library libfontconfig.so.1 libfontconfig1
library libgssapi_krb5.so.2 libgssapi-krb5-2
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
  program Xvfb xvfb
  program xauth xauth
  program xdotool xdotool
  program openbox openbox
  program strace strace
  program dbus-run-session dbus
  program dbus-daemon dbus
  program systemd-analyze systemd
  program dunst dunst
  program soffice libreoffice-calc
  program pdftotext poppler-utils
  program qpdf qpdf
  program cc gcc
  [ -e /usr/include/stdio.h ] || need libc6-dev
  program scanimage sane-utils
  program mount mount
  program desktop-file-validate desktop-file-utils
  program appstreamcli appstream
  program mandoc mandoc
  program flatpak-builder flatpak-builder
  program zsh zsh
  program zstd zstd
  program fish fish
  program setpriv util-linux
  program unshare util-linux
  program chattr e2fsprogs
fi
if [ "$purpose" = package ]; then
  program objdump binutils
  program zstd zstd
  # PyInstaller packs the interpreter as a library; Debian has it in a package of its own.
  for name in ${PYTHON:-} python3; do
    case $("$name" -c 'import sys; print(sys.base_prefix, "python%d.%d" % sys.version_info[:2])' 2>/dev/null) in
      "/usr "*) version=$("$name" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        library "libpython$version.so" "libpython$version"
        break ;;
      /*) break ;;
    esac
  done
fi
if [ "$purpose" = lint ]; then program shellcheck shellcheck; fi
if [ "$purpose" = bench ]; then program tesseract tesseract-ocr; fi  # brings English
if [ "$purpose" = chroot ]; then
  program debootstrap debootstrap
  [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || need debian-archive-keyring
  program flock util-linux
fi
if [ "$purpose" = storage ]; then [ -x /usr/sbin/smbd ] || need samba; fi
if [ "$purpose" = container ]; then program buildah buildah; fi
if [ "$purpose" = menus ]; then
  program Xvfb xvfb
  program xdotool xdotool
  program openbox openbox
  program scrot scrot
  program dbus-run-session dbus
  program nemo nemo
  program thunar thunar
  [ -e /usr/share/i18n/locales/zh_CN ] || need locales
  [ -x /usr/libexec/at-spi-bus-launcher ] || need at-spi2-core
  /usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null || { need python3-gi; need gir1.2-atspi-2.0; }
fi
if [ "$purpose" = windows ]; then
  program makensis nsis
  [ -x /usr/lib/wine/wine64 ] || need wine64
  program Xvfb xvfb
  program xdotool xdotool
fi

if [ -z "$missing" ] && python_is_there; then exit 0; fi
if [ "$(id -u)" -ne 0 ]; then
  python_is_there || need "$(python_packages)"
  echo "PaddleScan needs some system packages. Please run this line, then try again:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing" >&2
  exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() { "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }; }
export DEBIAN_FRONTEND=noninteractive
quietly apt-get update || echo "Not all package lists could be fetched; going on with what is there." >&2
python_is_there || need "$(python_packages)"
echo "Installing system packages:$missing" >&2
# shellcheck disable=SC2086  # a list of names
quietly apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends $missing || {
  echo "The system packages could not be installed; apt-get says above why." >&2
  exit 1
}
