"""Pictures and files that the tests of this room draw themselves."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from paddlescan.document.pixels import Pixels

WORDS = [
    "TOTAL",
    "128.50",
    "CASH",
    "TAX",
    "INVOICE",
    "THANK",
    "YOU",
    "CHANGE",
    "1.50",
    "GST",
    "ITEM",
    "QTY",
    "RM",
    "64.25",
]


def to_bgr(image: Image.Image) -> Pixels:
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def draw_receipt(width: int = 700, height: int = 1100, seed: int = 1, paper: str = "white") -> Image.Image:
    """Lines of words in black, ragged on the right as on a receipt."""
    chosen = np.random.default_rng(seed)
    image = Image.new("RGB", (width, height), paper)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(24)
    for y in range(60, height - 60, 38):
        words = " ".join(chosen.choice(WORDS, int(chosen.integers(2, 6))))
        pen.text((50 + int(chosen.integers(0, 2)) * 60, y), words, "black", font)
    return image


def turned(image: Image.Image, degrees: float, ground: str = "white") -> Pixels:
    """The picture turned counter-clockwise, nothing cut off."""
    return to_bgr(image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=ground))


def four_corners(width: int = 60, height: int = 40) -> Image.Image:
    """Red, green, blue and black quarters: shows every turn and every mirroring."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("lime", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    image.paste("black", (width // 2, height // 2, width, height))
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> io.BytesIO:
    file = io.BytesIO()
    image.save(file, kind, **options)
    file.seek(0)
    return file


def draw_seal(page: Pixels, centre: tuple[int, int], axes: tuple[int, int], colour: tuple[int, int, int]) -> Pixels:
    """A page with an oval seal (two rings and a word) printed over it: inks multiply."""
    ink = np.full_like(page, 255)
    cv2.ellipse(ink, centre, axes, 0, 0, 360, colour, 7, cv2.LINE_AA)
    cv2.putText(ink, "SEAL", (centre[0] - 52, centre[1] + 12), cv2.FONT_HERSHEY_SIMPLEX, 1.4, colour, 5, cv2.LINE_AA)
    return multiplied(page, ink)


def draw_square_seal(page: Pixels, centre: tuple[int, int], side: int, degrees: float) -> Pixels:
    """A page with a red square name seal, turned counter-clockwise."""
    ink = np.full_like(page, 255)
    corners = cv2.boxPoints((centre, (side, side), -degrees)).astype(np.int32)
    cv2.polylines(ink, [corners], True, (40, 30, 200), 9, cv2.LINE_AA)
    cv2.line(ink, (centre[0] - side // 4, centre[1]), (centre[0] + side // 4, centre[1]), (40, 30, 200), 9)
    cv2.line(ink, (centre[0], centre[1] - side // 4), (centre[0], centre[1] + side // 4), (40, 30, 200), 9)
    return multiplied(page, ink)


def multiplied(page: Pixels, ink: Pixels) -> Pixels:
    return (page.astype(np.uint16) * ink // 255).astype(np.uint8)


def make_pdf(boxes: list[str], password: str | None = None, owner: str = "") -> io.BytesIO:
    """A PDF with a page an entry; each entry is more keys for its page. A page shows a black square at its lower left.

    password: locks it with 40-bit RC4 (security handler revision 2), the oldest scheme there is.
    """
    lock = None if password is None else _Lock(password, owner)
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(boxes)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(boxes)} >>".encode(),
    ]
    for n, keys in enumerate(boxes):
        content = b"0 0 0 rg 20 20 100 100 re f"
        content = content if lock is None else lock.stream(content, 4 + 2 * n)
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents {4 + 2 * n} 0 R {keys} >>"
        objects += [page.encode(), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)]
    if lock is not None:
        objects.append(lock.dictionary())
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    extra = (
        b""
        if lock is None
        else b"/Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), lock.id.hex().encode(), lock.id.hex().encode())
    )
    trailer = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, len(body))
    return io.BytesIO(body + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + trailer)


class _Lock:
    """PDF 1.4, section 3.5: passwords and streams by RC4 with 40 bits."""

    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    id = bytes(range(16))

    def __init__(self, user: str, owner: str) -> None:
        self.permissions = -4
        padded = (user.encode() + self.padding)[:32]
        owner_key = hashlib.md5((owner.encode() + self.padding)[:32]).digest()[:5]
        self.owner = _rc4(owner_key, padded)
        seed = padded + self.owner + self.permissions.to_bytes(4, "little", signed=True) + self.id
        self.key = hashlib.md5(seed).digest()[:5]

    def stream(self, data: bytes, number: int) -> bytes:
        return _rc4(hashlib.md5(self.key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], data)

    def dictionary(self) -> bytes:
        user = _rc4(self.key, self.padding)
        return b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>" % (
            self.owner.hex().encode(),
            user.hex().encode(),
            self.permissions,
        )


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
