"""The six versions of the Lakes example, to the letter."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from golden import golden

from verbale import institutions
from verbale.edges.clock import SystemClock
from verbale.edges.typeset import Typesetter
from verbale.registry.memory import MemoryStore
from verbale.workflow.circulating import Circulation, circulate
from verbale.workflow.orders import Order

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"
LANGUAGES = ("AR", "ZH", "EN", "FR", "RU", "ES")
(CASE,) = golden("compose")


class Shelf:
    """Objects in memory."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def put_all(self, pieces: Iterable[bytes]) -> tuple[str, ...]:
        return tuple(self.put(data) for data in pieces)

    def put(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        self.held[name] = data
        return name

    def get(self, sha256: str) -> bytes:
        return self.held[sha256]

    def has(self, sha256: str) -> bool:
        return sha256 in self.held


@pytest.fixture(scope="module")
def circulated() -> Circulation:
    return circulate(
        Order((EXAMPLE.name, EXAMPLE.read_bytes()), date=datetime.date(2026, 3, 16)),
        institution=institutions.load("lakes"),
        store=MemoryStore(),
        objects=Shelf(),
        typesetter=Typesetter(),
        clock=SystemClock(),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("suffix", ["txt", "html", "json"])
def test_each_version_is_as_it_was_accepted(
    circulated: Circulation, lang: str, suffix: str
) -> None:
    name = f"CL_C_12_G_1-{lang}.{suffix}"
    assert CASE.matches(f"expected-{lang}.{suffix}", circulated.files[name])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_on_each_pdf_page_is_as_it_was_accepted(
    circulated: Circulation, lang: str
) -> None:
    pdf = pypdfium2.PdfDocument(circulated.files[f"CL_C_12_G_1-{lang}.pdf"])
    pages = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pdf]
    text = "\n\f\n".join(pages) + "\n"
    pdf.close()
    assert CASE.matches(f"expected-{lang}.pdf.txt", text.encode("utf-8"))
