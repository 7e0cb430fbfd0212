"""What Linux offers to lock a process in without root, as calls of the C library.

Landlock (5.13) limits files, ports and signals; a seccomp filter (3.17) limits system calls;
namespaces take the network away. The constants and structures are the kernel's stable
interface to programs. Sources: landlock(7), seccomp(2), unshare(2), linux/landlock.h,
linux/seccomp.h, linux/filter.h.
"""

from __future__ import annotations

import ctypes
import os
import platform
import stat
import struct
from typing import TYPE_CHECKING, Final

from verbale.edges.box.calls import ARCHITECTURES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verbale.edges.box.calls import Architecture

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2
_SIGKILL: Final = 9

_LANDLOCK_CREATE_RULESET: Final = 444
_LANDLOCK_ADD_RULE: Final = 445
_LANDLOCK_RESTRICT_SELF: Final = 446
_LANDLOCK_VERSION: Final = 1
_LANDLOCK_PATH_BENEATH: Final = 1
_READ_FILE: Final = 1 << 2
_READ_DIR: Final = 1 << 3
# How many rights over files each version of Landlock knows: bits 0 to n - 1.
_FILE_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 4: 15}
_FILE_RIGHTS_NOW: Final = 16
_PORTS_FROM: Final = 4
_SCOPES_FROM: Final = 6
_BIND_AND_CONNECT: Final = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS: Final = 0b11

_NAMESPACES: Final = 0x10000000 | 0x40000000 | 0x08000000  # user, network, IPC

_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000  # with an error number
_KILL: Final = 0x80000000
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
_X32_CALLS: Final = 0x40000000
_EPERM, _ENOSYS = 1, 38


class KernelError(OSError):
    """The kernel does not offer this, or refuses it here."""


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    """A system call by its number. Raises `KernelError`."""
    result = int(_libc().syscall(ctypes.c_long(number), *arguments))
    if result < 0:
        number = ctypes.get_errno()
        raise KernelError(number, os.strerror(number))
    return result


def _prctl(option: int, value: object, more: object = 0) -> None:
    nought = ctypes.c_ulong(0)
    if _libc().prctl(option, value, more, nought, nought) != 0:
        number = ctypes.get_errno()
        raise KernelError(number, os.strerror(number))


def architecture() -> Architecture | None:
    """This machine's table of system calls, ``None`` where there is none."""
    return ARCHITECTURES.get(platform.machine())


def die_with_parent() -> None:
    """Have the kernel end this process when the one that made it ends."""
    _prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(_SIGKILL), ctypes.c_ulong(0))


def no_new_privileges() -> None:
    """Give up for good what set-user-id programs could give; the locks below ask for it."""
    _prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), ctypes.c_ulong(0))


def own_namespaces() -> None:
    """Leave the machine's network for an empty one."""
    if _libc().unshare(_NAMESPACES) != 0:
        number = ctypes.get_errno()
        raise KernelError(number, os.strerror(number))


def landlock_version() -> int:
    """The version of Landlock that the kernel has. Raises `KernelError` where it has none."""
    return _call(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))


def only_read_beneath(paths: Iterable[str]) -> None:
    """Allow reading *paths* and what is beneath them; nothing else of files, ports, signals."""
    version = landlock_version()
    every_right = (1 << _FILE_RIGHTS.get(version, _FILE_RIGHTS_NOW)) - 1
    wanted = struct.pack("=Q", every_right)
    if version >= _PORTS_FROM:
        wanted += struct.pack("=Q", _BIND_AND_CONNECT)
    if version >= _SCOPES_FROM:
        wanted += struct.pack("=Q", _ABSTRACT_SOCKETS_AND_SIGNALS)
    rules = _call(
        _LANDLOCK_CREATE_RULESET,
        ctypes.create_string_buffer(wanted, len(wanted)),
        ctypes.c_size_t(len(wanted)),
        ctypes.c_uint32(0),
    )
    for path in paths:
        try:
            at = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        folder = stat.S_ISDIR(os.fstat(at).st_mode)
        rule = struct.pack("=Qi", _READ_FILE | (_READ_DIR if folder else 0), at)
        _call(
            _LANDLOCK_ADD_RULE,
            ctypes.c_int(rules),
            ctypes.c_int(_LANDLOCK_PATH_BENEATH),
            ctypes.create_string_buffer(rule, len(rule)),
            ctypes.c_uint32(0),
        )
        os.close(at)
    _call(_LANDLOCK_RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint32(0))
    os.close(rules)


def only_calls_of_a_reader(*, opening: bool) -> None:
    """Refuse every system call that a reader of bytes has no use for.

    What is refused fails with EPERM, as on a machine that forbids it. With *opening* files can
    be opened for reading. Raises `KernelError` on a machine whose calls are in no table.
    """
    known = architecture()
    if known is None:
        raise KernelError(_ENOSYS, f"no table of the system calls of {platform.machine()}")
    filters = _program(known, opening=opening)
    code = b"".join(struct.pack("=HBBI", *each) for each in filters)
    instructions = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        """``struct sock_fprog``."""

        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    program = Program(len(filters), ctypes.cast(instructions, ctypes.c_void_p))
    _prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), ctypes.byref(program))


def _program(known: Architecture, *, opening: bool) -> list[tuple[int, int, int, int]]:
    """The filter as instructions: code, jump if true, jump if false, operand."""
    out = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 1, 0, known.number),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _X32_CALLS),
        (_RETURN, 0, 0, _REFUSE | _EPERM),
    ]
    for call in known.allowed:
        out += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, _ALLOW)]
    if opening:
        for call, argument in known.opening:
            out += _where(call, argument, (_ANY_BIT, 1, 0, known.writing))
    own = os.getpid()
    for call, argument in known.on_self:
        out += _where(call, argument, (_EQUAL, 0, 1, own))
    for call, argument in known.asking:
        out += _where_null(call, argument)
    for call, argument, value in known.exactly:
        out += _where(call, argument, (_EQUAL, 0, 1, value))
    for call in known.missing:
        # "No such call" makes the C library fall back on an older one.
        out += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, _REFUSE | _ENOSYS)]
    out.append((_RETURN, 0, 0, _REFUSE | _EPERM))
    return out


def _where(
    call: int, argument: int, test: tuple[int, int, int, int]
) -> list[tuple[int, int, int, int]]:
    """Allow *call* where *test* falls through on the low half of one of its arguments."""
    return [
        (_EQUAL, 0, 4, call),
        (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * argument),
        test,
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE | _EPERM),
    ]


def _where_null(call: int, argument: int) -> list[tuple[int, int, int, int]]:
    """Allow *call* where an address among its arguments is null, in both halves."""
    at = _ARGUMENTS_AT + 8 * argument
    return [
        (_EQUAL, 0, 6, call),
        (_LOAD, 0, 0, at),
        (_EQUAL, 0, 3, 0),
        (_LOAD, 0, 0, at + 4),
        (_EQUAL, 0, 1, 0),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE | _EPERM),
    ]
