"""A reader that was taken over tries to get out of its box, and cannot."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from verbale.edges.box import kernel
from verbale.edges.box.lockdown import Means
from verbale.edges.box.running import BoxEndedError, End, run
from verbale.readers.limits import MEGABYTE, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOURS = 3600
LIMITS = Limits(seconds=3, memory=256 * MEGABYTE, written=8 * MEGABYTE)
LIBC = ctypes.CDLL(None, use_errno=True)
PTRACE_ATTACH = 16
SYSCALL_NUMBERS = {"x86_64": (101, 310), "aarch64": (117, 270)}  # ptrace, process_vm_readv


def needs(means: str) -> None:
    """Skip with the reason where this kernel does not offer what stops the escape."""
    try:
        if means == "landlock":
            kernel.landlock_version()
    except OSError as bad:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"this kernel has no Landlock: {bad}")
    if means == "seccomp" and kernel.architecture() is None:
        pytest.skip("there is no table of this machine's system calls")


def tried(escape: Callable[[], Any], means: Means | None = None) -> str:
    """What an escape came to: the error it met, or ``escaped`` with what it got."""

    def job() -> bytes:
        try:
            return f"escaped: {escape()!r}".encode()
        except BaseException as error:  # noqa: BLE001
            return f"{type(error).__name__}: {error}".encode()

    return run(job, LIMITS, means or Means()).data.decode()


def call(number: int, *arguments: object) -> int:
    result = LIBC.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return int(result)


def read(path: str) -> Callable[[], bytes]:
    def escape() -> bytes:
        with Path(path).open("rb") as stream:
            return stream.read(64)

    return escape


def reached_network() -> None:
    socket.create_connection(("127.0.0.1", PORT[0]), timeout=1)


PORT = [0]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        PORT[0] = server.getsockname()[1]
        server.settimeout(0.2)
        yield server


def test_no_file_of_the_machine_is_read() -> None:
    needs("landlock")
    for path in ("/etc/passwd", "/etc/hostname", "/proc/self/environ", "/proc/1/cmdline"):
        assert tried(read(path)).startswith("PermissionError"), path


def test_no_file_beside_the_job_is_read(tmp_path: Path) -> None:
    needs("landlock")
    (tmp_path / "secret").write_text("CANARY")
    assert tried(read(str(tmp_path / "secret"))).startswith("PermissionError")


def test_no_file_is_written(tmp_path: Path) -> None:
    needs("seccomp")
    target = tmp_path / "ESCAPED"

    def write() -> None:
        target.write_bytes(b"x")

    def make_folder() -> None:
        (tmp_path / "folder").mkdir()

    def link() -> None:
        (tmp_path / "link").symlink_to("/etc/passwd")

    (tmp_path / "there").write_text("kept")

    def remove() -> None:
        (tmp_path / "there").unlink()

    for escape in (write, make_folder, link, remove):
        assert tried(escape).startswith("PermissionError"), escape.__name__
    assert [each.name for each in tmp_path.iterdir()] == ["there"]


def test_nothing_is_fetched(listener: socket.socket) -> None:
    needs("seccomp")
    assert tried(reached_network).startswith("PermissionError")
    with pytest.raises(TimeoutError):
        listener.accept()


def test_no_name_is_looked_up() -> None:
    needs("seccomp")
    assert "escaped" not in tried(lambda: socket.getaddrinfo("example.org", 80))


def test_no_program_is_started(tmp_path: Path) -> None:
    needs("seccomp")
    mark = tmp_path / "ran"
    run_it = [sys.executable, "-c", f"open({str(mark)!r}, 'w')"]
    assert tried(lambda: os.execv(run_it[0], run_it)).startswith(  # noqa: S606
        "PermissionError"
    )
    assert "escaped" not in tried(lambda: subprocess.run(run_it, check=True))  # noqa: S603
    assert not mark.exists()


def test_no_process_is_made() -> None:
    needs("seccomp")
    assert tried(os.fork).startswith("PermissionError")

    def bomb() -> None:
        while True:
            os.fork()

    assert tried(bomb).startswith("PermissionError")


def test_the_parent_is_not_traced() -> None:
    needs("seccomp")
    parent = os.getpid()
    ptrace, read_memory = SYSCALL_NUMBERS[os.uname().machine]
    attach = lambda: call(ptrace, PTRACE_ATTACH, parent, None, None)  # noqa: E731
    assert tried(attach).startswith("PermissionError")
    assert tried(lambda: call(read_memory, parent, None, 0, None, 0, 0)).startswith(
        "PermissionError"
    )


def test_the_parent_is_not_killed() -> None:
    needs("seccomp")
    parent, group = os.getpid(), os.getpgrp()
    for number in (0, signal.SIGTERM):
        assert tried(lambda n=number: os.kill(parent, n)).startswith("PermissionError")
    assert tried(lambda: os.killpg(group, 0)).startswith("PermissionError")


def test_the_memory_of_the_parent_is_not_opened() -> None:
    needs("landlock")
    assert tried(read(f"/proc/{os.getpid()}/mem")).startswith("PermissionError")
    assert tried(read("/proc/self/mem")).startswith("PermissionError")


def test_no_more_memory_is_had_than_allowed() -> None:
    def fill() -> int:
        held = []
        while True:
            held.append(bytearray(16 * MEGABYTE))

    assert tried(fill).startswith("MemoryError")
    with pytest.raises(BoxEndedError) as ended:
        run(lambda: bytes(bytearray(512 * MEGABYTE)), LIMITS, Means())
    assert ended.value.why is End.MEMORY


def test_a_job_that_never_ends_is_ended() -> None:
    def spin() -> bytes:
        while True:
            pass

    def sleep() -> bytes:
        time.sleep(HOURS)
        return b""

    for job in (spin, sleep):
        start = time.monotonic()
        with pytest.raises(BoxEndedError) as ended:
            run(job, LIMITS, Means())
        assert ended.value.why is End.TIME
        assert time.monotonic() - start < LIMITS.seconds


def test_no_more_is_handed_back_than_allowed() -> None:
    with pytest.raises(BoxEndedError) as ended:
        run(lambda: b"x" * (LIMITS.written + 1), LIMITS, Means())
    assert ended.value.why is End.OUTPUT


def test_limits_are_not_raised_from_inside() -> None:
    needs("seccomp")
    infinite = resource.RLIM_INFINITY
    raise_it = lambda: resource.setrlimit(resource.RLIMIT_AS, (infinite, infinite))  # noqa: E731
    assert tried(raise_it).startswith(("PermissionError", "ValueError"))


def test_no_open_file_of_the_parent_is_inherited(tmp_path: Path) -> None:
    (tmp_path / "open").write_text("CANARY")
    with (tmp_path / "open").open("rb") as stream:
        number = stream.fileno()
        assert tried(lambda: os.read(number, 10)).startswith("OSError")


def test_without_landlock_nothing_at_all_is_opened(tmp_path: Path) -> None:
    needs("seccomp")
    (tmp_path / "secret").write_text("CANARY")
    old_kernel = Means(files=False, namespaces=False)
    for path in ("/etc/passwd", str(tmp_path / "secret"), "/proc/self/mem"):
        assert tried(read(path), old_kernel).startswith("PermissionError"), path


def test_what_a_kernel_lacks_is_said() -> None:
    needs("seccomp")
    shut = run(bytes, LIMITS, Means(files=False, namespaces=False)).shut
    assert "files" not in shut
    assert "system calls" in shut
    bare = run(bytes, LIMITS, Means(files=False, namespaces=False, calls=False)).shut
    assert "system calls" not in bare
    assert "limits" in bare
