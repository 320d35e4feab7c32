#!/bin/sh
# Sign the app and have Apple look at it, so that macOS opens it without a warning. Secrets come from the environment:
#   notarise.sh sign APP       PADDLESCAN_MACOS_CERTIFICATE (a Developer ID Application, PKCS #12, base64),
#                              PADDLESCAN_MACOS_CERTIFICATE_PASSWORD
#   notarise.sh submit FILE    PADDLESCAN_NOTARY_KEY (an App Store Connect API key, .p8, base64),
#                              PADDLESCAN_NOTARY_KEY_ID, PADDLESCAN_NOTARY_ISSUER; FILE: the disk image
#   notarise.sh able           whether all of them are there (status 0), saying nothing
set -eu
here=$(cd "$(dirname "$0")" && pwd)
task=${1:-}
what=${2:-}
signing='PADDLESCAN_MACOS_CERTIFICATE PADDLESCAN_MACOS_CERTIFICATE_PASSWORD'
sending='PADDLESCAN_NOTARY_KEY PADDLESCAN_NOTARY_KEY_ID PADDLESCAN_NOTARY_ISSUER'

missing() {  # NAME...: those that are not set
  for name in "$@"; do [ -n "$(printenv "$name" || true)" ] || printf ' %s' "$name"; done
}
want() {
  absent=$(missing "$@")
  if [ -n "$absent" ]; then echo "Not set in the environment:$absent" >&2; exit 2; fi
  [ "$(uname)" = Darwin ] || { echo "Only macOS can sign for macOS." >&2; exit 3; }
  [ -e "$what" ] || { echo "There is no $what." >&2; exit 2; }
}

# shellcheck disable=SC2086  # lists of names
case $task in
  able) [ -z "$(missing $signing $sending)" ]; exit ;;
  sign) want $signing ;;
  submit) want $sending ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

umask 077
work=$(mktemp -d)
keychain=$work/signing.keychain-db
tidy() {
  security delete-keychain "$keychain" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap tidy EXIT

if [ "$task" = submit ]; then
  printenv PADDLESCAN_NOTARY_KEY | base64 --decode >"$work/key.p8"
  xcrun notarytool submit "$what" --wait --key "$work/key.p8" --key-id "$PADDLESCAN_NOTARY_KEY_ID" \
    --issuer "$PADDLESCAN_NOTARY_ISSUER"
  xcrun stapler staple "$what"
  xcrun stapler validate "$what"
  spctl --assess --type open --context context:primary-signature --verbose "$what"
  exit
fi

# A keychain for this one time. Its password locks a file that is gone in a minute.
password=$(uuidgen)
printenv PADDLESCAN_MACOS_CERTIFICATE | base64 --decode >"$work/certificate.p12"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 3600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$work/certificate.p12" -k "$keychain" -P "$PADDLESCAN_MACOS_CERTIFICATE_PASSWORD" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
identity=$(security find-identity -v -p codesigning "$keychain" | awk '/Developer ID Application/ { print $2; exit }')
[ -n "$identity" ] || { echo "The certificate is no Developer ID Application." >&2; exit 1; }

sign() {
  codesign --force --timestamp --options runtime --keychain "$keychain" --sign "$identity" "$@"
}
# From the inside out: what holds others is signed after them. `codesign --deep` would give all of them one signature's
# entitlements, and misses libraries that lie where Apple expects none.
find "$what/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print | while read -r library; do sign "$library"; done
find "$what/Contents/Frameworks" -type d -name '*.framework' -prune -print | while read -r framework; do sign "$framework"; done
find "$what/Contents/MacOS" -type f -print | while read -r program; do sign --entitlements "$here/entitlements.plist" "$program"; done
sign --entitlements "$here/entitlements.plist" "$what"
codesign --verify --deep --strict --verbose=2 "$what"
