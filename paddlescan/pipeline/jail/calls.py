"""The system calls that a jailed child may make, by number, on the two machines whose numbers we know.

Categories as in systemd's `@system-service`, without sockets, programs, other processes and the system's settings.
Numbers from Linux's `arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`; they stay.
"""

from __future__ import annotations

from collections.abc import Mapping

X86_64, AARCH64 = "x86_64", "aarch64"

_TABLE = """
    # Files: opening is Landlock's affair
    read=0,63 write=1,64 readv=19,65 writev=20,66 pread64=17,67 pwrite64=18,68 preadv=295,69 pwritev=296,70
    preadv2=327,286 pwritev2=328,287 lseek=8,62 close=3,57 close_range=436,436 dup=32,23 dup2=33,- dup3=292,24
    open=2,- openat=257,56 openat2=437,437 creat=85,- access=21,- faccessat=269,48 faccessat2=439,439 stat=4,-
    fstat=5,80 lstat=6,- newfstatat=262,79 statx=332,291 statfs=137,43 fstatfs=138,44 readlink=89,-
    readlinkat=267,78 getdents=78,- getdents64=217,61 getcwd=79,17 chdir=80,49 fchdir=81,50 umask=95,166
    # Names in folders: also Landlock's
    mkdir=83,- mkdirat=258,34 rmdir=84,- unlink=87,- unlinkat=263,35 rename=82,- renameat=264,38
    renameat2=316,276 symlink=88,- symlinkat=266,36 link=86,- linkat=265,37
    # Contents, but neither rights, owners nor times of a file
    truncate=76,45 ftruncate=77,46 fallocate=285,47 fsync=74,82 fdatasync=75,83 sync_file_range=277,84
    fadvise64=221,223 readahead=187,213 copy_file_range=326,285 sendfile=40,71 flock=73,32
    # Attributes are read only
    getxattr=191,8 lgetxattr=192,9 fgetxattr=193,10 listxattr=194,11 llistxattr=195,12 flistxattr=196,13
    # Memory
    munmap=11,215 mremap=25,216 mprotect=10,226 brk=12,214 madvise=28,233 mincore=27,232
    msync=26,227 mlock=149,228 munlock=150,229 mlock2=325,284 mbind=237,235 get_mempolicy=239,236
    set_mempolicy=238,237 pkey_alloc=330,289 pkey_free=331,290 pkey_mprotect=329,288 map_shadow_stack=453,453
    mseal=462,462
    # Threads
    futex=202,98 futex_waitv=449,449 set_robust_list=273,99 get_robust_list=274,100 rseq=334,293
    membarrier=324,283 set_tid_address=218,96 arch_prctl=158,- exit=60,93 exit_group=231,94 wait4=61,260
    waitid=247,95 sched_yield=24,124 sched_getaffinity=204,123 sched_getparam=143,121
    sched_getscheduler=145,120 sched_get_priority_max=146,125 sched_get_priority_min=147,126 getcpu=309,168
    futex_wake=454,454 futex_wait=455,455 futex_requeue=456,456
    # Signals
    rt_sigaction=13,134 rt_sigprocmask=14,135 rt_sigreturn=15,139 rt_sigpending=127,136
    rt_sigtimedwait=128,137 rt_sigsuspend=130,133 sigaltstack=131,132 pause=34,- restart_syscall=219,128
    # Waiting
    poll=7,- ppoll=271,73 select=23,- pselect6=270,72 epoll_create=213,- epoll_create1=291,20 epoll_ctl=233,21
    epoll_wait=232,- epoll_pwait=281,22 epoll_pwait2=441,441 eventfd=284,- eventfd2=290,19 pipe=22,-
    pipe2=293,59 signalfd=282,- signalfd4=289,74 timerfd_create=283,85 timerfd_settime=286,86
    timerfd_gettime=287,87
    # The pipe that is there; no new socket
    sendmsg=46,211 recvmsg=47,212 shutdown=48,210 getsockname=51,204 getpeername=52,205 getsockopt=55,209
    # Time
    time=201,- gettimeofday=96,169 clock_gettime=228,113 clock_getres=229,114 clock_nanosleep=230,115
    nanosleep=35,101 alarm=37,- getitimer=36,102 setitimer=38,103 timer_create=222,107 timer_settime=223,110
    timer_gettime=224,108 timer_getoverrun=225,109 timer_delete=226,111 times=100,153
    # About itself
    getrusage=98,165 getrlimit=97,163 setrlimit=160,164 sysinfo=99,179 uname=63,160 getrandom=318,278
    getpriority=140,141 getpid=39,172 gettid=186,178 getppid=110,173 getpgid=121,155 getpgrp=111,-
    getsid=124,156 getuid=102,174 geteuid=107,175 getgid=104,176 getegid=108,177 getresuid=118,148
    getresgid=120,150 getgroups=115,158 capget=125,90"""
"""Each `name=number on x86_64,number on aarch64`; `-` where there is none."""

_LOOKED_AT = """
    clone=56,220 kill=62,129 tgkill=234,131 prlimit64=302,261 setpriority=141,140 sched_setaffinity=203,122
    ioctl=16,29 prctl=157,167 fcntl=72,25 memfd_create=319,279 mmap=9,222
"""
"""Those that are allowed or not by what is asked for."""


def allowed_numbers(machine: str) -> tuple[int, ...]:
    """The calls that are always allowed, in order. machine: X86_64 or AARCH64."""
    return tuple(sorted(_parsed(_TABLE, machine).values()))


def number_of(name: str, machine: str) -> int:
    """The number of a call that is looked at. Raises KeyError for any other."""
    return _parsed(_LOOKED_AT, machine)[name]


def _parsed(table: str, machine: str) -> Mapping[str, int]:
    column = (X86_64, AARCH64).index(machine)
    lines = (line for line in table.splitlines() if not line.lstrip().startswith("#"))
    pairs = (word.split("=") for line in lines for word in line.split())
    numbers = ((name, both.split(",")[column]) for name, both in pairs)
    return {name: int(number) for name, number in numbers if number != "-"}
