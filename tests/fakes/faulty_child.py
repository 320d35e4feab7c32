"""Children that fail, each in its own way, in a real process. None of them ever pretends to read.

    faulty_child.py MODE [NAME] SCRATCH PIPE

They say hello and then misbehave at the first request (or, with NAME, at requests for a file of that name; with MODE
`by_name` the file's own name begins with the fault); every other request is refused as `unreadable_file`, which is all
that a healthy child does here. Modes whose names begin with `start_` misbehave before the hello. NAME `errand` stands
for every place to be read. MODE `gpu_fails` says that it reads on a GPU, which fails; `gpu_short` that its memory is
short for pages whose file's name begins with a key of GPU_SHORT; `gpu_crashes` crashes while it gets ready to read on
a GPU; `gpu_together` keeps the pages that it is to begin, and stops over some (`Together`). MODE `trial_swells` runs
out of memory over any page where runtimes are to be tried; `other_runtime` says of pages whose file's name begins with
the name of a runtime that this one has read them. With MODE `odd_pictures` the file's own name begins with what comes
in place of its picture.
"""

from __future__ import annotations

import ctypes
import hashlib
import logging
import os
import signal
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent.parent))

from paddlescan.document import EngineInfo, Field, PageRef, PageResult, Preparation, Receipt, SourceFile, SourceInfo
from paddlescan.errors import Failure, ModelMissing, UnreadableFile
from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline import child
from paddlescan.pipeline.handed import open_handed
from paddlescan.pipeline.jail import SWITCH
from paddlescan.pipeline.messages import (
    Answer,
    AreaRead,
    BeginPage,
    Begun,
    Cut,
    Hello,
    Inspect,
    Inspected,
    Jpeg,
    MakeCutout,
    MakeJpeg,
    MakePrepared,
    MakePreview,
    MakeThumbnail,
    Picture,
    Prepared,
    PreparedPicture,
    ReadArea,
    ReadBegun,
    ReadTogether,
    Refused,
    Request,
    Scanned,
    ScanPage,
    Start,
)
from paddlescan.pipeline.wire import answer_from, request_from, to_bytes

GOOD_LINE = "2026-01-02 03:04:05,678 1 paddlescan.pipeline.engine_service INFO page 7: done, 12 lines, 0.31 s\n"
FORGED = (
    GOOD_LINE
    + "2026-01-02 03:04:05,678 1 paddlescan.pipeline.engine_service INFO page 7: QUETZALCOATL, 12 lines, 0.31 s\n"
    "2026-01-02 03:04:05,678 1 paddlescan.gui INFO QUETZALCOATL\n"
    "2026-01-02 03:04:05,678 1 PIL INFO QUETZALCOATL\n"
    "2026-01-02 03:04:05,678 1 paddlescan.pipeline.scan ERROR page 7: QUETZALCOATL\n"
    '  |   File "/QUETZALCOATL.py", line 3, in QUETZALCOATL\n'
    f'  |   File "{child.__file__}", line 3, in QUETZALCOATL\n'
    "  |     QUETZALCOATL = 3\n"
    "QUETZALCOATL\x1b[2J"
)
OTHER_PAGE = PageRef(SourceFile(b"/nowhere", "nowhere"), 7, 7)


def crash(pipe: Connection) -> None:
    """A null pointer, as in a decoder."""
    ctypes.string_at(0)


