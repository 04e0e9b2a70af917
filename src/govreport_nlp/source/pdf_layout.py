"""From placed characters to paragraphs: lines, columns, running heads, and lines that go on in the next.

All measures are in points from the page's upper left corner; ``em`` is the size of the line's characters.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from govreport_nlp.source.builder import Builder
from govreport_nlp.source.characters import exchange
from govreport_nlp.source.wraps import Lines

_MARGIN = 0.11  # of the page's height, above and below: where running heads and page numbers stand
_FRONT = 12  # lines
_LONGEST_TITLE = 50
_BARE_NUMBER = re.compile(r"\d{1,4}$")
_DIGITS = re.compile(r"\d+")
_TERMINAL = frozenset("。！？：；!?;:…”")
_NO_START = frozenset("，。、；：！？）》”’％")
_OPENERS = frozenset("“‘（《")
_QUOTES = frozenset("“”‘’")
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


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line] = field(default_factory=list)


def lay_out(pages: list[list[Char]], page_number: re.Pattern[str], opening: Lines) -> Builder:
    """The text of ``pages``, a paragraph a line, in reading order; running heads and page numbers as boilerplate.

    ``opening`` are the patterns of what a line is by the way it opens, for where its place does not tell.
    """
    pages = _without_common_bold(pages)
    rows = [_rows(chars, number) for number, chars in enumerate(pages)]
    marginal = _marginal(rows, pages, page_number)
    ordered: list[Line] = []
    for lines in rows:
        ordered += _in_order([line for line in lines if id(line) not in marginal])
    leading = _leading(ordered)
    builder = Builder()
    waiting: list[Line] = []
    at_margin = [line for lines in rows for line in lines if id(line) in marginal]
    for paragraph in _paragraphs(ordered, leading, opening):
        # What stands in the margins comes before the paragraph that follows it, never inside one.
        first = paragraph.lines[0]
        waiting = [line for line in at_margin if _before(line, first)]
        at_margin = at_margin[len(waiting) :]
        _write_marginal(builder, waiting)
        _write(builder, paragraph)
    _write_marginal(builder, at_margin)
    return builder


def _before(line: Line, other: Line) -> bool:
    return (line.page, line.top) < (other.page, other.top)


def _without_common_bold(pages: list[list[Char]]) -> list[list[Char]]:
    """A font that sets most of the text stands out nowhere."""
    counts = Counter(c.font for chars in pages for c in chars if c.font)
    if not counts:
        return pages
    common, many = counts.most_common(1)[0]
    if many < 0.5 * counts.total():
        return pages
    return [[c._replace(bold=False) if c.font == common else c for c in chars] for chars in pages]


def _rows(chars: list[Char], page: int) -> list[Line]:
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


def _marginal(rows: list[list[Line]], pages: list[list[Char]], page_number: re.Pattern[str]) -> set[int]:
    """Lines above or below the text that number the pages or come again on others."""
    found: set[int] = set()
    seen: dict[str, list[Line]] = {}
    bottoms = [max((c.bottom for c in chars), default=0.0) for chars in pages]
    tops = [min((c.top for c in chars), default=0.0) for chars in pages]
    height = max(bottoms, default=0.0) + min(tops, default=0.0)
    for lines in rows:
        inner = sorted(lines, key=lambda x: x.top)
        for line in [*inner[:2], *inner[2:][-2:]]:
            if _MARGIN * height < line.top and line.bottom < (1 - _MARGIN) * height:
                continue
            text = "".join(line.text().split())
            if _BARE_NUMBER.match(text) or (len(text) <= 16 and page_number.match(exchange(text))):
                found.add(id(line))
            else:
                seen.setdefault(_DIGITS.sub("0", text), []).append(line)
    for text, again in seen.items():
        on = {line.page for line in again}
        level = max(line.top for line in again) - min(line.top for line in again) < 3  # at one height on all pages
        enough = max(2 if level else 3, 0.3 * len(rows))
        if len(on) >= enough and len(text) <= 60 and text[-1] not in _TERMINAL:
            found.update(id(line) for line in again)
    return found


def _in_order(lines: list[Line]) -> list[Line]:
    """Lines in reading order: down the page, or down one column and then the other between lines across both."""
    if not lines:
        return []
    left, right = min(x.left for x in lines), max(x.right for x in lines)
    gutter = _gutter(lines, left, right)
    if gutter is None:
        rows = _merged(lines)
        for line in rows:
            line.column = (left, right)
        return rows
    ordered: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])

    def flush() -> None:
        for side in sides:
            side = _merged(side)
            if side:
                edges = (min(x.left for x in side), max(x.right for x in side))
                for line in side:
                    line.column = edges
            ordered.extend(side)
        sides[0].clear()
        sides[1].clear()

    for line in sorted(lines, key=lambda x: x.top):
        reach = 1.5 * line.em  # a mark of punctuation may hang out of its column
        if line.left < gutter - reach and line.right > gutter + reach:
            flush()
            line.column = (left, right)
            ordered.append(line)
        else:
            sides[line.left + line.right >= 2 * gutter].append(line)
    flush()
    return ordered


def _gutter(lines: list[Line], left: float, right: float) -> float | None:
    """Where an empty strip parts two columns, if enough lines stand on either side and few go across."""
    if len(lines) < 8:
        return None
    em = median(x.em for x in lines)
    best: tuple[int, float] | None = None
    for step in range(30, 71, 2):
        x = left + (right - left) * step / 100
        across = sum(line.left < x + 0.3 * em and line.right > x - 0.3 * em for line in lines)
        if best is None or across < best[0]:
            best = (across, x)
    if best is None or best[0] > 0.2 * len(lines):
        return None
    on_left = [line for line in lines if line.right <= best[1] + em]
    on_right = [line for line in lines if line.left >= best[1] - em]
    fill = 0.3 * (right - left)
    wide = [sum(line.right - line.left > fill for line in side) for side in (on_left, on_right)]
    return best[1] if min(len(on_left), len(on_right)) >= 4 and min(wide) >= 3 else None


def _merged(lines: list[Line]) -> list[Line]:
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


def _leading(lines: list[Line]) -> float:
    """The usual distance from line to line."""
    steps = [
        b.top - a.top
        for a, b in itertools.pairwise(lines)
        if a.page == b.page and a.column == b.column and b.top > a.top
    ]
    return median(steps) if steps else 0.0


def _paragraphs(lines: list[Line], leading: float, opening: Lines) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    for i, line in enumerate(lines):
        if i < _FRONT and (_opens_front(line, opening) or (paragraphs and _is_title(paragraphs[-1], opening))):
            paragraphs.append(_Paragraph([line]))
        elif paragraphs and _goes_on(paragraphs[-1], line, leading) and not _opens_anew(paragraphs[-1], line, opening):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(_Paragraph([line]))
    return paragraphs


def _goes_on(paragraph: _Paragraph, line: Line, leading: float) -> bool:
    """Whether ``line`` is the next line of ``paragraph``: the last one is full, and this one is neither indented,
    nor of another size, nor set off by more than the usual distance."""
    last = paragraph.lines[-1]
    text = last.text().rstrip()
    em = last.em
    if not 0.85 < line.em / em < 1.18:
        return False
    room = last.column[1] - last.right
    full = room < 2.2 * em or (room < _unbroken(line) + 1.2 * em and text[-1] not in _TERMINAL)
    indent = line.left - line.column[0]
    if last.page == line.page and last.column == line.column and line.top - last.top > 1.5 * leading + 0.2 * em:
        return False
    if indent > 1.2 * em:  # but the rest of a centred line is centred
        return full and text[-1] not in _TERMINAL and _centred(line)
    if full:
        return not _centred(last) or text[-1] not in _TERMINAL
    first = line.text().lstrip()[:1]
    return first in _NO_START or text[-1] in "，、《“（"


def _opens_front(line: Line, opening: Lines) -> bool:
    """Whether a line is one of those that centred stand over a report, each a paragraph: title, occasion, speaker."""
    text = exchange(line.text()).strip()
    return any(p.match(text) for p in (opening.title, opening.occasion, opening.speaker))


def _is_title(paragraph: _Paragraph, opening: Lines) -> bool:
    text = exchange("".join(line.text() for line in paragraph.lines)).strip()
    return len(text) <= _LONGEST_TITLE and opening.title.match(text) is not None


def _opens_anew(paragraph: _Paragraph, line: Line, opening: Lines) -> bool:
    """Whether a sentence ended and ``line`` opens in bold, or with a number or a dash; words that count go on too."""
    last = paragraph.lines[-1]
    if last.text().rstrip()[-1:] not in _TERMINAL:
        return False
    if line.chars[0].bold and not last.chars[-1].bold:
        return True
    text = exchange(line.text()).lstrip()
    counted = opening.enumerator.match(text) and not "\u4e00" <= text[0] <= "\u9fff"
    return bool(counted or opening.marker.match(text))


def _unbroken(line: Line) -> float:
    """How wide that is at the line's beginning which is never broken: a number, a word, and the signs behind it."""
    width, last = 0.0, ""
    for char in line.chars:
        latin = char.text.isascii() and char.text != " "
        joined = char.text in _NO_START or char.text in _QUOTES or (latin and (last.isascii() or last in _NO_START))
        joined = joined or last in _OPENERS
        if last and not joined:
            break
        width, last = char.right - line.left, char.text
    return width


def _centred(line: Line) -> bool:
    left, right = line.left - line.column[0], line.column[1] - line.right
    return left > 2.5 * line.em and abs(left - right) < 1.5 * line.em


def _write(builder: Builder, paragraph: _Paragraph) -> None:
    for i, line in enumerate(paragraph.lines):
        chars = [*line.chars]
        if i:
            before = paragraph.lines[i - 1].text().rstrip()[-1:]
            after = line.text().lstrip()[:1]
            if before.isascii() and after.isascii() and before.isalpha() and after.isalpha():
                builder.add(" ")
        run: list[str] = []
        bold = False
        for char in chars:
            if char.bold != bold and char.text.strip():
                builder.add("".join(run), bold)
                run, bold = [], char.bold
            run.append(char.text)
        builder.add("".join(run), bold)
    builder.end_line()


def _write_marginal(builder: Builder, lines: list[Line]) -> None:
    for line in lines:
        start = builder.length
        builder.add(line.text().strip())
        builder.boilerplate.append((start, builder.length))
        builder.end_line()
