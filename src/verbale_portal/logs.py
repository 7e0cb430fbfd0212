"""The site's log: to standard error, and never in the way of an answer.

Lines go into a queue that a thread writes out. When standard error is not taken, and the queue
is full, lines are dropped and counted; no reader waits for them.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import sys
from logging.handlers import QueueHandler, QueueListener

#: Lines that may wait to be written.
ROOM = 10_000


class JsonLines(logging.Formatter):
    """One object a line: when, how grave, who says it, what."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, its traceback within."""
        said = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


class DroppingQueue(QueueHandler):
    """Puts lines into the queue, or drops them when it is full."""

    dropped = 0

    def enqueue(self, record: logging.LogRecord) -> None:
        """Never waits."""
        try:
            self.queue.put_nowait(record)
        except queue.Full:
            self.dropped += 1

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """Leave the record as it is: it stays in this process."""
        return record


def start_logging() -> QueueListener:
    """Send warnings and errors of the program to standard error from now on.

    ``VERBALE_LOG_FORMAT=json`` writes a JSON object a line.
    """
    lines: queue.Queue[logging.LogRecord] = queue.Queue(ROOM)
    out = logging.StreamHandler(sys.stderr)
    plain = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    out.setFormatter(JsonLines() if os.environ.get("VERBALE_LOG_FORMAT") == "json" else plain)
    root = logging.getLogger()
    root.handlers = [DroppingQueue(lines)]
    root.setLevel(logging.WARNING)
    # What these say of each request the site says itself, once.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    listener = QueueListener(lines, out)
    listener.start()
    return listener
