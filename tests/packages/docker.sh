#!/bin/sh
# Build the container image by its Dockerfile, without a daemon and without any registry: Buildah takes the bare Debian
# that chroot.sh makes for the base image. Then scan the samples in it as the image says, as somebody without rights,
# without a network, from a folder that cannot be written to. Root only.
set -eu
cd "$(dirname "$0")/../.."
fail() { echo "The container image: $*" >&2; exit 1; }
sh installers/linux/system-packages.sh container
sh tests/packages/chroot.sh docker true
work=$(pwd)/build/docker
trial=$work/trial
base=localhost/bare-debian
image=localhost/paddlescan
someone=12345
rm -rf "$trial" build/chroot/docker
mkdir -p "$trial/out"
# What is built lies in build/docker, and is fit for nothing else than this. "$@" is how Buildah is called from here on.
set -- buildah --root "$work/storage" --runroot "$work/run" --storage-driver overlay
forget() {  # some gigabytes
  "$@" rm --all >/dev/null 2>&1 || true
  "$@" rmi --all --force >/dev/null 2>&1 || true
}
forget "$@"

# The base, with what this machine's network wants: its certificates, and where its package index is if it says so.
container=$("$@" from scratch)
root=$("$@" mount "$container")
cp -a build/chroot/bookworm/. "$root/"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
settings=$(env | grep -E '^(https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY|PIP_INDEX_URL|PIP_DEFAULT_TIMEOUT)=' || true)
for setting in PIP_CERT=/etc/ssl/certs/ca-certificates.crt $settings; do
  "$@" config --env "$setting" "$container"
done
"$@" umount "$container" >/dev/null
"$@" commit --quiet "$container" "$base" >/dev/null

"$@" build --layers=false --isolation chroot --pull=never --build-arg BASE="$base" -f installers/docker/Dockerfile -t "$image" . \
  >"$work/build.log" 2>&1 || {
  tail -n 40 "$work/build.log" >&2
  fail "its steps failed; all they said is in build/docker/build.log."
}

told() {  # FORMAT BUILDAH...
  format=$1
  shift
  "$@" inspect --type image --format "$format" "$image"
}
user=$(told '{{.OCIv1.Config.User}}' "$@")
[ "$user" = 10001:10001 ] || fail "it runs as $user."
call=$(told '{{range .OCIv1.Config.Entrypoint}}{{.}} {{end}}{{range .OCIv1.Config.Cmd}}{{.}} {{end}}' "$@")

cp -r resources/samples "$trial/in"
chmod -R a=rX "$trial/in"
chown "$someone" "$trial/out"
container=$("$@" from --pull=never "$image")
root=$("$@" mount "$container")
if [ -n "$(find "$root/opt/paddlescan" -iname 'pyside6*' -o -iname shiboken6)" ]; then fail "the window is in it."; fi
"$@" umount "$container" >/dev/null
# `unshare --net`: a network that has nothing but itself.
# shellcheck disable=SC2086  # the image's own words
unshare --net "$@" run --isolation chroot --user "$someone:$someone" --volume "$trial/in:/in:ro" --volume "$trial/out:/out" \
  "$container" -- $call --quiet || fail "$call: exit status $?."
container=$("$@" from --pull=never "$image")
unshare --net "$@" run --isolation chroot "$container" -- sh -c 'id -u; touch /opt/x /in/x 2>&1 | wc -l; paddlescan doctor --lang en' \
  >"$trial/usual" || fail "doctor: exit status $?."
forget "$@"

[ "$(sed -n 1,2p "$trial/usual" | tr '\n' ' ')" = '10001 2 ' ] || fail "it is not without rights: $(head -n 2 "$trial/usual")"
python3 - "$trial/out" "$someone" <<'PYTHON'
import csv
import json
import sys
from pathlib import Path

out, someone = Path(sys.argv[1]), int(sys.argv[2])
pages = json.loads((out / "receipts.json").read_text(encoding="utf-8"))["pages"]
assert len(pages) == 8 and all(page["status"] != "failed" for page in pages), [page["status"] for page in pages]
assert all(page["fields"]["total"]["value"] for page in pages), "a receipt without its total"
rows = list(csv.reader((out / "receipts.csv").open(encoding="utf-8-sig", newline="")))
assert len(rows) >= 9, rows
assert {file.stat().st_uid for file in out.iterdir()} == {someone}, "the results belong to somebody else"
print(f"the container read {len(pages)} receipts")
PYTHON