def oom_killed(pipe: Connection) -> None:
    """What the kernel sends when memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)


def hang(pipe: Connection) -> None:
    """Leaves a file `hanging` in its scratch folder, for whoever waits until it hangs."""
    Path("hanging").touch()
    threading.Event().wait()


def memory_error(pipe: Connection) -> None:
    raise MemoryError


def balloon(pipe: Connection) -> None:
    """Really takes memory, a step at a time, until it is stopped; never more than 2 GiB."""
    held = [bytes(b"x" * (32 << 20)) for _ in range(64)]
    hang(pipe)
    del held


def fill_disk(pipe: Connection) -> None:
    """Writes file after file into its scratch folder, until it is stopped; never more than 400 MB."""
    for number in range(100):
        Path(f"heap-{number}").write_bytes(bytes(4 << 20))
    hang(pipe)


def burrow(pipe: Connection) -> None:
    """Makes folders in folders, deeper than a walk by recursion goes, and hangs."""
    for _ in range(1500):
        Path("d").mkdir()
        os.chdir("d")
    Path("hidden").write_bytes(b"pixels")
    hang(pipe)


def swell_later(pipe: Connection) -> None:
    """Takes memory after its answer, while nobody asks anything; never more than 1 GiB."""

    def swell() -> None:
        threading.Event().wait(0.3)
        held = [bytes(b"x" * (32 << 20)) for _ in range(32)]
        hang(pipe)
        del held

    threading.Thread(target=swell, daemon=True).start()


def garbage(pipe: Connection) -> None:
    pipe.send_bytes(b"\x00\xff not json")


def misfit(pipe: Connection) -> None:
    """JSON that fits no answer: the status of a page that is no number of ours."""
    pipe.send_bytes(b'{"type":"Scanned","result":{"page":3}}')


def half_an_answer(pipe: Connection) -> None:
    os.write(pipe.fileno(), b"\x00\x00\x10\x00half")
    hang(pipe)


def dies_in_an_answer(pipe: Connection) -> None:
    os.write(pipe.fileno(), b"\x00\x00\x10\x00half")
    os._exit(0)


def oversized(pipe: Connection) -> None:
    """Announces 1 GiB."""
    os.write(pipe.fileno(), b"\x40\x00\x00\x00")
    hang(pipe)


def wrong_kind(pipe: Connection) -> None:
    pipe.send_bytes(to_bytes(Hello()))


def another_page(pipe: Connection) -> None:
    pipe.send_bytes(to_bytes(Scanned(PageResult(OTHER_PAGE, error=Failure("unreadable_file")))))


def escaping_picture(pipe: Connection) -> None:
    """A file outside scratch, which the window would read and delete."""
    Path("../victim.rgb").write_bytes(b"123")
    pipe.send_bytes(to_bytes(Cut(Picture("../victim.rgb", 1, 1, 3), 1, 1)))


def lying_picture(pipe: Connection) -> None:
    """More pixels than the file has: the window would read beyond its memory."""
    Path("a.rgb").write_bytes(b"123")
    pipe.send_bytes(to_bytes(Cut(Picture("a.rgb", 1000, 1000, 3000), 1, 1)))


def linked_picture(pipe: Connection) -> None:
    Path("a.rgb").symlink_to("/etc/hostname")
    pipe.send_bytes(to_bytes(Cut(Picture("a.rgb", 1, 1, 3), 1, 1)))


def hangs_up(pipe: Connection) -> None:
    """Closes the pipe and lives on."""
    pipe.close()
    hang(pipe)


def crash_on_errand(pipe: Connection) -> None:
    """Looks up from its page and crashes over what it is asked then; without an errand it goes on after a while."""
    if pipe.poll(3):
        crash(pipe)


def slow(pipe: Connection) -> None:
    """Takes a second of its waking time, then goes on."""
    for _ in range(10):
        threading.Event().wait(0.1)


def device_failed(pipe: Connection) -> None:
    """Ends as an engine whose GPU was taken away does."""
    os._exit(child.DEVICE_FAILED)


def rewrites_log(pipe: Connection) -> None:
    """Cuts, and then grows, whatever it can write to."""
    for descriptor in set(range(3, 64)) - {pipe.fileno()}:
        for size in (0, 1 << 30):
            with suppress(OSError):
                os.ftruncate(descriptor, size)


def forges_log(pipe: Connection) -> None:
    """Writes lines of its own into its log, and half a one."""
    os.write(log_descriptor(), FORGED.encode())


def floods_log(pipe: Connection) -> None:
    """Writes 8 MiB of good lines into its log."""
    for _ in range(8):
        whole = GOOD_LINE.encode() * ((1 << 20) // len(GOOD_LINE))
        while whole:
            whole = whole[os.write(log_descriptor(), whole) :]


def log_descriptor() -> int:
    """Of what goes into the log."""
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    return int(handler.stream.fileno())


def well(pipe: Connection) -> None:
    """Does nothing wrong."""


def nested(request: Request) -> bytes:
    """Deeper than a decoder goes."""
    return b'{"type":"Refused","x":' + b"[" * 100_000 + b"]" * 100_000 + b',"failure":{"code":"internal"}}'


def huge_number(request: Request) -> bytes:
    """A number of a receipt that no database holds."""
    assert isinstance(request, ScanPage)
    return to_bytes(Scanned(PageResult(request.page, receipts=(Receipt(number=2**70),))))


def odd_parameter(request: Request) -> bytes:
    """A failure whose words nobody can put into a sentence."""
    return to_bytes(Refused(Failure("internal", (("self", "y"),))))


def many_pages(request: Request) -> bytes:
    """A file of one page that is said to have more than any file may."""
    return to_bytes(Inspected(SourceInfo("pdf", 300_000, "0" * 64)))


def odd_text(request: Request) -> bytes:
    """Fits all types, and says what is no text of any receipt; it is no more than a page read badly."""
    assert isinstance(request, ScanPage)
    fields = (Field("total", "1e999999999"), Field("date", "\x00"), Field("currency", "x" * 100_000))
    return to_bytes(Scanned(PageResult(request.page, receipts=(Receipt(fields=fields),))))


LIES = {f.__name__: f for f in (nested, huge_number, odd_parameter, odd_text)}
"""Told of a page; the names of files ask for them."""
LIES_OF_FILES = {f.__name__: f for f in (nested, many_pages)}

FAULTS = {
    f.__name__: f
    for f in (
        crash,
        crash_on_errand,
        oom_killed,
        hang,
        memory_error,
        balloon,
        burrow,
        swell_later,
        fill_disk,
        garbage,
        misfit,
        half_an_answer,
        dies_in_an_answer,
        oversized,
        wrong_kind,
        another_page,
        hangs_up,
        slow,
        device_failed,
        escaping_picture,
        lying_picture,
        linked_picture,
        rewrites_log,
        forges_log,
        floods_log,
        well,
    )
}
SAYS_NOTHING_MORE = {garbage, misfit, wrong_kind, another_page, escaping_picture, lying_picture, linked_picture}

NINE = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


def jpeg_head(width: int, height: int) -> bytes:
    """As a colour JPEG of that size begins."""
    return b"\xff\xd8\xff\xc0\x00\x11\x08" + struct.pack(">HHB", height, width, 3) + bytes(9)


def png_head(width: int, height: int) -> bytes:
    """As a colour PNG of that size begins."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0) + bytes(4)


