"""A report with all its tables, and the way there: ``read`` a file, ``parse`` a text."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, TypeVar

import msgspec

from govreport_nlp import source as sources
from govreport_nlp import structure
from govreport_nlp.extract import projects, quantities, relative, slogans
from govreport_nlp.model import Meta, Project, Quantity, Record, RelativeTarget, Section, Sentence, Slogan
from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.source.document import Source
from govreport_nlp.structure.outline import Document

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R", bound=Record)


class Report(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One work report: its text, its tree and its tables.

    ``text`` is the body as one string; every record of every table has ``start`` and ``end`` with
    ``report.text[start:end] == record.text``. ``boilerplate`` are the spans that are not the report,
    ``bold`` the bold ones (None where the format cannot say).

    >>> report = parse("一、2024年工作安排\\n城镇新增就业7200人。", year=2024)
    >>> [(t.indicator, t.value, t.unit) for t in report.targets]
    [('城镇新增就业', 7200.0, '人')]
    """

    text: str
    meta: Meta
    root: Section
    boilerplate: tuple[tuple[int, int], ...] = ()
    bold: tuple[tuple[int, int], ...] | None = None
    quantities: tuple[Quantity, ...] = ()
    relative_targets: tuple[RelativeTarget, ...] = ()
    slogans: tuple[Slogan, ...] = ()
    projects: tuple[Project, ...] = ()

    @property
    def targets(self) -> tuple[Quantity, ...]:
        """The quantities that the report promises for its own year or later."""
        return tuple(q for q in self.quantities if q.status == "target")

    @functools.cached_property
    def sections(self) -> tuple[Section, ...]:
        """All sections in order of appearance, without the root."""
        return tuple(_walk(self.root))

    @functools.cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order of appearance."""
        own = [*self.root.sentences, *(s for section in self.sections for s in section.sentences)]
        return tuple(sorted(own, key=lambda s: s.index))

    def to_frame(self, table: str) -> pd.DataFrame:
        """One table as a data frame, a row a record, with the report's own columns first.

        ``table`` is one of "quantities", "targets", "relative_targets", "slogans", "projects",
        "sections", "sentences", "reports". Raises ``ValueError`` for another name.
        """
        from govreport_nlp.tables import frame

        return frame(table, [self])

    def to_json(self) -> str:
        """The report as one JSON object (SPEC section "JSON"); ``Report.from_json`` reads it back without loss."""
        return msgspec.json.encode(self._plain()).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> Report:
        """The report that ``to_json`` wrote. Raises ``ValueError`` where the text is no such object."""
        try:
            plain = msgspec.json.decode(text)
            sections = [dict(s) for s in plain.pop("sections")]
            body, spans = plain["text"], plain.pop("sentences")
            root = dict(plain.pop("root_span"))
            sentences = [Sentence(index=i, text=body[s["start"] : s["end"]], **s) for i, s in enumerate(spans)]
            whole = msgspec.convert({**plain, "root": _plant(root, sections, sentences)}, cls)
        except (KeyError, TypeError, AttributeError, msgspec.MsgspecError) as error:
            raise ValueError(f"this is no report written by Report.to_json: {error}") from error
        return whole

    def _plain(self) -> dict[str, Any]:
        skip = ("children", "sentences")
        return {
            "meta": msgspec.to_builtins(self.meta),
            "text": self.text,
            "boilerplate": self.boilerplate,
            "bold": self.bold,
            "root_span": {"start": self.root.start, "end": self.root.end},
            "sections": [{k: v for k, v in msgspec.structs.asdict(s).items() if k not in skip} for s in self.sections],
            "sentences": [{"start": s.start, "end": s.end, "section": s.section} for s in self.sentences],
            "quantities": self.quantities,
            "relative_targets": self.relative_targets,
            "slogans": self.slogans,
            "projects": self.projects,
        }


def read(
    file: str | os.PathLike[str] | bytes | IO[bytes],
    *,
    rules: Ruleset = SHIPPED,
    **meta: Any,
) -> Report:
    """Read one report from a path, from bytes, or from an open binary file.

    The format is found from the content. ``meta`` settles what the text does not say or says wrongly
    (``year=2024, region="望朔县"``). Raises a ``GovReportError`` that names the file and the remedy.

    >>> read("corpus/wangshuo-2024.txt").meta.year
    2024
    """
    return _assemble(sources.read(file, rules), rules, meta)


def parse(text: str, *, rules: Ruleset = SHIPPED, **meta: Any) -> Report:
    """Make a report of a text that is already decoded; ``meta`` as for ``read``.

    Raises ``LimitError`` for a text longer than any report, ``EncodingError`` for one that holds half a character.

    >>> parse("过去一年，我们新建学校3所。", year=2024).quantities[0].status
    'achievement'
    """
    return _assemble(sources.from_text(text, rules=rules), rules, meta)


def _assemble(source: Source, rules: Ruleset, meta: dict[str, Any]) -> Report:
    view = sources.fold(source, rules)
    doc = structure.build(source, view, rules, meta)
    # What an appended glossary says of its terms is no promise of the report.
    glossary = [view.span(n.start, n.end) for n in doc.nodes if n.kind == "glossary" and n.parent is None]
    named = slogans.extract(doc)
    # The numeral of a slogan (八项规定) counts nothing, quoted or not.
    counted = [(s.start, s.end) for s in named if not s.quoted and s.kind == "numeric"]
    report = Report(
        text=source.text,
        meta=doc.meta,
        root=_root(doc),
        boilerplate=source.boilerplate,
        bold=source.bold,
        quantities=_outside([*glossary, *counted], quantities.extract(doc)),
        relative_targets=_outside(glossary, relative.extract(doc)),
        slogans=_outside(glossary, named),
        projects=_outside(glossary, projects.extract(doc)),
    )
    doc.memo.clear()  # what is kept there refers to the document: without it, both go at once
    return report


def _outside(spans: list[tuple[int, int]], records: tuple[R, ...]) -> tuple[R, ...]:
    """The ``records`` that begin in none of ``spans``."""
    return tuple(r for r in records if not any(a <= r.start < b for a, b in spans)) if spans else records


def _root(doc: Document) -> Section:
    view, text = doc.view, doc.source.text
    sections, sentences = [], []
    for node in doc.nodes:
        start, end = view.span(node.start, node.end)
        sections.append(
            {
                "kind": node.kind,
                "number": node.number,
                "marker": node.marker,
                "title": node.title,
                "start": start,
                "end": end,
                "depth": node.depth,
                "parent": node.parent,
                "path": node.path,
                "scope": node.scope,
            }
        )
    for index, (start, end, section) in enumerate(doc.sentences):
        start, end = view.span(start, end)
        sentences.append(Sentence(index=index, start=start, end=end, text=text[start:end], section=section))
    return _plant({"start": 0, "end": len(text)}, sections, sentences)


def _plant(root: dict[str, int], sections: list[dict[str, Any]], sentences: list[Sentence]) -> Section:
    """The nested tree of flat sections, each of which names its parent by index."""
    own: dict[int | None, list[Sentence]] = {}
    for sentence in sentences:
        own.setdefault(sentence.section, []).append(sentence)
    below: dict[int | None, list[Section]] = {}
    for index in reversed(range(len(sections))):
        section = Section(
            **sections[index],
            sentences=tuple(own.get(index, ())),
            children=tuple(reversed(below.get(index, []))),
        )
        below.setdefault(section.parent, []).append(section)
    return Section(
        kind="root",
        number=None,
        marker="",
        title="",
        depth=0,
        parent=None,
        path="",
        scope=None,
        sentences=tuple(own.get(None, ())),
        children=tuple(reversed(below.get(None, []))),
        **root,
    )


def _walk(section: Section) -> Iterator[Section]:
    for child in section.children:
        yield child
        yield from _walk(child)
