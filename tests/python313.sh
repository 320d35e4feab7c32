#!/bin/sh
# Run the test suite on Python 3.13: the machine's own where it has one, else in a Debian trixie made for it.
# The mirror is the one the system itself uses; nothing is written down here.
set -eu
cd "$(dirname "$0")/.."
if python3.13 -c 'import venv, ensurepip' >/dev/null 2>&1; then
  exec make test VENV=build/python313 PYTHON=python3.13
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "No Python 3.13 here, and only root can make a Debian trixie: not tested on 3.13." >&2
  exit 1
fi
command -v debootstrap >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap; } >&2

trixie=$(pwd)/build/trixie
if [ ! -f "$trixie/.ready" ]; then
  rm -rf "$trixie"
  mkdir -p "$trixie"
  mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -v security | sort -u | head -n 1)
  [ -n "$mirror" ] || { echo "The system's apt names no mirror." >&2; exit 1; }
  for options in "" "--no-check-gpg"; do
    # shellcheck disable=SC2086
    if debootstrap $options --variant=minbase \
      --include=ca-certificates,make,python3,python3-venv,libegl1,libgl1,libglib2.0-0t64,libfontconfig1,libdbus-1-3,libxkbcommon0,libxkbcommon-x11-0,libxcb-cursor0,libxcb-icccm4,libxcb-image0,libxcb-keysyms1,libxcb-randr0,libxcb-render-util0,libxcb-shape0,libxcb-xkb1,fonts-noto-cjk \
      trixie "$trixie" "$mirror" >build/debootstrap.log 2>&1; then
      touch "$trixie/.ready"
      break
    fi
  done
  [ -f "$trixie/.ready" ] || { tail -n 20 build/debootstrap.log >&2; exit 1; }
fi

# The checkout as it is, without what was built here.
mkdir -p "$trixie/paddlescan"
git ls-files -coz --exclude-standard | tar -cf - --null -T - | tar -xf - -C "$trixie/paddlescan"
# The package index is reached as on this machine: its name service and certificates.
for file in /etc/resolv.conf /etc/hosts; do
  if [ -f "$file" ]; then cp -L "$file" "$trixie$file"; fi
done
cp -rL /etc/ssl/certs/. "$trixie/etc/ssl/certs/" 2>/dev/null || true
cleanup() { for place in dev proc; do umount -l "$trixie/$place" 2>/dev/null || true; done; }
trap cleanup EXIT
mount -t proc proc "$trixie/proc"
mount --rbind /dev "$trixie/dev"
chroot "$trixie" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 PIP_CERT=/etc/ssl/certs/ca-certificates.crt CI="${CI:-}" \
  $(env | grep -E '^(https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY|PIP_INDEX_URL|PIP_DEFAULT_TIMEOUT)=' || true) \
  sh -c 'cd /paddlescan && python3 --version && sh installers/linux/environment.sh .venv requirements-dev.lock && .venv/bin/python -m pytest -m "not x11" -q'
