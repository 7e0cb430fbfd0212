"""What a PDF carries beside its pages: scripts, files, comments, forms, layers, names.

Nothing of it is run or opened. Only what can be reached from the file's root is said: what an
update replaced is no part of the document any more. Source: ISO 32000-1, 7.7 and clause 12.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from verbale.errors import MissingPartError, UnreadableFileError
from verbale.readers._pdf_bytes import AGAIN, too_deep, too_much
from verbale.readers.limits import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

#: The largest side of a page in points. Source: ISO 32000-1, annex C, table C.1.
LARGEST_PAGE: Final = 14_400
_MOST_OBJECTS = 400_000

#: Kinds of actions, and the label under which a reader is told of them.
_ACTIONS = {
    "/JavaScript": "script", "/Launch": "program", "/SubmitForm": "form-sent",
    "/ImportData": "data-fetched", "/GoToR": "other-file", "/GoToE": "other-file",
    "/Rendition": "media", "/Movie": "media", "/Sound": "media", "/RichMediaExecute": "media",
    "/GoTo3DView": "media", "/Named": "menu-command", "/SetOCGState": "changing-view",
    "/Hide": "changing-view", "/Trans": "changing-view",
}  # fmt: skip
#: Actions that only turn pages: readers offer them in every file.
_HARMLESS = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})
_MEDIA = frozenset({"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_COMMENTS = frozenset(
    {
        "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine",
        "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink",
        "/Redact", "/Popup",
    }
)  # fmt: skip
#: Words without which none of this is there: files that lack them are not walked through.
_TELLTALES = re.compile(
    rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|GoToR|GoToE|Rendition|Movie|Sound|AA|"
    rb"RichMedia\w*|Named|SetOCGState|Hide|XFA|AcroForm|EmbeddedFiles?|EF|Filespec|Collection|"
    rb"OpenAction|Screen|3D|Annots?|OCProperties|OPI|Ref|FFilter|\w*\#\w*)\b"
)
_UNLOCK = "Take the password off in the program the file was made in, and send it again."


@dataclass(slots=True)
class Contents:
    """What was met. ``hidden_layers`` are the names of layers that are not shown."""

    pages: int = 0
    encrypted: bool = False
    damaged: bool = False
    claims_rtl: bool = False
    active: dict[str, int] = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)
    comments: int = 0
    fields: int = 0
    outside: int = 0
    hidden_layers: frozenset[str] = frozenset()
    author: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    producer: str = ""


def contents(data: bytes, packed: bytes, *, name: str) -> Contents:
    """Look through a file. Raises `UnreadableFileError` for one locked, broken or too large."""
    try:
        import pikepdf  # noqa: PLC0415 - heavy
    except ImportError as bad:
        raise MissingPartError(
            "PDF files are read with pikepdf, which is not installed",
            remedy="Install it: pip install pikepdf.",
        ) from bad
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found = _Walk(pdf, name).contents(data, packed)
            found.damaged = bool(pdf.get_warnings())
            return found
    except pikepdf.PasswordError as bad:
        raise _locked(name) from bad
    except (pikepdf.PdfError, pikepdf.DependencyError) as bad:
        if b"/Encrypt" in data and "encrypt" in str(bad).lower():
            raise _locked(name) from bad
        raise UnreadableFileError(name, "a damaged PDF", remedy=AGAIN) from bad
    except (
        ValueError,
        TypeError,
        KeyError,
        RuntimeError,
        AttributeError,
        RecursionError,
    ) as bad:
        # What pikepdf raises when objects are not of the kinds they must be.
        if b"/Encrypt" in data and "random" in str(bad):
            raise _locked(name) from bad  # a box that opens nothing cannot unlock it
        raise UnreadableFileError(name, "a damaged PDF", remedy=AGAIN) from bad


def _locked(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        name, "locked with a password or a key", remedy=_UNLOCK, code="pdf-locked"
    )


class _Walk:
    """One file, looked through once."""

    def __init__(self, pdf: pikepdf.Pdf, name: str) -> None:
        self.pdf = pdf
        self.name = name
        self.found = Contents()

    def contents(self, data: bytes, packed: bytes) -> Contents:
        found = self.found
        found.encrypted = self.pdf.is_encrypted
        found.pages = len(self.pdf.pages)
        most = limits().pdf_pages
        if found.pages > most:
            raise self._over("pages", "limit-pages", str(most))
        root = self.pdf.Root
        preferences: Any = root.get("/ViewerPreferences", {})
        found.claims_rtl = str(preferences.get("/Direction", "")) == "/R2L"
        self._information()
        self._sizes()
        if found.encrypted or _TELLTALES.search(data) or _TELLTALES.search(packed):
            self._layers(root)
            for each, depth in self._reachable():
                self._see(each)
                if depth > limits().pdf_depth:
                    raise too_deep(self.name)
        return found

    def _information(self) -> None:
        """What the file says of itself; its author is somebody's name."""
        said = self.pdf.docinfo
        values = {key: _text(said.get(key)) for key in ("/Title", "/Author", "/Keywords")}
        values = {key: value for key, value in values.items() if value}
        self.found.author = values.pop("/Author", "")
        self.found.producer = _text(said.get("/Creator")) or _text(said.get("/Producer"))
        self.found.properties = tuple((k[1:].lower(), v) for k, v in values.items())

    def _sizes(self) -> None:
        """Pages and pictures by what they say of themselves, before anything is drawn."""
        from pikepdf import Name, Stream  # noqa: PLC0415

        forms = False
        for page in self.pdf.pages:
            box = [float(each) for each in page.mediabox]
            sides = (abs(box[2] - box[0]), abs(box[3] - box[1])) if len(box) == 4 else (0, 0)  # noqa: PLR2004
            if max(sides) > LARGEST_PAGE:
                raise self._over("points a page", "limit-page-size", str(LARGEST_PAGE))
        for each in self.pdf.objects:
            if not isinstance(each, Stream):
                continue
            if each.get("/Subtype") == Name.Form:
                forms = True
            elif each.get("/Subtype") == Name.Image:
                size = int(each.get("/Width", 0)) * int(each.get("/Height", 0))
                if size > limits().pixels:
                    limit = f"{limits().pixels / 10**6:g} MP"
                    raise self._over("a picture", "limit-picture", limit)
        if forms:
            self._form_depth()

    def _form_depth(self) -> None:
        """Forms that draw forms; one that draws itself goes on for ever."""
        level = [page.obj for page in self.pdf.pages]
        deepest = limits().pdf_forms
        for _ in range(deepest + 1):
            inner: dict[tuple[int, int], Any] = {}
            for each in level:
                resources: Any = each.get("/Resources", {})
                for drawn in resources.get("/XObject", {}).values():
                    if str(drawn.get("/Subtype", "")) == "/Form":
                        inner[drawn.objgen] = drawn
            if not inner:
                return
            level = list(inner.values())
        raise self._over("drawings inside drawings", "limit-forms", str(deepest))

    def _layers(self, root: Any) -> None:  # noqa: ANN401 - an object of any kind
        said = root.get("/OCProperties")
        if said is None:
            return
        shown: Any = said.get("/D", {})
        base = str(shown.get("/BaseState", "/ON"))
        off = {each.objgen for each in shown.get("/OFF", [])}
        on = {each.objgen for each in shown.get("/ON", [])}
        hidden = set()
        for group in said.get("/OCGs", []):
            if group.objgen in off or (base == "/OFF" and group.objgen not in on):
                hidden.add(_text(group.get("/Name")))
        self.found.hidden_layers = frozenset(hidden)

    def _reachable(self) -> Iterator[tuple[Any, int]]:
        """Every dictionary that the root leads to, and how deep it lies in its object."""
        from pikepdf import Array, Dictionary, Stream  # noqa: PLC0415

        seen: set[tuple[int, int]] = set()
        stack: list[tuple[Any, int]] = [(self.pdf.Root, 0)]
        count = 0
        while stack:
            thing, depth = stack.pop()
            if thing.is_indirect:
                if thing.objgen in seen:
                    continue
                seen.add(thing.objgen)
                depth = 0
            count += 1
            if count > _MOST_OBJECTS:
                raise self._over("objects", "limit-objects", str(_MOST_OBJECTS))
            if isinstance(thing, Array):
                inner = list(thing)
            else:
                yield thing, depth
                inner = [
                    value
                    for key, value in thing.items()
                    # Ways back up, and the tags of text, which hold nothing of this.
                    if key not in {"/Parent", "/StructTreeRoot", "/P"}
                ]
            stack += [
                (each, depth + 1)
                for each in inner
                if isinstance(each, Array | Dictionary | Stream)
            ]

    def _see(self, thing: Any) -> None:  # noqa: ANN401 - a dictionary or stream
        found = self.found
        kind, subtype, action = (str(thing.get(key, "")) for key in ("/Type", "/Subtype", "/S"))
        what = _ACTIONS.get(action, "")
        if action == "/Named" and str(thing.get("/N", "")) in _HARMLESS:
            what = ""
        if not what and "/JS" in thing:
            what = "script"
        if what and (kind in ("", "/Action")):
            self._note(what)
        if "/EF" in thing:
            names = [_text(thing.get(key)) for key in ("/UF", "/F")]
            found.attachments.append(next(filter(None, names), "?"))
        elif kind == "/EmbeddedFile" and not found.attachments:
            found.attachments.append("?")
        if "/XFA" in thing:
            self._note("xfa-form")
        if subtype in _MEDIA and "/Rect" in thing:
            self._note("media")
        elif subtype in _COMMENTS and "/Rect" in thing:
            found.comments += subtype != "/Popup"
        elif subtype == "/FileAttachment" and "/FS" in thing:
            found.comments += 1
        elif "/FT" in thing and str(thing.get("/FT")) != "/Sig":
            found.fields += 1
        if "/FFilter" in thing or ("/Ref" in thing and subtype == "/Form") or "/OPI" in thing:
            found.outside += 1

    def _over(self, what: str, words: str, limit: str) -> UnreadableFileError:
        return too_much(self.name, f"{what}: more than {limit}", words, limit)

    def _note(self, what: str) -> None:
        self.found.active[what] = self.found.active.get(what, 0) + 1


def _text(value: object) -> str:
    """A string of the file as text, without control characters; empty for anything else."""
    import pikepdf  # noqa: PLC0415 - heavy

    if not isinstance(value, pikepdf.String):
        return ""
    return "".join(char for char in str(value) if char.isprintable()).strip()[:500]
