#!/bin/sh
# Test on Python 3.13: the machine's own where it has one, else in a Debian trixie made for it (root only).
#   python313.sh             make what is missing, then test
#   python313.sh prepare     make what is missing, and end: mostly downloads, so it may be done beside something else
# The mirror is the one a Debian itself uses, elsewhere debootstrap's own; nothing is written down here. Mounts live in
# a mount namespace of their own, so that they are gone when this script is, however it ends.
#
# What runs: the drawn samples through the real engine, then every test that is neither slow nor wants a screen, two at a
# time. The slow ones have passed on the machine's own Python, and would cost as much again.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-test}
fail() { echo "Not tested on Python 3.13: $*" >&2; exit 1; }
# shellcheck disable=SC2016  # for the inner shell
trial='set -eu
"$1" --version
export PYTHON="$1"
sh installers/linux/system-packages.sh run
sh installers/linux/environment.sh "$2" requirements-dev.lock
if [ "$3" = prepare ]; then exit 0; fi
"$2/bin/python" -m compileall -q paddlescan  # the copy of the checkout is new, and engine processes may not write there
rm -rf build/trial && mkdir -p build/trial
PADDLESCAN_HOME=$(pwd)/build/trial/home "$2/bin/python" -m paddlescan scan resources/samples --json build/trial/samples.json
"$2/bin/python" -m pytest -q -m "not slow and not long and not x11" -n 2 --dist loadfile --no-loadscope-reorder'

if python3.13 -c 'import venv, ensurepip' >/dev/null 2>&1; then
  exec sh -c "$trial" trial python3.13 build/python313 "$purpose"
fi
[ "$(id -u)" -eq 0 ] || fail "there is none here, and only root can make a Debian trixie."
command -v apt-get >/dev/null 2>&1 || fail "there is none here, and without apt-get no Debian trixie can be made."
unshare --mount true 2>/dev/null || fail "no mounts are allowed here, which a Debian trixie needs (a container?)."
command -v debootstrap >/dev/null 2>&1 || {
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends debootstrap debian-archive-keyring
  } >/dev/null || fail "debootstrap could not be installed."
}

trixie=$(pwd)/build/trixie
if [ ! -f "$trixie/.ready" ]; then
  rm -rf "$trixie"
  mkdir -p "$trixie"
  # shellcheck disable=SC2016  # apt's own placeholder
  mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' | grep -v security | sort -u | head -n 1)
  echo "Making a Debian trixie in build/trixie" >&2
  debootstrap --variant=minbase --include=ca-certificates,python3 trixie "$trixie" ${mirror:+"$mirror"} >build/debootstrap.log 2>&1 || {
    tail -n 20 build/debootstrap.log >&2
    fail "debootstrap failed; all it said is in build/debootstrap.log."
  }
  touch "$trixie/.ready"
fi

# The checkout as it is, without what was built here; the environment made there last time stays.
mkdir -p "$trixie/paddlescan"
find "$trixie/paddlescan" -mindepth 1 -maxdepth 1 ! -name .venv -exec rm -rf {} +
tar -cf - --exclude=./.git --exclude=./.venv --exclude=./build --exclude=./dist --exclude='./.*_cache' --exclude=./.hypothesis \
  --exclude=__pycache__ . | tar -xf - -C "$trixie/paddlescan"
# The network as on this machine: its name service, its certificates, its package index, and what pip has downloaded.
cache=${PIP_CACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/pip}
mkdir -p "$cache" "$trixie/root/.cache/pip"
for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
  if [ -f "$file" ]; then cp -L "$file" "$trixie$file"; fi
done
settings=$(env | grep -E '^(https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY|PIP_INDEX_URL|PIP_DEFAULT_TIMEOUT|CI)=' || true)

# shellcheck disable=SC2016,SC2086  # for the inner shell; one word a setting
unshare --mount --propagation private sh -eu -c '
  trixie=$1
  trial=$2
  purpose=$3
  cache=$4
  shift 4
  mount -t proc proc "$trixie/proc"
  mount --rbind /dev "$trixie/dev"
  mount --bind "$cache" "$trixie/root/.cache/pip"
  exec chroot "$trixie" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    PIP_CERT=/etc/ssl/certs/ca-certificates.crt "$@" sh -c "cd /paddlescan; $trial" trial python3 .venv "$purpose"
' mounts "$trixie" "$trial" "$purpose" "$cache" $settings
