"""Requests at a fixed rate, whatever answers take: latency counts from when each was due.

The client must not be what is slow: it keeps its connections, asks for packed pages as browsers
do, reads an answer's length and status and nothing else of it, and unpacks nothing. What of a
processor it took is told beside the figures.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONNECTIONS = 32
_REQUEST = "GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept-Encoding: gzip\r\n\r\n"


async def _serve(
    queue: asyncio.Queue[tuple[float, str] | None], port: int, taken: list[float]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (order := await queue.get()) is not None:
        due, path = order
        writer.write(_REQUEST.format(path, port).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split(" ", 2)[1])
        length = int(head.partition("content-length:")[2].partition("\r\n")[0])
        await reader.readexactly(length)
        if status != 200:  # noqa: PLR2004
            raise SystemExit(f"{path} was answered with {status}")
        taken.append(time.perf_counter() - due)
    writer.close()


async def _run(port: int, paths: Sequence[str], rate: float) -> list[float]:
    queue: asyncio.Queue[tuple[float, str] | None] = asyncio.Queue()
    taken: list[float] = []
    workers = [asyncio.create_task(_serve(queue, port, taken)) for _ in range(_CONNECTIONS)]
    start = time.perf_counter() + 0.2
    for number, path in enumerate(paths):
        due = start + number / rate
        if (left := due - time.perf_counter()) > 0:
            await asyncio.sleep(left)
        queue.put_nowait((due, path))
    for _ in workers:
        queue.put_nowait(None)
    await asyncio.gather(*workers)
    return taken


def at_rate(port: int, paths: Sequence[str], rate: float) -> tuple[list[float], float]:
    """Seconds that each answer took from the moment its request was due.

    And how much of one processor the client took for itself.
    """
    begun, start = time.process_time(), time.perf_counter()
    taken = asyncio.run(_run(port, paths, rate))
    return taken, (time.process_time() - begun) / (time.perf_counter() - start)
