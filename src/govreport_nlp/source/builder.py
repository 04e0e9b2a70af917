"""Collects extracted text piece by piece, with the spans that stand beside it."""

from __future__ import annotations

import re

from govreport_nlp.source.document import Source

Span = tuple[int, int]
_SPAN_LINE = re.compile(r"[^\s\x00](?:[^\n]*[^\s\x00])?")


class Builder:
    """Text with its bold, heading, note and boilerplate spans, in the order in which a reader meets it.

    >>> b = Builder()
    >>> b.add("稳增长。", bold=True); b.add("全力稳住大盘。"); b.end_line()
    >>> b.source("html", "a.html").bold
    ((0, 4),)
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.bold: list[Span] = []
        self.heading: list[Span] = []
        self.notes: list[Span] = []
        self.boilerplate: list[Span] = []

    def add(self, text: str, bold: bool = False) -> None:
        """Append ``text``; it may hold newlines."""
        if not text:
            return
        start = self.length
        self._parts.append(text)
        self.length += len(text)
        if bold:
            self.bold.append((start, self.length))

    def end_line(self) -> None:
        """Append the newline that ends a paragraph."""
        self.add("\n")

    def text(self) -> str:
        """All that was added so far."""
        whole = "".join(self._parts)
        self._parts = [whole]
        return whole

    def source(self, format: str, name: str) -> Source:
        """What was collected, without a newline at the very end."""
        text = self.text()
        if text.endswith("\n"):
            text = text[:-1]
        return Source(
            text=text,
            format=format,
            name=name,
            bold=tidy(text, self.bold),
            heading=tidy(text, self.heading),
            boilerplate=merge(self.boilerplate),
            notes=tidy(text, self.notes, lines=False),
        )


def tidy(text: str, spans: list[Span], lines: bool = True) -> tuple[Span, ...]:
    """``spans`` in order, split at line ends, without white space at their edges; neighbours become one.

    >>> tidy("稳 增长\\n好", [(0, 1), (2, 6)])
    ((0, 4), (5, 6))
    """
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    out = []
    for start, end in merged:
        if not lines:
            inside = text[start:end]
            kept = inside.strip()
            if kept:
                first = start + inside.index(kept)
                out.append((first, first + len(kept)))
            continue
        out += [m.span() for m in _SPAN_LINE.finditer(text, start, min(end, len(text)))]
    return tuple(out)


def merge(spans: list[Span]) -> tuple[Span, ...]:
    """``spans`` in order, overlapping ones as one, empty ones left out."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        elif end > start:
            out.append((start, end))
    return tuple(out)
