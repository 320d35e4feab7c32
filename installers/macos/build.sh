#!/bin/sh
# Make the disk image and the archive of a packed app: dist/PaddleScan-VERSION-ARCHITECTURE.dmg and .zip.
#   build.sh [APP]      APP: dist/PaddleScan.app; made by `make package` on macOS
# Signed and looked at by Apple where the secrets for that are there (see notarise.sh); otherwise only for this Mac, and
# a person opens it the first time by its context menu.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
app=${1:-dist/PaddleScan.app}
[ "$(uname)" = Darwin ] || { echo "A disk image for macOS is made on macOS." >&2; exit 3; }
[ -d "$app" ] || { echo "There is no $app: pack the program first (make package)." >&2; exit 2; }
python=${PYTHON:-.venv/bin/python}
version=$(/usr/libexec/PlistBuddy -c 'Print CFBundleShortVersionString' "$app/Contents/Info.plist")
name=PaddleScan-$version-$(uname -m)

plutil -lint "$app/Contents/Info.plist" "$here/entitlements.plist"
if sh "$here/notarise.sh" able; then sh "$here/notarise.sh" sign "$app"; else codesign --force --deep --sign - "$app"; fi

image=build/macos/image
rm -rf "$image"
mkdir -p "$image"
ditto "$app" "$image/PaddleScan.app"
ln -s /Applications "$image/Applications"
"$python" -m installers.macos.quick_actions "$image"
find "$image" -name '*.plist' -o -name '*.wflow' | while read -r file; do plutil -lint -s "$file"; done
rm -f "dist/$name.dmg" "dist/$name.zip"
hdiutil create -quiet -volname PaddleScan -srcfolder "$image" -format UDZO "dist/$name.dmg"
if sh "$here/notarise.sh" able; then
  sh "$here/notarise.sh" submit "dist/$name.dmg"
  xcrun stapler staple "$app"
fi
ditto -c -k --keepParent "$app" "dist/$name.zip"
echo "dist/$name.dmg"
echo "dist/$name.zip"
