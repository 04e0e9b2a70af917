"""Footnotes of a PDF: lines at the foot of a page, smaller than its text, of which the first bears a note's mark.

All measures are in points from the page's upper left corner; ``em`` is the size of the line's characters.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from govreport_nlp.source.pdf_lines import Char, Line

_SMALLER = 0.92  # of the size of most of the text
_RAISED = 0.2  # ems from the foot of the line to that of a raised figure, whose own size may be small
_BRACKETED = re.compile(r"[\[［〔【]([0-9]{1,3})[\]］〕】]")
_BEFORE_SPACE = re.compile(r"([0-9]{1,3})[\s\u3000.．、]")
_ENDS = ("。", "！", "？", "；", "”", "）")
_BARE = re.compile(r"([0-9]{1,3})(?![0-9])")
_CIRCLED = re.compile(r"[①-⑳]")


@dataclass(slots=True)
class Note:
    """A note: its number among all notes, the number that it bears on its page, and its lines without that."""

    number: int
    own: int
    page: int
    lines: list[Line] = field(default_factory=list)

    def text(self) -> str:
        return "".join(line.text() for line in self.lines).strip()


def part(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[Note]]:
    """The lines of each page that are its text, and the notes of all pages in order."""
    size = _usual_size(pages)
    bodies: list[list[Line]] = []
    notes: list[Note] = []
    for lines in pages:
        above, found = _notes(lines, size)
        below = {id(line) for note in found for line in note.lines}
        if above and notes and above[0].page == notes[-1].page + 1 and not notes[-1].text().endswith(_ENDS):
            notes[-1].lines += above  # it goes on at the foot of the next page
            below |= set(map(id, above))
        bodies.append([line for line in lines if id(line) not in below])
        notes += found
    if len({note.own for note in notes}) == len(notes):
        numbers: Iterable[int] = [note.own for note in notes]
    else:  # each page begins anew
        numbers = range(1, len(notes) + 1)
    for note, number in zip(notes, numbers, strict=True):
        note.number = number
        first = note.lines[0]
        length = _mark(first)[1] or len(str(note.own))
        note.lines[0] = Line(first.chars[length:] or first.chars, first.page).measure()
    return bodies, notes


def marks(line: Line) -> list[bool]:
    """Which characters are the mark of a note: figures set small and high behind what is no Latin letter (m², CO₂)."""
    found: list[bool] = []
    for i, char in enumerate(line.chars):
        small = char.font and char.size < 0.75 * line.em and char.text.isdigit()
        high = char.bottom < line.bottom - _RAISED * line.em
        behind = i > 0 and (found[-1] or not line.chars[i - 1].text.isascii())
        found.append(bool(small and high and behind))
    return found


def numbers(notes: Sequence[Note]) -> dict[tuple[int, int], int]:
    """By page and the number that a mark bears there, the number of the note that it stands for."""
    return {(note.page, note.own): note.number for note in notes}


def figure(text: str) -> int:
    """The number that a mark's characters write.

    >>> figure("12"), figure("③")
    (12, 3)
    """
    return int("".join(str(unicodedata.digit(char)) for char in text)) if text.isdigit() and len(text) < 4 else 0


def _usual_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.em, 1)] += len(line.chars)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _notes(lines: Sequence[Line], size: float) -> tuple[list[Line], list[Note]]:
    """The small lines above the first note at the foot of a page, and the notes; larger lines must stand above them.

    A note begins with a number that is set apart, or with one that a mark in the page's text bears.
    """
    foot: list[Line] = []
    for line in sorted(lines, key=lambda one: -one.top):
        if line.em >= _SMALLER * size:
            break
        foot.append(line)
    if len(foot) == len(lines):
        return [], []
    asked = {figure(mark) for line in lines if line.em >= _SMALLER * size for mark in _marks_of(line)}
    above: list[Line] = []
    notes: list[Note] = []
    for line in reversed(foot):
        own, _ = _mark(line)
        bare = _BARE.match(line.text())
        if not own and bare and int(bare[1]) in asked:
            own = int(bare[1])
        # A number at a line's start in mid-note is no mark: notes are numbered one after the other.
        if own and (not notes or own == notes[-1].own + 1):
            notes.append(Note(0, own, line.page, [line]))
        else:
            (notes[-1].lines if notes else above).append(line)
    return above, notes


def _marks_of(line: Line) -> list[str]:
    pairs = zip(line.chars, marks(line), strict=True)
    groups = itertools.groupby(pairs, key=itemgetter(1))
    return ["".join(char.text for char, _ in group) for is_mark, group in groups if is_mark]


def _mark(line: Line) -> tuple[int, int]:
    """The number of the mark that a line begins with, and how many characters it takes; 0 where there is none."""
    text = line.text()
    blank = len(text) - len(text.lstrip())
    if match := _BRACKETED.match(text, blank):
        return int(match[1]), match.end()
    if match := _CIRCLED.match(text, blank):
        return figure(match[0]), match.end()
    if match := _BEFORE_SPACE.match(text, blank):
        return int(match[1]), match.end()
    raised = _raised(line.chars[blank:], line)
    return figure(text[blank : blank + raised]), blank + raised


def _raised(chars: Sequence[Char], line: Line) -> int:
    """How many figures at the start are set small and high."""
    count = 0
    for char in chars:
        small = char.text.isdigit() and char.size < 0.8 * line.em
        if not small or char.bottom > line.bottom - _RAISED * line.em:
            break
        count += 1
    return count
