"""The system calls that a reader of bytes needs, by machine. Those not named are refused.

The numbers are the kernel's and never change. Source: asm/unistd_64.h, asm-generic/unistd.h.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Architecture:
    """A machine's calls. ``number`` is its ``AUDIT_ARCH_…``.

    ``allowed`` without a condition; ``opening`` where the flags (which argument) hold no bit of
    ``writing``; ``on_self`` where that argument is this process; ``asking`` where it is null;
    ``exactly`` where it has that value; ``missing`` are answered with "no such call".
    """

    number: int
    allowed: tuple[int, ...]
    opening: tuple[tuple[int, int], ...]
    writing: int
    on_self: tuple[tuple[int, int], ...]
    asking: tuple[tuple[int, int], ...]
    exactly: tuple[tuple[int, int, int], ...]
    missing: tuple[int, ...]


#: Name, x86-64, AArch64; ``None`` where a machine has no such call.
_ALLOWED: Final = (
    ("read", 0, 63), ("write", 1, 64), ("close", 3, 57), ("fstat", 5, 80), ("lseek", 8, 62),
    ("mmap", 9, 222), ("mprotect", 10, 226), ("munmap", 11, 215), ("brk", 12, 214),
    ("rt_sigaction", 13, 134), ("rt_sigprocmask", 14, 135), ("rt_sigreturn", 15, 139),
    ("pread64", 17, 67), ("readv", 19, 65), ("writev", 20, 66), ("madvise", 28, 233),
    ("mremap", 25, 216), ("mincore", 27, 232), ("getpid", 39, 172), ("gettid", 186, 178),
    ("exit", 60, 93), ("exit_group", 231, 94), ("uname", 63, 160), ("getcwd", 79, 17),
    ("stat", 4, None), ("lstat", 6, None), ("newfstatat", 262, 79), ("statx", 332, 291),
    ("access", 21, None), ("faccessat", 269, 48), ("faccessat2", 439, 439),
    ("readlink", 89, None), ("readlinkat", 267, 78), ("getdents64", 217, 61),
    ("fadvise64", 221, 223), ("fcntl", 72, 25), ("dup", 32, 23), ("sysinfo", 99, 179),
    ("getuid", 102, 174), ("geteuid", 107, 175), ("getgid", 104, 176), ("getegid", 108, 177),
    ("futex", 202, 98), ("sched_yield", 24, 124), ("sched_getaffinity", 204, 123),
    ("clock_gettime", 228, 113), ("clock_getres", 229, 114), ("clock_nanosleep", 230, 115),
    ("nanosleep", 35, 101), ("gettimeofday", 96, 169), ("time", 201, None), ("times", 100, 153),
    ("getrusage", 98, 165), ("getrandom", 318, 278), ("poll", 7, None), ("ppoll", 271, 73),
    ("select", 23, None), ("pselect6", 270, 72), ("sigaltstack", 131, 132),
    ("set_robust_list", 273, 99), ("rseq", 334, 293), ("membarrier", 324, 283),
    ("restart_syscall", 219, 128), ("getrlimit", 97, 163), ("arch_prctl", 158, None),
)  # fmt: skip
# Name, which argument holds the flags, numbers.
_OPENING: Final = (("open", 1, 2, None), ("openat", 2, 257, 56))
# A process that gives up may signal itself.
_ON_SELF: Final = (("tgkill", 0, 234, 131),)
# Limits are asked for, never set: the third argument holds the new ones.
_ASKING: Final = (("prlimit64", 2, 302, 261),)
# Whether an open file is a terminal.
_TCGETS: Final = 0x5401
_EXACTLY: Final = (("ioctl", 1, _TCGETS, 16, 29),)
_MISSING: Final = (("clone3", 435, 435), ("openat2", 437, 437))
# O_TMPFILE and O_DIRECTORY have their own numbers on each machine; Python knows this one's.
_WRITING: Final = (
    os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    | (getattr(os, "O_TMPFILE", 0) & ~getattr(os, "O_DIRECTORY", 0))
)  # fmt: skip


def _of(column: int, number: int) -> Architecture:
    def known(row: tuple[str | int | None, ...], skip: int) -> int | None:
        found = row[1 + skip + column]
        return found if isinstance(found, int) else None

    return Architecture(
        number,
        tuple(n for row in _ALLOWED if (n := known(row, 0)) is not None),
        tuple((n, row[1]) for row in _OPENING if (n := known(row, 1)) is not None),
        _WRITING,
        tuple((n, row[1]) for row in _ON_SELF if (n := known(row, 1)) is not None),
        tuple((n, row[1]) for row in _ASKING if (n := known(row, 1)) is not None),
        tuple((n, row[1], row[2]) for row in _EXACTLY if (n := known(row, 2)) is not None),
        tuple(n for row in _MISSING if (n := known(row, 0)) is not None),
    )


ARCHITECTURES: Final = MappingProxyType(
    {"x86_64": _of(0, 0xC000003E), "aarch64": _of(1, 0xC00000B7)}
)
