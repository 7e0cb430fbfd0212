"""The metadata of a document in Akoma Ntoso: its FRBR names, and what its references mean.

A document that came with names of its own (properties ``FRBRWork/FRBRuri`` …) keeps them. Other
names are made of country, body, date and symbol, as the UN's guidelines have them:
``/akn/un/doc/communication/hrc/2020-05-06/a-hrc-43-g-34/spa@``. The standard asks for a date;
where none is known it is 0001-01-01, as in the UN's own files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from verbale.errors import SymbolError
from verbale.model.akoma_ntoso import to_three_letters
from verbale.model.document import Paragraph
from verbale.model.symbol import parse_symbols
from verbale.model.walk import nested, parts, plain
from verbale.text.folding import fold
from verbale.writers._akn_inlines import LANGUAGE_TERMS, attributes, read_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from verbale.model.document import Document
    from verbale.model.language import Language
    from verbale.model.symbol import Symbol
    from verbale.writers.base import Options

#: The document elements whose content is what a tree holds; any other is written as ``doc``.
KINDS: Final = ("doc", "statement", "debateReport")
_UNKNOWN_DAY: Final = "0001-01-01"
# ISO 3166 leaves XX to its users: an institution that no country code stands for.
_NO_COUNTRY: Final = "xx"
# Who prints one of these on top of its documents has the country "un" in Akoma Ntoso. Source:
# AKN4UN guidelines, and the cover pages of the UN's own files.
_UNITED_NATIONS: Final = frozenset(
    fold(name).text.casefold()
    for name in (
        "United Nations",
        "Nations Unies",
        "Naciones Unidas",
        "Организация Объединенных Наций",
        "联合国",
        "الأمم المتحدة",
    )
)
_ORGANS: Final = {"A": "ga", "S": "sc", "E": "ecosoc", "T": "tc"}
_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9])")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
# The ids that refersTo may name: element, path in the ontology, words. Source: the UN's files.
_REFERENCES: Final = {
    "dateOfIssuance": ("TLCConcept", "concept/{country}/dateOfIssuance", "Date of issuance"),
    "adoptionDate": ("TLCConcept", "concept/{country}/dateOfAdoption", "Date of adoption"),
    "symbol": ("TLCConcept", "reference/{country}/symbol", "Symbol"),
    "publisher": ("TLCRole", "role/{country}/publisher", "Publisher"),
    "issuingBody": ("TLCRole", "role/{country}/issuingBody", "Issuing body"),
    "subsidiaryBody": ("TLCRole", "role/{country}/subsidiaryBody", "Subsidiary body"),
    "distribution": ("TLCConcept", "concept/{country}/distribution", "Distribution"),
    "generalDistribution": (
        "TLCConcept",
        "concept/{country}/generalDistribution",
        "General distribution",
    ),
    "session": ("TLCEvent", "event/{country}/session", "Session"),
    "adoption": ("TLCEvent", "event/{country}/adoption", "Adoption"),
    "memberState": ("TLCTerm", "organization/{country}/memberState", "Member State"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What a document is called: ``kind`` is its element, ``name`` a word in its address."""

    kind: str
    name: str
    country: str
    body: str
    day: str
    slug: str
    language: str
    issuer: str

    @property
    def work(self) -> str:
        """The address of the work."""
        pieces = ("akn", self.country, self.kind, self.name, self.body, self.day, self.slug)
        return "/" + "/".join(piece for piece in pieces if piece)

    @property
    def expression(self) -> str:
        """The address of the language version."""
        return f"{self.work}/{self.language}@"


def names_of(document: Document, options: Options) -> Names:
    """The names of a document from what it says; nothing is made up but what the form needs."""
    said = dict(document.properties)
    symbol = _symbol(document.symbol or _line(document, "symbol"))
    day = options.moment or read_day(_line(document, "date"), document.language.code)
    return Names(
        kind=said.get("akn/type", "") if said.get("akn/type") in KINDS else "doc",
        name=_slug(said.get("akn/name", "communication")),
        country=_country(document),
        body=_body(symbol) if symbol else "",
        day=day.isoformat() if day else _UNKNOWN_DAY,
        slug=symbol.slug if symbol else "unnumbered",
        language=to_three_letters(document.language),
        issuer=_line(document, "body") or _line(document, "organ"),
    )


def _symbol(text: str) -> Symbol | None:
    try:
        return parse_symbols(text)[0]
    except SymbolError:
        return None


def _line(document: Document, role: str) -> str:
    for part in parts(document):
        for block in nested(part.blocks):
            if isinstance(block, Paragraph) and block.role == role:
                return plain(block.content).strip()
    return ""


def _country(document: Document) -> str:
    name = fold(_line(document, "publisher")).text.strip().casefold()
    return "un" if name in _UNITED_NATIONS else _NO_COUNTRY


def _body(symbol: Symbol) -> str:
    """The body that a symbol names: ``hrc`` for A/HRC/43/G/34, ``ga`` for A/78/100."""
    first, *rest = symbol.parts
    if (
        rest
        and rest[0].isalpha()
        and len(rest[0]) > 1
        and rest[0] not in ("RES", "PRST", "DEC")
    ):
        return _slug(rest[0])
    return _ORGANS.get(first, _slug(first))


def _slug(text: str) -> str:
    return _NOT_IN_A_SLUG.sub("-", text.lower()).strip("-")


