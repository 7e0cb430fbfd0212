"""The parts of a DOCX: which is the main one, what each refers to, what its settings say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from verbale.readers._office import Sightings
from verbale.readers._package import Package, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from verbale.errors import UnreadableFileError

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OFF = frozenset({"0", "false", "off", "none"})
# ISO 29500 Strict has namespaces of its own for the same elements.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_MACROS = "macroenabled"
_TEMPLATE = "wordprocessingml.template"
_SAVE = "Open the file in a word processor, save it as DOCX and send that."


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as ``w:b`` is there and not turned off."""
    return element is not None and element.get(W + "val", "1").lower() not in _OFF


def value(parent: etree._Element | None, tag: str) -> str | None:
    """The ``w:val`` of a child, ``None`` where there is none."""
    child = parent.find(W + tag) if parent is not None else None
    return child.get(W + "val") if child is not None else None


def _is_program(member: str) -> bool:
    """Whether a part holds macros, whatever the list of content types says of it."""
    return member.rpartition("/")[2].casefold() in ("vbaproject.bin", "vbadata.xml")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: a member of the package, or an address outside it."""

    kind: str
    target: str
    external: bool = False


class Docx:
    """A DOCX opened: its main part, relations, settings, custom properties."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self.package = Package(data, name=name, kind="DOCX")
        self.sightings = Sightings()
        self._relations: dict[str, Mapping[str, Relation]] = {}
        if "[Content_Types].xml" not in self.package:
            raise self.package.error(
                "a zip archive, but no DOCX: it has no list of content types", _SAVE
            )
        self._types = self.package.xml("[Content_Types].xml")
        if any(_MACROS in (each.get("ContentType") or "").lower() for each in self._types):
            raise self._with_macros()
        if any(_TEMPLATE in (each.get("ContentType") or "") for each in self._types):
            raise self.package.error("a template, not a document", _SAVE, code="file-template")
        if any(_is_program(member) for member in self.package.members()):
            raise self._with_macros()
        self.main = self._main()

    def _with_macros(self) -> UnreadableFileError:
        reason = "a document with macros, which are never run"
        return self.package.error(reason, _SAVE, code="file-macros")

    def _main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and not relation.external:
                if relation.target in self.package:
                    return relation.target
                raise self.package.error(f"its main part {relation.target} is missing", _SAVE)
        raise self.package.error("no part is named as its main part", _SAVE)

    def xml(self, member: str) -> etree._Element:
        """The root of a part, Strict turned into Transitional."""
        data = self.package.read(member)
        if b"purl.oclc.org/ooxml" in data:
            data = _STRICT.sub(_TRANSITIONAL, data)
        return self.package.parse(data, member)

    def relations(self, member: str) -> Mapping[str, Relation]:
        """The relations of a part by id; those of the package for an empty name."""
        found = self._relations.get(member)
        if found is None:
            folder, _, base = member.rpartition("/")
            path = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
            found = dict(self._read_relations(member, path))
            self._relations[member] = found
        return found

    def _read_relations(self, member: str, path: str) -> Iterator[tuple[str, Relation]]:
        if path not in self.package:
            return
        for each in self.xml(path).iter(_RELATION):
            kind = (each.get("Type") or "").rpartition("/")[2]
            target = each.get("Target") or ""
            external = each.get("TargetMode") == "External"
            if not external:
                target = join(member, unquote(target))
            yield each.get("Id") or "", Relation(kind, target, external)

    def related(self, kind: str) -> str | None:
        """The part of the main part's one relation of a kind, ``None`` without such a relation.

        Raises `UnreadableFileError` when it refers to a part that is not there.
        """
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.external:
                return self.must(relation)
        return None

    def must(self, relation: Relation) -> str:
        """The part a relation refers to, which must be there."""
        if relation.target not in self.package:
            raise self.package.error(f"its part {relation.target} is missing")
        return relation.target

    def content_type(self, member: str) -> str:
        """The media type of a member, by its name, then by its ending."""
        wanted = "/" + member.casefold()
        suffix = member.rpartition(".")[2].casefold()
        default = ""
        for each in self._types:
            if each.tag == _TYPES + "Override":
                if (each.get("PartName") or "").casefold() == wanted:
                    return each.get("ContentType") or ""
            elif (each.get("Extension") or "").casefold() == suffix:
                default = each.get("ContentType") or ""
        return default

    @cached_property
    def settings(self) -> etree._Element | None:
        """The settings, ``None`` where there are none."""
        part = self.related("settings")
        return self.xml(part) if part else None

    @cached_property
    def variables(self) -> Mapping[str, str]:
        """The document variables of the settings."""
        if self.settings is None:
            return {}
        return {
            each.get(W + "name") or "": each.get(W + "val") or ""
            for each in self.settings.iter(W + "docVar")
        }

    @cached_property
    def custom(self) -> Mapping[str, str]:
        """The custom properties by name, as they stand."""
        for relation in self.relations("").values():
            if relation.kind == "custom-properties" and relation.target in self.package:
                root = self.xml(relation.target)
                return {
                    each.get("name") or "": "".join(map(str, each.itertext()))
                    for each in root.iter(_CUSTOM)
                }
        return {}

    def check_properties(self) -> None:
        """Raise `UnreadableFileError` when the properties are no sound XML."""
        _ = self.custom, self.core

    @cached_property
    def core(self) -> Mapping[str, str]:
        """Title, subject and language of the core properties."""
        for relation in self.relations("").values():
            if relation.kind == "core-properties" and relation.target in self.package:
                root = self.xml(relation.target)
                pairs = {tag: root.findtext(_DC + tag) for tag in ("title", "subject")}
                return {tag: text for tag, text in pairs.items() if text}
        return {}
