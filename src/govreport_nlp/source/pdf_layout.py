"""From placed characters to text: reading order, columns and running heads of the lines of pdf_lines.

All measures are in points from the page's upper left corner; ``em`` is the size of the line's characters.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping
from operator import itemgetter
from statistics import median

from govreport_nlp.source import pdf_lines, pdf_notes, pdf_paragraphs
from govreport_nlp.source.builder import Builder
from govreport_nlp.source.characters import exchange
from govreport_nlp.source.pdf_lines import Char, Line
from govreport_nlp.source.pdf_paragraphs import Paragraph
from govreport_nlp.source.wraps import Lines

_MARGIN = 0.11  # of the page's height, above and below: where running heads and page numbers stand
_BARE_NUMBER = re.compile(r"\d{1,4}$")
_DIGITS = re.compile(r"\d+")
_TERMINAL = frozenset("。！？：；!?;:…”")


def lay_out(pages: list[list[Char]], page_number: re.Pattern[str], opening: Lines) -> Builder:
    """The text of ``pages``, a paragraph a line, in reading order; running heads and page numbers as boilerplate.

    ``opening`` are the patterns of what a line is by the way it opens, for where its place does not tell.
    """
    pages = _without_common_bold(pages)
    rows = [pdf_lines.rows(chars, number) for number, chars in enumerate(pages)]
    marginal = _marginal(rows, pages, page_number)
    in_order = [_in_order([line for line in lines if id(line) not in marginal]) for lines in rows]
    bodies, notes = pdf_notes.part(in_order)
    numbers = pdf_notes.numbers(notes)
    ordered = list(itertools.chain.from_iterable(bodies))
    leading = _leading(ordered)
    builder = Builder()
    waiting: list[Line] = []
    at_margin = [line for lines in rows for line in lines if id(line) in marginal]
    for paragraph in pdf_paragraphs.paragraphs(ordered, leading, opening):
        # What stands in the margins comes before the paragraph that follows it, never inside one.
        first = paragraph.lines[0]
        waiting = [line for line in at_margin if _before(line, first)]
        at_margin = at_margin[len(waiting) :]
        _write_marginal(builder, waiting)
        _write(builder, paragraph, numbers)
    _write_marginal(builder, at_margin)
    for note in notes:
        start = builder.length
        builder.add(f"[{note.number}] {note.text()}")
        builder.notes.append((start, builder.length))
        builder.end_line()
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
        rows = pdf_lines.merged(lines)
        for line in rows:
            line.column = (left, right)
        return rows
    ordered: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])

    def flush() -> None:
        for side in sides:
            side = pdf_lines.merged(side)
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


def _leading(lines: list[Line]) -> float:
    """The usual distance from line to line."""
    steps = [
        b.top - a.top
        for a, b in itertools.pairwise(lines)
        if a.page == b.page and a.column == b.column and b.top > a.top
    ]
    return median(steps) if steps else 0.0


def _write(builder: Builder, paragraph: Paragraph, notes: Mapping[tuple[int, int], int]) -> None:
    """The paragraph as one line; a note's mark in it as the note's number, in brackets as other formats have it."""
    for i, line in enumerate(paragraph.lines):
        chars = [*line.chars]
        if i:
            before = paragraph.lines[i - 1].text().rstrip()[-1:]
            after = line.text().lstrip()[:1]
            if before.isascii() and after.isascii() and before.isalpha() and after.isalpha():
                builder.add(" ")
        run: list[str] = []
        bold = False
        for is_mark, group in itertools.groupby(zip(chars, pdf_notes.marks(line), strict=True), key=itemgetter(1)):
            if is_mark:
                builder.add("".join(run), bold)
                run = []
                mark = "".join(char.text for char, _ in group)
                number = notes.get((line.page, pdf_notes.figure(mark)))
                mark = mark if number is None else f"[{number}]"
                builder.boilerplate.append((builder.length, builder.length + len(mark)))
                builder.add(mark)
                continue
            for char, _ in group:
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
