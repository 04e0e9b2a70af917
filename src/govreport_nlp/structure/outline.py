"""The tree while it is being built, in the coordinates of the folded view."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from govreport_nlp.model import Meta, SectionKind
from govreport_nlp.rules import Ruleset
from govreport_nlp.source.document import Source, View


@dataclass(slots=True)
class Node:
    """A heading and all that it holds; offsets are the view's.

    ``start`` is that of the marker or, without one, of the title; ``end`` the end of all that it holds.
    """

    kind: SectionKind
    number: int | None
    marker: str
    title: str
    start: int
    title_start: int
    title_end: int
    end: int
    depth: int = 0
    parent: int | None = None
    scope: str | None = None
    path: str = ""
    children: list[int] = field(default_factory=list)


class Span(NamedTuple):
    """A sentence in the view; ``section`` is the index of its node, or None."""

    start: int
    end: int
    section: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """All that the extractors need to know: the view, the tree, the sentences, the meta data.

    ``sentences`` are in order and do not overlap. Headings' own text is covered by sentences too
    (a title is a sentence of its section). ``memo`` keeps what several extractors need and one of them made.
    """

    source: Source
    view: View
    nodes: tuple[Node, ...]
    sentences: tuple[Span, ...]
    meta: Meta
    rules: Ruleset
    memo: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
