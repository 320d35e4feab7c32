"""The Debian packages that the packed program depends on, told from what its libraries want."""

from __future__ import annotations

from pathlib import Path

from installers.linux.elf import wanted

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbsd.so.0": "libbsd0",
    "libbz2.so.1.0": "libbz2-1.0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libexpat.so.1": "libexpat1",
    "libffi.so.8": "libffi8",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libICE.so.6": "libice6",
    "liblzma.so.5": "liblzma5",
    "libSM.so.6": "libsm6",
    "libsqlite3.so.0": "libsqlite3-0",
    "libstdc++.so.6": "libstdc++6",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Which package brings a library; the same in Debian and Ubuntu (renamed ones say that they are the old ones, too)."""

C_LIBRARY = {
    *("ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0"),
    *("libresolv.so.2", "librt.so.1", "libutil.so.1"),
}
"""What the C library itself brings."""

NOT_COUNTED = ("libqgtk3.so", "libQt6EglFsKmsSupport.so.6", "libQt6Network.so.6")
"""A plugin that Qt loads only on desktops where its libraries are, and parts of Qt that nothing here loads."""

FONTS = "fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei | fonts-arphic-uming"
"""Electronic invoices are drawn with the system's Chinese font."""


def dependencies(payload: Path) -> tuple[str, ...]:
    """For the field Depends. SystemExit where a library is wanted and nobody has said which package brings it."""
    found = wanted(payload, NOT_COUNTED)
    from_outside = found.libraries - C_LIBRARY
    if unknown := sorted(from_outside - PACKAGES.keys()):
        raise SystemExit(f"Which package brings {', '.join(unknown)}? Say it in {__file__}, or pack them.")
    packages = sorted({PACKAGES[library] for library in from_outside})
    return (f"libc6 (>= {found.c_library})", *packages, FONTS)
