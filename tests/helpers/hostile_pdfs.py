"""Hostile and honest PDF files made anew: name, bytes, what their findings must say.

An empty string: they may be taken as they are. ``refused`` stands for a file that cannot be.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pikepdf
from pdf_files import OVER_ALL, annotated, at_opening, attach, image, line, lines, pdf, updated
from pikepdf import Array, Dictionary, Name, String

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdf_files import Change

TEXT = lines(
    "The Permanent Mission of Northmere presents its compliments",
    "to the Secretariat and has the honour to request circulation.",
)
URL = "http://127.0.0.1:47999/canary"
REFUSED = "refused"
_SCRIPT = {"S": Name.JavaScript, "JS": String(f"app.launchURL('{URL}')")}


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """Files with tricks in them."""
    yield from _acting()
    yield from _carrying()
    yield from _hiding()
    yield from _too_much()
    yield from _broken()


def _acting() -> Iterator[tuple[str, bytes, str]]:
    said = "that act|form"
    for kind, action in {
        "launch": {"S": Name.Launch, "F": String("/bin/sh")},
        "submit": {"S": Name.SubmitForm, "F": String(URL)},
        "elsewhere": {"S": Name.GoToR, "F": String("../../etc/passwd")},
        "data": {"S": Name.ImportData, "F": String("/etc/passwd")},
        "sound": {"S": Name.Movie, "T": String(URL)},
    }.items():
        yield f"opening-{kind}", pdf(TEXT, change=at_opening(**action)), said

    def on_page(made: pikepdf.Pdf) -> None:
        made.pages[0].AA = Dictionary(O=Dictionary(**_SCRIPT))

    def on_close(made: pikepdf.Pdf) -> None:
        made.Root.AA = Dictionary(WC=made.make_indirect(Dictionary(**_SCRIPT)))

    def by_name(made: pikepdf.Pdf) -> None:
        named = Array([String("a"), made.make_indirect(Dictionary(**_SCRIPT))])
        kids = Array([made.make_indirect(Dictionary(Names=named))])
        made.Root.Names = Dictionary(JavaScript=Dictionary(Kids=kids))

    def second(made: pikepdf.Pdf) -> None:
        harmless = Dictionary(S=Name.Named, N=Name.NextPage, Next=Dictionary(**_SCRIPT))
        made.Root.OpenAction = harmless

    def of_field(made: pikepdf.Pdf) -> None:
        field = Dictionary(FT=Name.Tx, T=String("a"), AA=Dictionary(C=Dictionary(**_SCRIPT)))
        made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(field)]))

    def xfa(made: pikepdf.Pdf) -> None:
        form = made.make_stream(b"<xdp><script>CANARY-xfa</script></xdp>")
        made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=form)

    changes = {"page": on_page, "close": on_close, "name": by_name, "next": second}
    for kind, change in {**changes, "field": of_field, "xfa": xfa}.items():
        yield f"script-{kind}", pdf(TEXT, change=change), said
    packed = pikepdf.ObjectStreamMode.generate
    yield "script-packed", pdf(TEXT, change=on_page, object_stream_mode=packed), said


def _carrying() -> Iterator[tuple[str, bytes, str]]:
    for number, name in enumerate(
        ("../../ESCAPED-a", "C:\\ESCAPED-b.exe", "a\0b", "\u202efdp.exe")
    ):
        yield f"attached-{number}", pdf(TEXT, change=attach(name)), "attach"
    for subtype in ("Text", "FreeText", "Highlight", "Stamp"):
        remark = annotated(subtype, "CANARY-remark")
        yield f"remark-{subtype.lower()}", pdf(TEXT, change=remark), "comment"

    def pinned(made: pikepdf.Pdf) -> None:
        inside = made.make_stream(b"CANARY-pinned")
        inside.Type = Name.EmbeddedFile
        spec = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=inside))
        annotated("FileAttachment", "")(made)
        made.pages[0].Annots[0].FS = made.make_indirect(spec)

    yield "attached-pinned", pdf(TEXT, change=pinned), "attach"
    before = pdf(lines("CANARY-old of 9 March 2026", "x" * 60), compress_streams=False)
    after = updated(before, b"CANARY-old of 9 March 2026", b"The note of 1 April 2026")
    yield "earlier", after, "earlier"
    for user in ("", "secret"):
        locked = pikepdf.Encryption(user=user, owner="owner")
        says = "restrict|permission|limit|print" if not user else "password"
        yield f"locked-{user or 'owner'}", pdf(TEXT, encryption=locked), says


def _hiding() -> Iterator[tuple[str, bytes, str]]:
    dark = "0 g 80 480 300 60 re f "
    for kind, drawing in {
        "unpainted": "BT 7 Tr ET " + line("CANARY-a", 100, 500),
        "near-white": "0.995 g " + line("CANARY-b", 100, 500) + "0 g ",
        "white-rgb": "1 1 1 rg " + line("CANARY-c", 100, 500) + "0 g ",
        "white-cmyk": "0 0 0 0 k " + line("CANARY-d", 100, 500) + "0 g ",
        "left-of-page": line("CANARY-e", -900, 500),
        "below-page": line("CANARY-f", 100, -40),
        "scaled-away": "q 0.01 0 0 0.01 0 0 cm " + line("CANARY-g", 9000, 50000) + "Q ",
        "black-on-black": dark + line("CANARY-h", 100, 500),
        "under-white": line("CANARY-i", 100, 500) + "1 g 80 480 300 60 re f 0 g ",
        "clipped": "q 0 0 5 5 re W* n " + line("CANARY-j", 100, 500) + "Q ",
    }.items():
        yield f"hidden-{kind}", pdf(TEXT + drawing), "hidden"


def _too_much() -> Iterator[tuple[str, bytes, str]]:
    def with_contents(packed: bytes, layers: int) -> Change:
        def change(made: pikepdf.Pdf) -> None:
            filters = Array([Name.FlateDecode] * layers)
            made.pages[0].Contents = pikepdf.Stream(made, packed, Filter=filters)

        return change

    big = zlib.compress(b" " * (210 << 20), 1)
    yield "bomb-1", pdf("", change=with_contents(big, 1), compress_streams=False), REFUSED
    twice = zlib.compress(big, 9)
    yield "bomb-2", pdf("", change=with_contents(twice, 2), compress_streams=False), REFUSED
    for open_, close in ((b"[", b"]"), (b"<</A ", b">>")):
        deep = b"/Catalog /X " + open_ * 20_000 + b"0 " + close * 20_000
        yield f"deep-{len(open_)}", pdf(TEXT).replace(b"/Catalog", deep), REFUSED
    yield "pages", pdf(*["q Q"] * 2500), REFUSED
    yield "points", pdf(OVER_ALL, change=image(30_000, 30_000)), REFUSED


def _broken() -> Iterator[tuple[str, bytes, str]]:
    good = pdf(TEXT, compress_streams=False)
    yield "cut", good[: len(good) // 2], "damaged|incomplete"
    yield "no-table", good[: good.rindex(b"xref\n", 0, good.rindex(b"startxref"))], "damaged"

    def round_and_round(made: pikepdf.Pdf) -> None:
        made.Root.Pages.Kids.append(made.Root.Pages)

    yield "pages-loop", pdf(TEXT, change=round_and_round), "damaged|loop|twice|itself"


def honest() -> Iterator[tuple[str, bytes]]:
    """Files that must be taken as they are."""
    yield "plain", pdf(TEXT)
    yield "pages", pdf(*[TEXT] * 5)
    yield "packed", pdf(TEXT, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    def linked(made: pikepdf.Pdf) -> None:
        annotated("Link", "")(made)
        made.pages[0].Annots[0].A = Dictionary(
            S=Name.URI, URI=String("https://lakes.example/A/1")
        )
        with made.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Note", 0))

    yield "links", pdf(TEXT, change=linked)
    dots = bytes(range(256)) * 4
    yield "picture", pdf(TEXT + "q 90 0 0 90 90 90 cm /Im Do Q\n", change=image(32, 32, dots))
