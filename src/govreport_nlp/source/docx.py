"""Word .docx: the package. What is read out of its parts stands in word_body, word_styles and word_numbering."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from govreport_nlp.errors import FormatError, LimitError
from govreport_nlp.rules import Ruleset
from govreport_nlp.source import html, mhtml, plain
from govreport_nlp.source.document import Source
from govreport_nlp.source.word_body import Body
from govreport_nlp.source.word_numbering import Numbering
from govreport_nlp.source.word_styles import Styles

MAX_PART = 64 * 1024 * 1024
"""The most bytes that one part of the package may unpack to."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, ValueError)
_OTHERS = (
    (
        "xl/workbook",
        "this is a spreadsheet",
        "save the report's text as .docx or .txt, or a sheet with one report a row as .xlsx or .csv",
    ),
    ("ppt/presentation", "this is a presentation", "save the report's text as .docx or .txt"),
    ("content.xml", "this is an OpenDocument file", "save it as .docx or .txt"),
    ("META-INF/container.xml", "this is an e-book", "save the report's text as .docx or .txt"),
    ("OFD.xml", "this is an OFD file", "save it as .docx or .txt"),
)


def matches(data: bytes) -> bool:
    """Any zip archive: what is no .docx among them is refused with its own sentence."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def read(data: bytes, name: str, rules: Ruleset) -> Source:
    """Raises ``FormatError`` for a broken, encrypted or other archive, ``LimitError`` for one that is too large."""
    package = Package(data, name)
    main = package.main_part()
    related = package.related(main)
    root = package.tree(main)
    styles = Styles(package.tree(related["styles"]) if "styles" in related else None)
    numbering = Numbering(package.tree(related["numbering"]) if "numbering" in related else None, styles)
    links = package.links(main)
    body = Body(styles, numbering, lambda key: _chunk(package, links.get(key, ""), rules))
    body.document(root)
    for kind in ("footnotes", "endnotes"):
        if kind in related:
            body.notes(package.tree(related[kind]), kind)
    return body.builder().source("docx", name)


def _chunk(package: Package, part: str, rules: Ruleset) -> Source:
    """A part in another format that the text takes in whole: a page, as programs write that make .docx of HTML."""
    data = package.unpack(part)
    if matches(data):
        raise FormatError(package.name, "it takes in another .docx whole", _REMEDY)
    if mhtml.matches(data):
        return mhtml.read(data, package.name, rules)
    if html.matches(data):
        return html.read(data, package.name, rules)
    return plain.read(data, package.name, rules)


class Package:
    """A zip archive whose parts are unpacked within bounds and parsed without entities."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = {n.lstrip("/"): n for n in self._zip.namelist()}
        except _BROKEN as error:
            raise self._broken("the archive is damaged or cut short") from error

    def main_part(self) -> str:
        """The name of the part that holds the text."""
        if "_rels/.rels" in self._names:
            for kind, target, _ in self._relations("_rels/.rels", ""):
                if kind == "officeDocument" and self._is_word(target):
                    return target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        for start, problem, remedy in _OTHERS:
            if any(n.startswith(start) for n in self._names):
                raise FormatError(self.name, problem, remedy)
        if "[Content_Types].xml" in self._names:
            raise self._broken("the part with the text is missing")
        raise FormatError(self.name, "this is a zip archive, not a report", "unpack it and give the file inside")

    def _is_word(self, target: str) -> bool:
        return target in self._names and not target.startswith(("xl/", "ppt/", "visio/"))

    def related(self, part: str) -> dict[str, str]:
        """The parts that ``part`` refers to, by the last word of the relation's type ("styles", "footnotes")."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if rels not in self._names:
            return {}
        found: dict[str, str] = {}
        for kind, target, _ in self._relations(rels, folder):
            if target in self._names:
                found.setdefault(kind, target)
        return found

    def links(self, part: str) -> dict[str, str]:
        """The parts that ``part`` refers to, by the key that it calls them with."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        return {key: target for _, target, key in self._relations(rels, folder)} if rels in self._names else {}

    def _relations(self, part: str, folder: str) -> list[tuple[str, str, str]]:
        return [
            (
                r.get("Type", "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, r.get("Target", "")))[1:],
                r.get("Id", ""),
            )
            for r in self.tree(part)
            if isinstance(r.tag, str) and r.get("TargetMode") != "External"
        ]

    def tree(self, part: str) -> etree._Element:
        """The parsed part. A document type, which no word processor writes, is refused."""
        data = self.unpack(part)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self._broken(f"the part {part} is not well-formed") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise FormatError(self.name, f"the part {part} declares a document type, which is unsafe", _REMEDY)
        return root

    def unpack(self, part: str) -> bytes:
        """The bytes of a part, which may not be more than ``MAX_PART``."""
        try:
            info = self._zip.getinfo(self._names[part])
            if info.flag_bits & 1:
                raise FormatError(self.name, "the archive is encrypted", "save it without a password")
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART + 1)
        except _BROKEN as error:
            raise self._broken(f"the part {part} is damaged") from error
        if len(data) > MAX_PART:
            size = MAX_PART // 1024 // 1024
            raise LimitError(self.name, f"the part {part} unpacks to more than {size} MiB", "check the file")
        return data

    def _broken(self, problem: str) -> FormatError:
        return FormatError(self.name, f"this .docx is broken: {problem}", _REMEDY)


_REMEDY = "open it in a word processor and save it anew as .docx"
