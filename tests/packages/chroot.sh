#!/bin/sh
# Run a command in a Debian with nothing else in it, to try packages there (root only).
#   chroot.sh NAME [--keep] [--bind FROM:TO[:ro]]... [--env NAME=VALUE]... [--user NAME] [--dir FOLDER] COMMAND...
#
# The Debian is made once (build/chroot/bookworm; SUITE=... for another) and never changed: each NAME has a layer over
# it, which is new at each call, with --keep the one that the last call left; its root can be read in
# build/chroot/NAME/root while the command runs. The mirror is the one a Debian itself uses, elsewhere debootstrap's
# own; nothing is written down here. Mounts and processes live in namespaces of their own, so that they are gone when
# this script is, however it ends. The network is this machine's: its name service, its certificates, its package index.
set -eu
cd "$(dirname "$0")/../.."
fail() { echo "No Debian to try packages in: $*" >&2; exit 1; }
suite=${SUITE:-bookworm}
name=${1:?a name for the layer}
shift
here=$(pwd)/build/chroot
base=$here/$suite
layer=$here/$name
keep='' user='' folder=/ binds='' settings=''
newline='
'
while [ $# -gt 0 ]; do
  case $1 in
    --keep) keep=yes; shift ;;
    --bind) binds=$binds$2$newline; shift 2 ;;
    --env) settings=$settings$2$newline; shift 2 ;;
    --user) user=$2; shift 2 ;;
    --dir) folder=$2; shift 2 ;;
    --) shift; break ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || fail "no command was named."

[ "$(id -u)" -eq 0 ] || fail "only root can make one."
unshare --mount --pid --fork true 2>/dev/null || fail "no mounts are allowed here (a container?)."
sh installers/linux/system-packages.sh chroot
mkdir -p "$here/archives"
exec 9>"$here/$suite.lock"
flock 9
if [ ! -f "$base.ready" ]; then
  rm -rf "$base"
  # shellcheck disable=SC2016  # apt's own placeholder
  mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null | grep -v security | sort -u | head -n 1)
  echo "Making a Debian $suite in build/chroot" >&2
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$base" ${mirror:+"$mirror"} >"$here/$suite.log" 2>&1 || {
    tail -n 20 "$here/$suite.log" >&2
    fail "debootstrap failed; all it said is in build/chroot/$suite.log."
  }
  rm -f "$base"/var/cache/apt/archives/*.deb
  printf 'APT::Install-Recommends "false";\n' >"$base/etc/apt/apt.conf.d/90lean"
  printf 'force-unsafe-io\n' >"$base/etc/dpkg/dpkg.cfg.d/quick"  # as Debian's images have it; nothing here has to last
  # Programs of packages are not started while they are installed: a container starts none either.
  printf '#!/bin/sh\nexit 101\n' >"$base/usr/sbin/policy-rc.d"
  chmod 755 "$base/usr/sbin/policy-rc.d"
  touch "$base.ready"
fi
exec 9>&-

[ -n "$keep" ] || rm -rf "$layer"
mkdir -p "$layer/upper" "$layer/work" "$layer/root"
for given in $(env | grep -E '^(https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY|PIP_INDEX_URL|PIP_DEFAULT_TIMEOUT|CI)=' || true); do
  settings=$given$newline$settings
done

# shellcheck disable=SC2016  # for the inner shell
exec unshare --mount --pid --fork --kill-child --propagation private sh -eu -c '
  base=$1 layer=$2 archives=$3 binds=$4 settings=$5 user=$6 folder=$7
  shift 7
  root=$layer/root
  mount -t overlay -o "lowerdir=$base,upperdir=$layer/upper,workdir=$layer/work" overlay "$root" || {
    [ -x "$layer/upper/bin/sh" ] || cp -a "$base/." "$layer/upper/"  # a disk that cannot be a layer
    mount --bind "$layer/upper" "$root"
  }
  for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
    if [ -f "$file" ]; then rm -f "$root$file"; cp -L "$file" "$root$file"; fi
  done
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount --bind "$archives" "$root/var/cache/apt/archives"
  printf %s "$binds" | while IFS=: read -r from to how; do
    mkdir -p "$root$to"
    mount --bind "$from" "$root$to"
    if [ "$how" = ro ]; then mount -o remount,bind,ro "$root$to"; fi
  done
  IFS="
"
  # shellcheck disable=SC2086  # one word a line
  set -- PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive PIP_CERT=/etc/ssl/certs/ca-certificates.crt $settings sh -c "cd \"\$0\" && exec \"\$@\"" "$folder" "$@"
  if [ -n "$user" ]; then
    ids=$(awk -F: -v name="$user" "\$1 == name || \$3 == name { print \$3 \":\" \$4; exit }" "$root/etc/passwd")
    chroot --userspec="${ids:?no such user}" "$root" /usr/bin/env -i "$@"
    exit
  fi
  chroot "$root" /usr/bin/env -i "$@"
' chroot "$base" "$layer" "$here/archives" "$binds" "$settings" "$user" "$folder" "$@"