ODD_PICTURES: dict[str, Callable[[], tuple[bytes, bytes]]] = {
    "drawing": lambda: (b"<svg xmlns='http://www.w3.org/2000/svg'/>",) * 2,
    "swapped": lambda: (png_head(9, 9), jpeg_head(9, 9)),
    "cut_short": lambda: (jpeg_head(9, 9)[:9], png_head(9, 9)[:20]),
    "empty": lambda: (b"", b""),
    "long": lambda: (jpeg_head(60_000, 2), png_head(60_000, 2)),
    "large": lambda: (jpeg_head(39_000, 39_000), png_head(39_000, 39_000)),
    "stuffed": lambda: (jpeg_head(9, 9) + bytes(1 << 20), png_head(9, 9) + bytes(1 << 20)),
}
"""In place of the JPEG and the PNG that are asked for; the names of files ask for them."""


def odd_picture(request: MakeJpeg | MakePrepared) -> bytes:
    """A picture that is none, or not the one that was asked for."""
    jpeg, png = ODD_PICTURES[request.page.source.name.split()[0]]()
    if isinstance(request, MakeJpeg):
        Path("a.jpg").write_bytes(jpeg)
        return to_bytes(Jpeg("a.jpg", 9, 9, NINE))
    Path("a.png").write_bytes(png)
    return to_bytes(Prepared((PreparedPicture("a.png", Preparation(), None, NINE),), 9, 9, ()))


