"""What of the disk a child may see: the program, the libraries and fonts it is made of, and its scratch folder.

Found by tracing what a child opens while it reads pages of every format. Nothing here lets a program be started.
"""

from __future__ import annotations

import mimetypes
import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from paddlescan.pipeline.jail.landlock import Rule

_PACKAGE = Path(__file__).resolve().parent.parent.parent
_SITES = ("site-packages", "dist-packages")
_LIBRARIES = (
    *("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64"),
    *("/nix/store", "/gnu/store"),
)
_SYSTEM = (
    *(
        "/etc/ld.so.cache",
        "/etc/ld.so.preload",
        "/etc/localtime",
        "/etc/locale.alias",
        "/etc/fonts",
        "/etc/ssl/openssl.cnf",
        "/etc/ssl/certs",
        "/etc/pki/tls/certs",
        "/etc/pki/ca-trust/extracted",
    ),
    *("/etc/os-release", "/etc/lsb-release", "/etc/debian_version"),
    *("/usr/share", "/usr/local/share", "/etc/alternatives"),  # fonts are links into all of it
    *("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/vm/overcommit_memory"),
    "/proc/sys/crypto/fips_enabled",
    *("/sys/bus/pci/devices", "/sys/class/drm"),
    *("/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/kernel/mm/transparent_hugepage"),
    *("/dev/urandom", "/dev/random"),
)
_CARD = (
    *("/proc/driver/nvidia", "/proc/devices", "/proc/modules", "/proc/version", "/proc/sys/kernel"),
    *("/sys/module", "/sys/bus/pci", "/sys/class/drm", "/sys/devices", "/sys/dev/char"),
    *("/etc/nvidia", "/usr/share/nvidia", "/usr/local/cuda", "/opt/cuda"),
)
_CARD_DEVICES = ("nvidia*", "dri")


def rules_for(scratch: Path, extra: Iterable[str | Path] = (), graphics: bool = False) -> Iterator[Rule]:
    """The rules of one child, in no order; a place may come twice or not exist.

    scratch: what it may write. extra: folders that its options name (models, the office's own words), read as they
    are. graphics: whether NVIDIA's devices stay open.
    """
    yield Rule(scratch, "scratch")
    yield Rule(Path(os.devnull), "write")
    system = (*_LIBRARIES, *_SYSTEM, *mimetypes.knownfiles)  # the last are opened by whoever imports a web library
    for place in (*program_places(), *_user_fonts(), *map(Path, (*system, *extra))):
        yield Rule(place, "read")
    if graphics:
        yield from (Rule(Path(place), "read") for place in _CARD)
        yield from (Rule(place, "device") for place in card_devices())


def card_devices() -> tuple[Path, ...]:
    """The devices of NVIDIA's driver that are there."""
    found = (place for pattern in _CARD_DEVICES for place in Path("/dev").glob(pattern))
    return tuple(found) if Path("/dev/nvidiactl").exists() else ()


def program_places() -> tuple[Path, ...]:
    """Where this program's own files lie, whichever way it was installed; never the home folder or what holds it.

    The folder that our package lies in is no such place, unless packages are installed there: somebody may have
    unpacked it among his papers. Nor is any other folder only because modules are looked for in it.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    if frozen:
        prefixes |= {frozen, str(Path(sys.executable).parent)}
    found = [*prefixes, *_package_folders(), *_mapped_folders()]
    found += os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    places = {Path(os.path.realpath(name)) for name in found if name}
    own = [_PACKAGE, _PACKAGE.parent / "resources"]
    if frozen:
        own.append(Path(os.path.realpath(sys.executable)))  # holds the modules; its folder may be the home folder
    return (*own, *sorted(place for place in places if not _is_too_much(place)))


def _package_folders() -> Iterator[str]:
    """The standard library, and where packages are installed."""
    yield from (path for name, path in sysconfig.get_paths().items() if name.endswith(("stdlib", "lib")))
    yield from (entry for entry in sys.path if Path(entry).name in _SITES)
    if site.ENABLE_USER_SITE:
        yield site.getusersitepackages()


def _is_too_much(place: Path) -> bool:
    """Whether a person's or everybody's files lie there, or below."""
    return any(place == home or place in home.parents for home in _homes()) or place in (Path("/tmp"), Path("/etc"))


def _homes() -> Sequence[Path]:
    """As the environment says, and as the system does if that is another."""
    told = [os.environ.get("HOME", "")]
    try:
        import pwd

        told.append(pwd.getpwuid(os.getuid()).pw_dir)
    except (ImportError, KeyError):
        pass
    return [Path(os.path.realpath(home)) for home in told if home] or [Path("/root")]


def _mapped_folders() -> Iterator[str]:
    """Where the libraries lie that are loaded by now: of a Python that is spread over several places."""
    try:
        with Path("/proc/self/maps").open(encoding="utf-8", errors="surrogateescape") as maps:
            names = [line.split(maxsplit=5)[5].strip() for line in maps if line.count("/")]
    except OSError:
        return
    yield from {str(Path(name).parent) for name in names if ".so" in Path(name).name}


def _user_fonts() -> Iterator[Path]:
    home = os.environ.get("HOME")
    if home:
        yield from (Path(home, ".fonts"), Path(home, ".local/share/fonts"))
