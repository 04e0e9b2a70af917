"""Headings that a source sets in bold: leads at a paragraph's start or in its middle, and whole paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence
from typing import NamedTuple

from govreport_nlp.source.document import View
from govreport_nlp.structure.headings import LEAD_RANK, LINE_RANK, Heading, trimmed, unnumbered
from govreport_nlp.structure.paragraphs import Paragraph

_SENTENCE_END = re.compile(r"[。！？!?]")
_FIGURE = re.compile(r"[0-9](?:%|个百分点|[万亿元])")
_SHORTEST, _LONGEST = 3, 70
_LONGEST_INSIDE = 40
_HABIT = 3


class Run(NamedTuple):
    """A bold run within one paragraph of the view, without the space around it."""

    paragraph: int
    start: int
    end: int


def runs(view: View, spans: Sequence[tuple[int, int]], paragraphs: Sequence[Paragraph]) -> list[Run]:
    """The source's bold ``spans`` in the view, cut at paragraphs and joined where they touch."""
    found: list[Run] = []
    starts = [p.start for p in paragraphs]
    for a, b in spans:
        start, end = _in_view(view, a), _in_view(view, b)
        i = max(bisect_right(starts, start) - 1, 0)
        while i < len(paragraphs) and paragraphs[i].start < end:
            low, high = max(start, paragraphs[i].start), min(end, paragraphs[i].end)
            if low < high:
                if found and found[-1].paragraph == i and found[-1].end >= low:
                    found[-1] = found[-1]._replace(end=max(high, found[-1].end))
                else:
                    found.append(Run(i, low, high))
            i += 1
    return found


def _in_view(view: View, offset: int) -> int:
    return offset if view.offsets is None else bisect_left(view.offsets, offset)


def find(
    text: str, paragraphs: Sequence[Paragraph], body: int, found_runs: Sequence[Run], headed: Container[int]
) -> list[Heading]:
    """The unnumbered headings among the bold runs, outside the paragraphs ``headed`` that open with a marker.

    A run is a heading when it begins a paragraph or follows the end of a sentence, and ends a sentence or the
    paragraph itself; bold words inside a sentence are emphasis, and so is a bold sentence that states figures.
    """
    headings = []
    for run in found_runs:
        i, start, end = run
        paragraph = paragraphs[i]
        if i < body:
            continue
        opens = start == paragraph.start
        if (opens and i in headed) or not (opens or text[start - 1] in "。！？!?；;”"):
            continue
        match = _SENTENCE_END.search(text, start, end)
        stop = trimmed(text, start, match.start() if match else end)
        follows = text[stop : stop + 1] if stop < paragraph.end else ""
        if not _SHORTEST <= stop - start <= _LONGEST or follows not in ("", "。", "！", "？", "!", "?"):
            continue
        if not opens and (not follows or stop - start > _LONGEST_INSIDE or _FIGURE.search(text, start, stop)):
            continue
        alone = opens and stop + len(follows) >= paragraph.end
        style, rank = ("line", LINE_RANK) if alone else ("lead", LEAD_RANK)
        headings.append(unnumbered("subsection", style, rank, i, start, stop, alone))
    return headings


def decides(headings: Sequence[Heading]) -> bool:
    """Whether a document sets its leads in bold, so that what is not bold is none."""
    return len(headings) >= _HABIT


def title_end(text: str, found_runs: Sequence[Run], start: int, stop: int) -> int:
    """Where the title of a numbered heading ends: with the bold run that covers its start, if that ends earlier."""
    at = bisect_right(found_runs, start, key=lambda run: run.start) - 1
    run = found_runs[at] if at >= 0 else None
    return trimmed(text, start, run.end) if run is not None and start < run.end < stop else stop
