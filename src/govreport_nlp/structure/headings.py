"""A heading before it has its place in the tree."""

from __future__ import annotations

from typing import NamedTuple

from govreport_nlp.model import SectionKind

# How deep a heading stands where nothing else tells (those of numbered styles are in rules/markers.toml).
PART_RANK = 0
DASH_RANK = 9
LINE_RANK = 10
LEAD_RANK = 11

_TRAILING = "：:；;，,、。. \t\u3000\xa0"


class Heading(NamedTuple):
    """A heading found in the view.

    ``start`` is that of the marker or, without one, of the title; headings of one ``style`` are siblings; ``rank``
    says how deep a style stands; ``paragraph`` is the index of its paragraph, ``alone`` whether it fills that.
    ``title`` is given where the title does not stand there: a footnote's term is in the body.
    """

    kind: SectionKind
    number: int | None
    start: int
    title_start: int
    title_end: int
    style: str
    rank: int
    paragraph: int
    alone: bool
    title: str | None = None


def trimmed(text: str, start: int, stop: int) -> int:
    """The end of the title ``text[start:stop]`` without the signs and spaces that close it.

    >>> trimmed("稳住就业：", 0, 5)
    4
    """
    while stop > start and text[stop - 1] in _TRAILING:
        stop -= 1
    return stop


def unnumbered(kind: SectionKind, style: str, rank: int, paragraph: int, start: int, end: int, alone: bool) -> Heading:
    """A heading without a marker whose title is the view's ``text[start:end]``."""
    return Heading(kind, None, start, start, end, style, rank, paragraph, alone)
