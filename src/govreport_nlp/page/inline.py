"""Running text with marks: spans that nest or cross become elements that only nest."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from markupsafe import Markup, escape

from govreport_nlp.page.marks import Mark
from govreport_nlp.page.shown import shown
from govreport_nlp.tables import TABLES

_OPEN = Markup('<mark class="{}" id="{}" tabindex="0" title="{}">')
_REST = Markup('<mark class="{}" data-of="{}">')
_CLOSE = Markup("</mark>")
_STYLES = {"off": (Markup('<span class="off">'), Markup("</span>")), "bold": (Markup("<b>"), Markup("</b>"))}

# Start, minus the end, place in the order of marks: what begins first and, of those, what is longest is the outermost.
_Piece = tuple[int, int, int]


class Inline:
    """Writes a text from its begin to its end, piece by piece, with the marks that stand there.

    A mark is one element with its id. Where it crosses the end of another one or of a piece, it ends there and goes
    on in an element that names it in ``data-of``.
    """

    def __init__(
        self,
        text: str,
        marks: list[Mark],
        bold: Iterable[tuple[int, int]] = (),
        boilerplate: Iterable[tuple[int, int]] = (),
    ) -> None:
        self._text = shown(text)
        self._marks = marks
        self._waiting: list[_Piece] = [(mark.start, -mark.end, i) for i, mark in enumerate(marks)]
        heapq.heapify(self._waiting)
        self._styles = [(a, b, "off") for a, b in boilerplate] + [(a, b, "bold") for a, b in bold]
        self._styles.sort(reverse=True)

    def write(self, start: int, end: int) -> Markup:
        """The text from ``start`` to ``end``; what is before has been written already."""
        out: list[str] = []
        open_ends: list[int] = []
        at = start
        while self._waiting and self._waiting[0][0] < end:
            begin, minus, index = heapq.heappop(self._waiting)
            while open_ends and open_ends[-1] <= begin:
                at = self._words(out, at, open_ends.pop())
                out.append(_CLOSE)
            at = self._words(out, at, begin)
            stop = min(-minus, open_ends[-1] if open_ends else end)
            if stop < -minus:
                heapq.heappush(self._waiting, (stop, minus, index))
            out.append(self._opening(index, whole=begin == self._marks[index].start))
            open_ends.append(stop)
        while open_ends:
            at = self._words(out, at, open_ends.pop())
            out.append(_CLOSE)
        self._words(out, at, end)
        return Markup("".join(out))

    def _opening(self, index: int, *, whole: bool) -> str:
        mark = self._marks[index]
        kinds = " ".join(mark.kinds)
        if not whole:
            return _REST.format(kinds, mark.id)
        tip = "；".join(" ".join(filter(None, (TABLES[e.kind].zh, shown(e.name)))) for e in mark.entries)
        return _OPEN.format(kinds, mark.id, tip)

    def _words(self, out: list[str], start: int, end: int) -> int:
        """Write words without marks; bold ones and those that are not the report are told apart. ``end``."""
        styles = self._styles
        while start < end:
            while styles and styles[-1][1] <= start:
                styles.pop()
            begin, stop, style = styles[-1] if styles else (end, end, "")
            if begin >= end:
                break
            if start < begin:
                out.append(escape(self._text[start:begin]))
                start = begin
            before, after = _STYLES[style]
            stop = min(stop, end)
            out += (before, escape(self._text[start:stop]), after)
            start = stop
        if start < end:
            out.append(escape(self._text[start:end]))
        return max(start, end)
