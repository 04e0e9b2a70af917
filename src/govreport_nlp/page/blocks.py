"""The text as paragraphs and headings: which lines belong together, and which words are a section's title."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govreport_nlp.report import Report


class Heading(NamedTuple):
    """The marker and title of a section, with what closes them."""

    start: int
    end: int
    section: int
    depth: int


class Block(NamedTuple):
    """Lines that are one paragraph, or the blank ones between two; ``headings`` are those within."""

    start: int
    end: int
    headings: tuple[Heading, ...] = ()


def headings(report: Report) -> list[Heading]:
    """The headings of all sections, in order."""
    sections = report.sections
    found = []
    for index, section in enumerate(sections):
        following = sections[index + 1].start if index + 1 < len(sections) else len(report.text)
        stop = min(section.end, following)
        first = next((s.end for s in section.sentences if s.start <= section.start < s.end), stop)
        at = report.text.find(section.title, section.start, stop)
        if at >= 0:
            end = at + len(section.title)
            end = first if first == end + 1 else end  # with the full stop of a heading that is a sentence
        else:  # written with other digits or blanks
            line = report.text.find("\n", section.start, stop)
            end = min(first, line if line >= 0 else stop)
        found.append(Heading(section.start, end, index, section.depth))
    return found


def blocks(report: Report, found: Iterable[Heading], places: Iterable[tuple[int, int]]) -> Iterator[Block]:
    """The whole text block by block, each up to its last line's end; what is between two is the end of a line.

    A line goes on in the next where a sentence, a heading or one of ``places`` does.
    """
    text = report.text
    spans = [(s.start, s.end) for s in report.sentences]
    headed = list(found)
    within: set[int] = set()
    for start, end in (*spans, *((h.start, h.end) for h in headed), *places):
        at = text.find("\n", start, end)
        while at >= 0:
            within.add(at)
            at = text.find("\n", at + 1, end)
    starts = [h.start for h in headed]
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        while end in within:
            end = text.find("\n", end + 1)
        end = len(text) if end < 0 else end
        here = headed[bisect_left(starts, start) : bisect_left(starts, max(end, start + 1))]
        yield Block(start, end, tuple(here))
        start = end + 1
