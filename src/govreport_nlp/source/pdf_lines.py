"""From placed characters to lines: rows as the file writes them, and rows that it keeps apart put together.

All measures are in points from the page's upper left corner; ``em`` is the size of the line's characters.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

_LATIN = re.compile(r"[A-Za-z0-9]")


class Char(NamedTuple):
    """A character with its box; ``font`` is "" where the reader made it up (a space between words)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str
    bold: bool


@dataclass(slots=True)
class Line:
    """A row of characters that belong together."""

    chars: list[Char]
    page: int
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    em: float = 0.0
    column: tuple[float, float] = (0.0, 0.0)  # left and right edge of the column that it stands in

    def measure(self) -> Line:
        ink = [c for c in self.chars if c.text.strip()] or self.chars
        self.left = min(c.left for c in ink)
        self.right = max(c.right for c in ink)
        self.top = min(c.top for c in ink)
        self.bottom = max(c.bottom for c in ink)
        self.em = median(c.size or c.bottom - c.top for c in ink) or 1.0
        return self

    def text(self) -> str:
        return "".join(c.text for c in self.chars)


def rows(chars: list[Char], page: int) -> list[Line]:
    """Characters on one height, in the order of the file, broken where they jump back or far ahead."""
    lines: list[Line] = []
    current: list[Char] = []
    for char in chars:
        if not char.font:  # a made-up space has no reliable place
            if current and char.text == " ":
                current.append(char._replace(left=current[-1].right, right=current[-1].right))
            continue
        if current:
            last = next((c for c in reversed(current) if c.font), current[-1])
            em = max(last.size, char.size, last.bottom - last.top, 1.0)
            middle = (char.top + char.bottom) / 2
            same = last.top - 0.3 * em < middle < last.bottom + 0.3 * em
            if same and char.text == last.text and abs(char.left - last.left) < 0.15 * em and char.text not in "—…":
                continue  # printed twice to look bold; a double dash may be one glyph
            if not same or char.left < last.left - 0.5 * em or char.left > last.right + 1.5 * em:
                lines.append(Line(current, page).measure())
                current = []
        current.append(char)
    if current:
        lines.append(Line(current, page).measure())
    for line in lines:
        line.chars = _spaced(line.chars)
    return [line for line in lines if line.text().strip()]


def _spaced(chars: list[Char]) -> list[Char]:
    """Made-up spaces stay between Latin words only: Chinese set wide is no row of words."""
    out: list[Char] = []
    for i, char in enumerate(chars):
        if char.text == " " and not char.font:
            after = next((c.text for c in chars[i + 1 :] if c.text != " "), "")
            before = out[-1].text if out else ""
            if not (_LATIN.match(before) and _LATIN.match(after)) or before.isdigit() or after.isdigit():
                continue
        out.append(char)
    return out


def merged(lines: list[Line]) -> list[Line]:
    """Lines from top to bottom; runs that the file keeps apart though they stand in one row as one line."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: x.top + x.bottom):
        last = rows[-1][-1] if rows else None
        if last is not None and min(last.bottom, line.bottom) - max(last.top, line.top) > 0.5 * min(last.em, line.em):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_one(sorted(row, key=lambda x: x.left)) for row in rows]


def _one(row: list[Line]) -> Line:
    """A row's runs as one line, with a tab where there is room for more than a word's space.

    What a file sets in another font, quotation marks mostly, it may write after the rest of the row, into gaps left
    for it: then places tell the order.
    """
    if len(row) == 1:
        return row[0]
    if any(b.left < a.right - 0.5 * min(a.em, b.em) for a, b in itertools.pairwise(row)):
        return Line(_by_place(row), row[0].page).measure()
    chars: list[Char] = []
    for i, line in enumerate(row):
        if i and line.left - row[i - 1].right > 1.5 * line.em:
            chars.append(line.chars[0]._replace(text="\t", font="", bold=False))
        chars += line.chars
    return Line(chars, row[0].page).measure()


def _by_place(row: list[Line]) -> list[Char]:
    """The characters of a row from left to right, spaces that the reader made up behind what they stood behind."""
    placed: list[tuple[float, int, Char]] = []
    for line in row:
        at = line.left
        for char in line.chars:
            at = (char.left + char.right) / 2 if char.font else at
            placed.append((at, len(placed), char))
    return [char for _, _, char in sorted(placed)]
