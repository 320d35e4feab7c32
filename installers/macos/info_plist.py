"""The Info.plist of PaddleScan.app: what macOS knows of the program before it runs.

The packing of the program takes it as it is (`BUNDLE(..., info_plist=info_plist(version))`).
"""

from __future__ import annotations

from typing import Any, Final

from paddlescan.desktop.identity import APP_ID
from paddlescan.desktop.menus.finder import OFD_TYPE

DOCUMENT_TYPES: Final = {
    "public.jpeg": "jpg jpeg jpe jfif mpo",
    "public.png": "png",
    "public.tiff": "tif tiff",
    "com.microsoft.bmp": "bmp dib",
    "com.compuserve.gif": "gif",
    "org.webmproject.webp": "webp",
    "public.jpeg-2000": "jp2 j2k j2c jpf jpx",
    "public.heic": "heic",
    "public.heif": "heif hif",
    "public.avif": "avif",
    "public.pbm": "pnm pbm pgm ppm",
    "com.adobe.pdf": "pdf",
    "public.xml": "xml",
    OFD_TYPE: "ofd",
}
"""macOS's names of the types that the program reads, with the ends of their files' names."""
OLDEST: Final = "13.0"
"""What this Qt runs on."""


def info_plist(version: str) -> dict[str, Any]:
    """All of it but what the packing adds: the names of the program's file and icon."""
    return {
        "CFBundleIdentifier": APP_ID,
        "CFBundleName": "PaddleScan",
        "CFBundleDisplayName": "PaddleScan",
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh-Hans"],
        "CFBundleDocumentTypes": [_documents(), _folders()],
        "UTImportedTypeDeclarations": [_ofd()],
        "LSApplicationCategoryType": "public.app-category.business",
        "LSBackgroundOnly": False,  # PyInstaller takes a program with a terminal for one without windows
        "LSMinimumSystemVersion": OLDEST,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "Copyright 2026 the PaddleScan authors. Apache License 2.0.",
        "NSPrincipalClass": "NSApplication",
        "NSRequiresAquaSystemAppearance": False,
    }


def _documents() -> dict[str, Any]:
    """An alternative among "Open With", never what a double click opens by itself."""
    return {
        "CFBundleTypeName": "Scanned receipt or electronic invoice",
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "Alternate",
        "LSItemContentTypes": list(DOCUMENT_TYPES),
    }


def _folders() -> dict[str, Any]:
    """Folders can be dropped on the icon in the Dock."""
    return {
        "CFBundleTypeName": "Folder",
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "None",
        "LSItemContentTypes": ["public.folder"],
    }


def _ofd() -> dict[str, Any]:
    """Electronic invoices of China (GB/T 33190), which macOS does not know."""
    return {
        "UTTypeIdentifier": OFD_TYPE,
        "UTTypeDescription": "OFD document",
        "UTTypeConformsTo": ["public.data", "public.composite-content"],
        "UTTypeTagSpecification": {"public.filename-extension": ["ofd"], "public.mime-type": ["application/ofd"]},
    }