LEAVE_SCRATCH = ("restless", "escaping_picture")
"""What the jail would stop, so that the supervisor could not be seen to notice it."""


def scribble(request: Request, name: str | None) -> None:
    """Write to the file that a request is about, before it is answered."""
    source = (
        request.source
        if isinstance(request, Inspect)
        else request.page.source
        if isinstance(request, ScanPage)
        else None
    )
    if source is not None and source.name == name:
        with Path(source.path).open("ab") as file:
            file.write(b".")


def handed_bytes() -> bytes:
    """What is in the file that came with the request."""
    file = open_handed()
    assert file is not None
    with file:
        return file.read()


def on_gpu(request: Request) -> Answer:
    """Says that it reads on a GPU, unless it is told to read on the CPU."""
    device = "cpu" if isinstance(request, Start) and request.engine and request.engine.device == "cpu" else "gpu"
    return Hello(EngineInfo("onnxruntime", device, "none", "a mock stands in for a GPU"))


ON_CPU = EngineInfo("onnxruntime", "cpu", "PP-OCRv6_small", "chosen")


def other_runtime(request: Request) -> Answer:
    """As an engine on the CPU that has found out which runtime is quicker."""
    if isinstance(request, Start):
        return Hello(ON_CPU)
    answer = honest(request)
    if not isinstance(answer, Scanned):
        return answer
    name = answer.result.page.source.name.split()[0]
    models = "PP-OCRv6_small, bfloat16" if name == "openvino" else "PP-OCRv6_small"
    return Scanned(replace(answer.result, engine=replace(ON_CPU, name=name, models=models)))


GPU_SHORT = {"smaller": Reason.GPU_SMALLER, "large": Reason.PAGE_ON_CPU, "lie": "QUETZALCOATL"}
"""What the engine says of the page."""


def short_of_memory(request: Request) -> Answer:
    """As an engine on a GPU whose memory is short for some pages."""
    if isinstance(request, Start):
        return on_gpu(request)
    answer = honest(request)
    if not isinstance(answer, Scanned):
        return answer
    name = answer.result.page.source.name.split()[0]
    reason = GPU_SHORT.get(name, "a mock stands in for a GPU")
    info = EngineInfo("onnxruntime", "cpu" if name == "large" else "gpu", "none", reason, name)
    return Scanned(replace(answer.result, engine=info))


class Together:
    """As an engine on a GPU that reads pages together. `crash 1.png` stops it while it reads, `begin_crash 1.png` while
    it begins; by itself, too, unless the name begins with `once_` or `begin_`. `device 1.png` makes the GPU fail, but
    not by itself."""

    def __init__(self) -> None:
        self._begun: list[PageResult] = []

    def answer(self, request: Request, pipe: Connection) -> Answer:
        if isinstance(request, Start):
            return on_gpu(request)
        if isinstance(request, ReadBegun):
            if any(result.page.source.name.startswith(("crash", "once_crash")) for result in self._begun):
                crash(pipe)
            if any(result.page.source.name.startswith("device") for result in self._begun):
                device_failed(pipe)
            results, self._begun = tuple(self._begun), []
            return ReadTogether(results)
        if isinstance(request, BeginPage):
            answer = honest(as_scan(request))
            assert isinstance(answer, Scanned)
            if answer.result.page.source.name.startswith("begin_crash"):
                crash(pipe)
            self._begun.append(answer.result)
            return Begun(enough=len(self._begun) == 4)
        if isinstance(request, ScanPage) and request.page.source.name.startswith("crash"):
            crash(pipe)
        return honest(request)


def as_scan(request: BeginPage) -> ScanPage:
    return ScanPage(request.page, request.options, request.password)


