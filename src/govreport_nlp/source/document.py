"""What a reader hands on: the text with its bold spans and its boilerplate, and the folded view of it."""

from __future__ import annotations

from array import array
from typing import NamedTuple


class Source(NamedTuple):
    """A decoded document.

    ``bold`` is None where the format cannot say (plain text), else the bold spans of ``text``;
    ``heading`` likewise for paragraphs set as headings. ``boilerplate`` are the spans that are not the report.
    ``notes`` are the footnotes' and endnotes' own texts, which stand after the body.
    """

    text: str
    format: str
    name: str
    bold: tuple[tuple[int, int], ...] | None = None
    heading: tuple[tuple[int, int], ...] = ()
    boilerplate: tuple[tuple[int, int], ...] = ()
    notes: tuple[tuple[int, int], ...] = ()


class View:
    """The text as the rules read it, with the way back to the source's offsets.

    In the view, digits and punctuation are folded, spaces inside numbers and words are gone, lines broken in
    mid-sentence are joined, and boilerplate is left out. ``offsets[i]`` is the place in the source of
    ``text[i]``; None where both agree.
    """

    __slots__ = ("offsets", "source_text", "text")

    def __init__(self, text: str, source_text: str, offsets: array[int] | None = None) -> None:
        self.text = text
        self.source_text = source_text
        self.offsets = offsets

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of ``text[start:end]``, which must not be empty."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1

    def original(self, start: int, end: int) -> str:
        """The source's own text of ``text[start:end]``."""
        a, b = self.span(start, end)
        return self.source_text[a:b]
