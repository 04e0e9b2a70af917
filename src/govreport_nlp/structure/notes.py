"""Footnotes and endnotes that a format keeps apart (Word): a glossary after the body, each note tied to its term."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from govreport_nlp.rules import Ruleset
from govreport_nlp.source.document import Source, View
from govreport_nlp.structure import glossary
from govreport_nlp.structure.glossary import Glossary
from govreport_nlp.structure.headings import PART_RANK, Heading
from govreport_nlp.structure.paragraphs import Paragraph

_MARK = re.compile(r"\[([0-9]{1,4})\]")
_NOTE = re.compile(r"\[([0-9]{1,4})\]\s?")
_BEFORE = re.compile(r"[“《]([^“”《》\n]{1,40})\Z")
_REACH = 48


def find(source: Source, view: View, paragraphs: Sequence[Paragraph], rules: Ruleset) -> Glossary | None:
    """The notes of a source as a glossary without a title, or None where it has none.

    The term is the one that the note itself explains ("[2] 三进三送：进村…"), else the quoted expression that its
    mark stands at; a note without either has an empty title.
    """
    if not source.notes:
        return None
    first, after = (_at(view, paragraphs, offset) for offset in (source.notes[0][0], source.notes[-1][1]))
    if first >= after:
        return None
    marks = _marks(source, source.notes[0][0])
    start = paragraphs[first].start
    headings = [Heading("glossary", None, start, start, start, "glossary", PART_RANK, first, True)]
    for i in range(first, after):
        note = _NOTE.match(view.text, *paragraphs[i])
        if note is None:
            continue  # a further paragraph of the note before
        quoted = _quoted_at(view, marks[note[1]]) if note[1] in marks else None
        own = glossary.term(view.text, paragraphs[i].start, paragraphs[i].end, note.end(), rules)
        if quoted and (own is None or not _alike(view.text[slice(*own)], quoted)):
            a = b = note.end()
        else:
            (a, b), quoted = own or (note.end(), note.end()), None
        title = "" if a == b and not quoted else quoted
        headings.append(
            Heading("glossary", int(note[1]), paragraphs[i].start, a, b, "term", PART_RANK + 1, i, False, title)
        )
    return Glossary(tuple(headings), first, after)


def _at(view: View, paragraphs: Sequence[Paragraph], offset: int) -> int:
    """The index of the first paragraph that begins at the source's ``offset`` or behind it."""
    at = offset if view.offsets is None else bisect_left(view.offsets, offset)
    return bisect_left(paragraphs, at, key=lambda p: p.start)


def _marks(source: Source, end: int) -> dict[str, int]:
    """Where in the body the notes' marks stand, which the reader gave as boilerplate."""
    found: dict[str, int] = {}
    for a, b in source.boilerplate:
        if a < end:
            for mark in _MARK.finditer(source.text, a, b):
                found.setdefault(mark[1], mark.start())
    return found


def _quoted_at(view: View, offset: int) -> str | None:
    """The quoted expression that ends right before ``offset`` of the source, or right behind it."""
    at = offset if view.offsets is None else bisect_left(view.offsets, offset)
    if view.text[at - 1 : at] in ("”", "》"):
        at -= 1
    elif view.text[at : at + 1] not in ("”", "》"):
        return None
    match = _BEFORE.search(view.text, max(at - _REACH, 0), at)
    return match[1] if match else None


def _alike(a: str, b: str) -> bool:
    """Whether two names of a term share two characters in a row."""
    return any(b[i : i + 2] in a for i in range(len(b) - 1)) or a == b