def honest(request: Request) -> Answer:
    match request:
        case Start():
            return Hello()
        case Inspect():
            data = handed_bytes()
            pages = max(1, data.count(b"page"))  # what stands in for a PDF says "page" once for each of its pages
            return Inspected(SourceInfo("pdf", pages, hashlib.sha256(data).hexdigest()))
        case ScanPage(page=page):
            sha256 = hashlib.sha256(handed_bytes()).hexdigest()
            return Scanned(PageResult(page, sha256=sha256, error=UnreadableFile(file=page.source.name).failure))
        case ReadArea(page=page):
            return AreaRead(failure=UnreadableFile(file=page.source.name).failure)
    return Refused(Failure("unreadable_file"))


def named_fault(request: Request) -> str:
    """The fault that a page's file asks for by its name: `crash 7.png`."""
    return request.page.source.name.split()[0] if isinstance(request, ScanPage) else ""


def concerns(request: Request, name: str | None) -> bool:
    match request:
        case (
            ScanPage(page=page)
            | MakePrepared(page=page)
            | MakePreview(page=page)
            | MakeThumbnail(page=page)
            | MakeCutout(page=page)
        ):
            return name is None or page.source.name == name
        case ReadArea(page=page):
            return name in ("errand", f"errand:{page.source.name}")
        case Inspect() | MakeThumbnail():
            return name is None
    return False


def main() -> None:
    if sys.argv[1] in LEAVE_SCRATCH:
        os.environ[SWITCH] = "off"
    side = child.begin(sys.argv[1:])
    mode, name = side.words[0], (side.words[1] if len(side.words) > 1 else None)
    at_start = mode.removeprefix("start_") if mode.startswith("start_") else None
    if at_start == "refused":
        side.pipe.recv_bytes()
        side.pipe.send_bytes(to_bytes(Refused(ModelMissing(detail="detector").failure)))
        return
    if at_start == "slow":
        slow(side.pipe)
    elif at_start:
        side.pipe.recv_bytes()
        FAULTS[at_start](side.pipe)
    device, tries, together = "", False, Together()
    print("a library that prints on standard output", flush=True)

    def answer(data: bytes) -> bytes:
        nonlocal device, tries
        request = request_from(data)
        if mode == "gpu_together":
            return to_bytes(together.answer(request, side.pipe))
        if isinstance(request, BeginPage):  # none is kept: it is read at once
            scanned = answer_from(answer(to_bytes(as_scan(request))))
            return to_bytes(Begun(scanned.result) if isinstance(scanned, Scanned) else scanned)
        if mode == "trial_swells" and isinstance(request, Start):
            tries = request.engine is not None and request.engine.runtimes_file is not None
        if mode == "trial_swells" and tries and isinstance(request, ScanPage):
            oom_killed(side.pipe)
        if mode == "other_runtime":
            return to_bytes(other_runtime(request))
        if mode == "gpu_fails" and isinstance(request, Start):
            hello = on_gpu(request)
            device = hello.engine.device if isinstance(hello, Hello) and hello.engine else ""
            return to_bytes(hello)
        if mode == "gpu_short":
            return to_bytes(short_of_memory(request))
        if mode == "gpu_crashes" and isinstance(request, Start) and request.engine and request.engine.device != "cpu":
            crash(side.pipe)
        if mode == "gpu_crashes" and isinstance(request, Start):
            return to_bytes(on_gpu(request))
        if device == "gpu" and concerns(request, name):
            device_failed(side.pipe)
        if mode == "restless":
            scribble(request, name)
        if mode == "odd_pictures" and isinstance(request, (MakeJpeg, MakePrepared)):
            return odd_picture(request)
        if mode == "lies":
            name_of = request.page.source.name if isinstance(request, ScanPage) else ""
            name_of = request.source.name if isinstance(request, Inspect) else name_of
            table = LIES_OF_FILES if isinstance(request, Inspect) else LIES
            if lie := table.get(name_of.split()[0] if name_of else ""):
                return lie(request)
        fault = FAULTS.get(named_fault(request) if mode == "by_name" else mode)
        if fault and concerns(request, name):
            fault(side.pipe)
            if fault in SAYS_NOTHING_MORE:
                hang(side.pipe)
        return to_bytes(honest(request))

    side.serve(answer)


if __name__ == "__main__":
    main()