def meta(
    document: Document, names: Names, refers: Sequence[str], own: Sequence[str]
) -> Iterator[str]:
    """The meta element of the whole document; *own* are the lines only we read."""
    said = _Said(document)
    work, expression = names.work, names.expression
    yield "<meta>"
    yield '<identification source="#verbale">'
    yield "<FRBRWork>"
    yield from said.addresses("FRBRWork", f"{work}/!main", work)
    yield from _alias("symbol", document.symbol)
    yield from said.acts("FRBRWork", "document", "author", names)
    yield _value("FRBRcountry", said.first("FRBRWork/FRBRcountry", names.country))
    yield "</FRBRWork>"
    yield "<FRBRExpression>"
    yield from said.addresses("FRBRExpression", f"{expression}/!main", expression)
    yield from _alias("title", document.title)
    yield from said.acts("FRBRExpression", "publication", "issuer", names)
    yield f"<FRBRlanguage{attributes(('language', names.language))}/>"
    yield "</FRBRExpression>"
    yield "<FRBRManifestation>"
    yield from said.addresses(
        "FRBRManifestation", f"{expression}/!main.xml", f"{expression}.xml"
    )
    # The markup is ours, whoever made the one the document was read from.
    yield _date(names.day, "markup")
    yield _author("#verbale", "editor")
    yield "</FRBRManifestation>"
    yield "</identification>"
    yield from said.keywords()
    yield from _references(names, refers)
    yield '<proprietary source="#verbale">'
    yield from own
    yield "</proprietary>"
    yield "</meta>"


def part_meta(names: Names, component: str, language: Language) -> Iterator[str]:
    """The meta element of an attachment, named as a component of the whole."""
    code = to_three_letters(language)
    work = f"{names.work}/!{component}"
    expression = f"{names.work}/{code}@/!{component}"
    yield '<meta><identification source="#verbale">'
    for group, this, uri, act, author, role in (
        ("FRBRWork", work, names.work, "document", "#author", "author"),
        (
            "FRBRExpression",
            expression,
            f"{names.work}/{code}@",
            "publication",
            "#author",
            "issuer",
        ),
        (
            "FRBRManifestation",
            f"{expression}.xml",
            f"{names.work}/{code}@.xml",
            "markup",
            "#verbale",
            "editor",
        ),
    ):
        last = {
            "FRBRWork": _value("FRBRcountry", names.country),
            "FRBRExpression": f"<FRBRlanguage{attributes(('language', code))}/>",
        }.get(group, "")
        yield (
            f"<{group}>{_value('FRBRthis', this)}{_value('FRBRuri', uri)}"
            f"{_date(names.day, act)}{_author(author, role)}{last}</{group}>"
        )
    yield "</identification></meta>"


class _Said:
    """The properties of a document, for what the metadata can say of them."""

    def __init__(self, document: Document) -> None:
        self._properties = document.properties

    def first(self, name: str, otherwise: str) -> str:
        """The first value of a property."""
        return next((value for key, value in self._properties if key == name), otherwise)

    def under(self, prefix: str) -> Iterator[tuple[str, str]]:
        """What follows the prefix in the names that begin with it, and the values."""
        for key, value in self._properties:
            if key.startswith(prefix):
                yield key.removeprefix(prefix), value

    def addresses(self, group: str, this: str, uri: str) -> Iterator[str]:
        """FRBRthis and FRBRuri."""
        yield _value("FRBRthis", self.first(f"{group}/FRBRthis", this))
        yield _value("FRBRuri", self.first(f"{group}/FRBRuri", uri))

    def acts(self, group: str, act: str, role: str, names: Names) -> Iterator[str]:
        """FRBRdate and FRBRauthor."""
        dates = [
            _date(value, name)
            for name, value in self.under(f"{group}/FRBRdate/")
            if _DAY.fullmatch(value)
        ]
        yield from dates or [_date(names.day, act)]
        authors = [_author(value, name) for name, value in self.under(f"{group}/FRBRauthor/")]
        yield from authors or [_author("#author", role)]

    def keywords(self) -> Iterator[str]:
        """The keywords, a classification for each vocabulary."""
        groups: dict[str, list[str]] = {}
        for dictionary, value in self.under("keyword/"):
            head = attributes(
                ("value", value), ("showAs", value), ("dictionary", dictionary or "keyword")
            )
            groups.setdefault(dictionary, []).append(f"<keyword{head}/>")
        for lines in groups.values():
            yield '<classification source="#verbale">'
            yield from lines
            yield "</classification>"


def _value(element: str, value: str) -> str:
    return f"<{element}{attributes(('value', value))}/>"


def _alias(name: str, value: str) -> Iterator[str]:
    if value:
        yield f"<FRBRalias{attributes(('value', value), ('name', name))}/>"


def _date(day: str, name: str) -> str:
    return f"<FRBRdate{attributes(('date', day), ('name', name))}/>"


def _author(href: str, role: str) -> str:
    return f"<FRBRauthor{attributes(('href', href), ('as', role))}/>"


def _references(names: Names, refers: Sequence[str]) -> Iterator[str]:
    yield '<references source="#verbale">'
    yield _reference("TLCProcess", "verbale", "process/verbale", "Verbale")
    body = names.body or "unknown"
    path = f"organization/{names.country}/{body}"
    yield _reference("TLCOrganization", "author", path, names.issuer or body)
    for named in LANGUAGE_TERMS.values():
        term = named.removeprefix("#")
        if term in refers:
            path = f"concept/{names.country}/language/{term}"
            yield _reference("TLCTerm", term, path, term.capitalize())
    for known in sorted({*refers} & _REFERENCES.keys()):
        element, path, words = _REFERENCES[known]
        yield _reference(element, known, path.format(country=names.country), words)
    yield "</references>"


def _reference(element: str, name: str, path: str, words: str) -> str:
    head = attributes(("eId", name), ("href", f"/akn/ontology/{path}"), ("showAs", words))
    return f"<{element}{head}/>"
