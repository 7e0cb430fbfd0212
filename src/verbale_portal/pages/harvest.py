"""``/oai``: the documents for harvesters.

Source: The Open Archives Initiative Protocol for Metadata Harvesting, version 2.0. Datestamps
are the instants of a document's last act; what was withdrawn stays as a deleted record.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import HttpResponse

from verbale.records.dublin_core import OAI_DC, dc_element
from verbale.records.dublin_core import SCHEMA as DC_SCHEMA
from verbale.records.marcxml import NAMESPACE as MARC
from verbale.records.marcxml import SCHEMA as MARC_SCHEMA
from verbale.records.marcxml import marc_element
from verbale.records.xml import child, element, written
from verbale.registry.states import FALLEN, State
from verbale.text.legal import replace_illegal
from verbale_portal.pages.recording import base_of, record_of
from verbale_portal.site import site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, QueryDict
    from lxml.etree import _Element

    from verbale.records.record import Record
    from verbale.workflow.cards import Card

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
#: Records in one answer.
PAGE = 25
#: Prefix, schema, namespace and writer of each form a record is given in.
FORMS: Mapping[str, tuple[str, str, Callable[[Record], _Element]]] = {
    "oai_dc": (DC_SCHEMA, OAI_DC, dc_element),
    "marcxml": (MARC_SCHEMA, MARC, marc_element),
}
#: For each verb: the arguments it needs, those it may have.
VERBS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
}
_TOKEN = "resumptionToken"  # noqa: S105 - an argument's name
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
_SET_SIGN = re.compile(r"[^A-Za-z0-9_.!~*'()-]")


class HarvestError(Exception):
    """What the protocol answers to a request it cannot serve: a code and words."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """Which records: their form, the instants between, the set, and where to go on."""

    prefix: str
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    within: str = ""
    after: tuple[str, int] = ("", 0)
    cursor: int = 0


def harvest(request: HttpRequest) -> HttpResponse:
    """Answer a harvester, by GET or POST."""
    said = request.POST if request.method == "POST" else request.GET
    base = base_of(request)
    root = element(NAMESPACE, "OAI-PMH", {None: NAMESPACE, "xsi": _XSI})
    root.set(
        f"{{{_XSI}}}schemaLocation",
        f"{NAMESPACE} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
    )
    child(root, NAMESPACE, "responseDate", _stamp(site().register.now()))
    told = child(root, NAMESPACE, "request", f"{base}/oai")
    try:
        arguments = _arguments(said)
        verb = arguments.pop("verb")
        content = _Answer(base, request).content(verb, arguments)
    except HarvestError as bad:
        if bad.code not in {"badVerb", "badArgument"}:
            _tell(told, said)
        child(root, NAMESPACE, "error", str(bad), code=bad.code)
    else:
        _tell(told, said)
        root.append(content)
    return HttpResponse(
        written(root),
        content_type="text/xml; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


def _tell(told: _Element, said: QueryDict) -> None:
    for name in said:
        told.set(name, replace_illegal(str(said[name])))


def _arguments(said: QueryDict) -> dict[str, str]:
    verbs = said.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise HarvestError("badVerb", f"Give one verb of: {', '.join(VERBS)}.")
    needed, allowed = VERBS[verbs[0]]
    twice = [name for name in said if len(said.getlist(name)) > 1]
    if twice:
        raise HarvestError("badArgument", "An argument is given twice.")
    given = set(said) - {"verb"}
    is_list = verbs[0] in {"ListIdentifiers", "ListRecords"}
    if is_list and given == {_TOKEN}:
        return {name: str(said[name]) for name in said}
    if given - needed - allowed or needed - given:
        raise HarvestError(
            "badArgument",
            f"{verbs[0]} needs {', '.join(sorted(needed)) or 'nothing'} and may have "
            f"{', '.join(sorted(allowed)) or 'nothing else'}.",
        )
    return {name: str(said[name]) for name in said}


@dataclass(frozen=True, slots=True)
class _Answer:
    base: str
    request: HttpRequest

    def content(self, verb: str, arguments: dict[str, str]) -> _Element:
        """The element that answers *verb*."""
        root = element(NAMESPACE, verb, {None: NAMESPACE})
        if verb == "Identify":
            self._identify(root)
        elif verb == "ListMetadataFormats":
            self._forms(root, arguments)
        elif verb == "ListSets":
            if _TOKEN in arguments:
                raise HarvestError("badResumptionToken", "All sets are in one answer.")
            sets = _all_sets()
            if not sets:
                raise HarvestError("noSetHierarchy", "There is no document yet, and no set.")
            for spec, name in sorted(sets.items()):
                made = child(root, NAMESPACE, "set")
                child(made, NAMESPACE, "setSpec", spec)
                child(made, NAMESPACE, "setName", name)
        elif verb == "GetRecord":
            self._one(root, arguments)
        else:
            self._list(root, verb, arguments)
        return root

    def _identify(self, root: _Element) -> None:
        cards = _held()
        first = cards[0].changed_at if cards else site().register.now()
        for name, text in (
            ("repositoryName", site().names("en").publisher),
            ("baseURL", f"{self.base}/oai"),
            ("protocolVersion", "2.0"),
            ("adminEmail", self._mail()),
            ("earliestDatestamp", _stamp(first)),
            ("deletedRecord", "persistent"),
            ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        ):
            child(root, NAMESPACE, name, text)

    def _forms(self, root: _Element, arguments: Mapping[str, str]) -> None:
        if "identifier" in arguments:
            self._card(arguments["identifier"])
        for prefix, (schema, space, _) in FORMS.items():
            made = child(root, NAMESPACE, "metadataFormat")
            child(made, NAMESPACE, "metadataPrefix", prefix)
            child(made, NAMESPACE, "schema", schema)
            child(made, NAMESPACE, "metadataNamespace", space)

    def _one(self, root: _Element, arguments: Mapping[str, str]) -> None:
        prefix = _prefix(arguments["metadataPrefix"])
        self._record(root, self._card(arguments["identifier"]), prefix)

    def _list(self, root: _Element, verb: str, arguments: Mapping[str, str]) -> None:
        asked = _resumed(arguments[_TOKEN]) if _TOKEN in arguments else _asked(arguments)
        every = [card for card in _held() if _is_in(card, asked)]
        rest = [card for card in every if (_stamp(card.changed_at), card.receipt) > asked.after]
        if not rest:
            code = "badResumptionToken" if _TOKEN in arguments else "noRecordsMatch"
            raise HarvestError(code, "No records match.")
        for card in rest[:PAGE]:
            if verb == "ListRecords":
                self._record(root, card, asked.prefix)
            else:
                self._header(root, card)
        if len(rest) > PAGE or asked.cursor:
            last = rest[:PAGE][-1]
            more = len(rest) > PAGE
            child(
                root,
                NAMESPACE,
                _TOKEN,
                _token(asked, last) if more else None,
                completeListSize=str(len(every)),
                cursor=str(asked.cursor),
            )

    def _record(self, root: _Element, card: Card, prefix: str) -> None:
        made = child(root, NAMESPACE, "record")
        self._header(made, card)
        if card.state not in FALLEN:
            content = FORMS[prefix][2](record_of(card, "en", self.base))
            child(made, NAMESPACE, "metadata").append(content)

    def _header(self, root: _Element, card: Card) -> None:
        gone = {"status": "deleted"} if card.state in FALLEN else {}
        made = child(root, NAMESPACE, "header", **gone)
        child(made, NAMESPACE, "identifier", self._identifier(card))
        child(made, NAMESPACE, "datestamp", _stamp(card.changed_at))
        for spec in sorted(_sets_of(card)):
            child(made, NAMESPACE, "setSpec", spec)

    def _card(self, identifier: str) -> Card:
        for card in _held():
            if self._identifier(card) == identifier:
                return card
        raise HarvestError("idDoesNotExist", "There is no such record here.")

    def _identifier(self, card: Card) -> str:
        return f"oai:{self._host()}:{card.symbol}"

    def _mail(self) -> str:
        # The protocol wants a name with a dot; this one nobody has (RFC 2606).
        host = self._host()
        return f"registry@{host}" if "." in host else f"registry@{host}.invalid"

    def _host(self) -> str:
        return urlsplit(self.base).hostname or "localhost"


def _held() -> list[Card]:
    """Every work a harvester is told of, the one that changed last at the end.

    A void number was never issued: it never was a record.
    """
    shelf = site().register.shelf()
    gone = [
        card
        for card in shelf.fallen
        if card.state is State.WITHDRAWN and card.published_at is not None
    ]
    return sorted((*shelf.cards, *gone), key=lambda c: (_stamp(c.changed_at), c.receipt))


def _is_in(card: Card, asked: Asked) -> bool:
    at = card.changed_at.replace(microsecond=0)
    return (
        (asked.since is None or asked.since <= at)
        and (asked.until is None or at <= asked.until)
        and (not asked.within or asked.within in _sets_of(card))
    )


def _sets_of(card: Card) -> Mapping[str, str]:
    """The sets a work is in, with their names: body, session, State."""
    names = site().names("en")
    made: dict[str, str] = {}
    for body, session, _ in card.places:
        if body:
            spec = f"body:{_set_sign(body)}"
            made |= {"body": "Bodies", spec: names.body(body)}
            if session:
                title = f"{names.body(body)}, {names.session(session)}"
                made[f"{spec}:{_set_sign(session)}"] = title
    for code in card.states:
        made |= {"state": "States", f"state:{_set_sign(code)}": names.state(code)}
    return made


def _all_sets() -> dict[str, str]:
    return {spec: name for card in _held() for spec, name in _sets_of(card).items()}


def _set_sign(text: str) -> str:
    return _SET_SIGN.sub(".", text)


def _prefix(text: str) -> str:
    if text not in FORMS:
        raise HarvestError("cannotDisseminateFormat", f"Forms: {', '.join(FORMS)}.")
    return text


def _asked(arguments: Mapping[str, str]) -> Asked:
    prefix = _prefix(arguments["metadataPrefix"])
    since, until = arguments.get("from", ""), arguments.get("until", "")
    if since and until and len(since) != len(until):
        raise HarvestError("badArgument", "Give from and until in the same form.")
    asked = Asked(
        prefix,
        _instant(since, end=False),
        _instant(until, end=True),
        arguments.get("set", ""),
    )
    if asked.since and asked.until and asked.since > asked.until:
        raise HarvestError("badArgument", "from is later than until.")
    return asked


def _instant(text: str, *, end: bool) -> datetime.datetime | None:
    if not text:
        return None
    try:
        if _DAY.match(text):
            day = datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)
            return day.replace(hour=23, minute=59, second=59) if end else day
        if _SECOND.match(text):
            return datetime.datetime.fromisoformat(text)
    except ValueError:
        pass
    raise HarvestError(
        "badArgument", "An instant is such as 2026-03-09 or 2026-03-09T12:00:00Z."
    )


def _stamp(at: datetime.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _token(asked: Asked, last: Card) -> str:
    """Where to go on: it holds all that was asked, so that nothing is kept here."""
    said = [
        asked.prefix,
        _stamp(asked.since) if asked.since else "",
        _stamp(asked.until) if asked.until else "",
        asked.within,
        _stamp(last.changed_at),
        last.receipt,
        asked.cursor + PAGE,
    ]
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def _resumed(token: str) -> Asked:
    bad = HarvestError("badResumptionToken", "This is no token of this repository.")
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        said: Any = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        prefix, since, until, within, stamp, receipt, cursor = said
        whole = isinstance(receipt, int) and isinstance(cursor, int)
        if not whole or not all(
            isinstance(each, str) for each in (prefix, since, until, within, stamp)
        ):
            raise bad
        return Asked(
            _prefix(prefix),
            _instant(since, end=False),
            _instant(until, end=True),
            within,
            (stamp, receipt),
            cursor,
        )
    except (ValueError, TypeError, binascii.Error, UnicodeError, HarvestError) as error:
        raise bad from error
