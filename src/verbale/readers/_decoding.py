"""From the bytes of a text file to its characters."""

from __future__ import annotations

import codecs
import re

from verbale.errors import UnreadableFileError
from verbale.text.legal import first_illegal

_LONE_RETURN = re.compile(r"\r(?!\n)")
_AS_LINE_END = {0x0B: "\n", 0x0C: "\n"}


def decode(data: bytes, *, name: str) -> str:
    """Decode a UTF-8 file, or a UTF-16 one that says so by its first bytes.

    A byte order mark is taken off. A form feed, a vertical tab and a lone carriage return
    become a line end, one character for one. Raises `UnreadableFileError` with the byte.
    """
    encoding, skip = "utf-8", 0
    if data.startswith(codecs.BOM_UTF8):
        skip = len(codecs.BOM_UTF8)
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        skip = len(codecs.BOM_UTF16_LE)
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError as bad:
        raise UnreadableFileError(
            name,
            f"not {encoding.upper()} text",
            offset=skip + bad.start,
            remedy="Save the file as UTF-8.",
        ) from bad
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)
    if "\f" in text or "\v" in text:
        text = text.translate(_AS_LINE_END)
    at = first_illegal(text)
    if at is not None:
        raise UnreadableFileError(
            name,
            f"not a text file: control character U+{ord(text[at]):04X}",
            offset=skip + len(text[:at].encode(encoding, "surrogatepass")),
            remedy="Give the text itself, saved as UTF-8.",
        )
    if not text.strip():
        raise UnreadableFileError(name, "empty", remedy="Give a file with text in it.")
    return text
