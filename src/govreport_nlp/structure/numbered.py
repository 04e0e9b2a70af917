"""Which markers at paragraph starts are headings, and where their titles end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from govreport_nlp.structure.headings import Heading, trimmed
from govreport_nlp.structure.markers import CHINESE_OF, Marker
from govreport_nlp.structure.paragraphs import Paragraph

_SENTENCE_END = re.compile(r"[。！？!?]")
_BREAKS = "。；;，,：:！？!? "
_LOOK_BACK = 8
_LONGEST_LONE = 40
_TEXT_BEHIND = 10
_DOTS = re.compile(r"(?:[.．…·]{3,}|…)\s*[0-9]{1,3}\Z")


def find(text: str, paragraphs: Sequence[Paragraph], markers: Mapping[int, Marker], body: int = 0) -> list[Heading]:
    """The numbered headings among ``paragraphs`` from the index ``body`` on, in order.

    An enumeration inside a paragraph (一是…；二是…。) is none, even where it opens the paragraph; styles that
    count only in runs of paragraphs need a neighbour in the counting.
    """
    places = [(i, markers[p.start]) for i, p in enumerate(paragraphs) if i >= body and p.start in markers]
    kept = []
    for at, (before, after) in enumerate(_neighbours([marker for _, marker in places])):
        i, marker = places[at]
        paragraph = paragraphs[i]
        if _DOTS.search(text, max(paragraph.start, paragraph.end - 12), paragraph.end):
            continue
        if _enumerates_inside(text, paragraph, marker, after):
            continue
        if marker.rule.run and not _counts_on(text, paragraphs, i, marker, before, after, first=at == 0):
            continue
        heading = _heading(text, paragraph, i, marker)
        if heading is not None:
            kept.append(heading)
    return kept


def title_end(text: str, start: int, end: int) -> int:
    """Where a title that begins at ``start`` ends: before the first 。！？, or with the paragraph."""
    match = _SENTENCE_END.search(text, start, end)
    return trimmed(text, start, match.start() if match else end)


def _heading(text: str, paragraph: Paragraph, index: int, marker: Marker) -> Heading | None:
    stop = title_end(text, marker.end, paragraph.end)
    if stop <= marker.end:
        return None
    alone = not text[stop : paragraph.end].strip("。！？!?：:；;，,.")
    return Heading(
        marker.rule.kind, marker.number, marker.start, marker.end, stop, marker.style, marker.rule.rank, index, alone
    )


def _neighbours(found: Sequence[Marker]) -> list[tuple[Marker | None, Marker | None]]:
    """For each marker the ones of its own style before and after it."""
    before: list[Marker | None] = []
    last: dict[str, Marker] = {}
    for marker in found:
        before.append(last.get(marker.style))
        last[marker.style] = marker
    after: list[Marker | None] = []
    following: dict[str, Marker] = {}
    for marker in reversed(found):
        after.append(following.get(marker.style))
        following[marker.style] = marker
    return list(zip(before, reversed(after), strict=True))


def _counting(text: str, marker: Marker, step: int) -> str | None:
    """The marker that comes ``step`` after this one, as it would be written: 一是 → 二是."""
    if marker.number is None or marker.number + step < 1:
        return None
    written = text[marker.start : marker.end].rstrip()
    number = marker.number + step
    if marker.rule.numeral == "chinese":
        return written.replace(CHINESE_OF[marker.number], CHINESE_OF.get(number, ""), 1)
    if marker.rule.numeral == "arabic":
        return re.sub(r"[0-9０-９]+", str(number), written, count=1)
    return chr(ord(written[0]) + step)


def _enumerates_inside(text: str, paragraph: Paragraph, marker: Marker, after: Marker | None) -> bool:
    """Whether the paragraph itself goes on counting (一是…；二是…), and no later paragraph does."""
    following = _counting(text, marker, 1)
    if following is None or (after is not None and marker.number is not None and after.number == marker.number + 1):
        return False
    at = text.find(following, marker.end, paragraph.end)
    return at > 0 and text[at - 1] in _BREAKS


def _leads_alone(text: str, paragraphs: Sequence[Paragraph], index: int, marker: Marker) -> bool:
    """Whether a first marker that nothing follows opens a short sentence with its text behind (一是稳住农业。推广…)."""
    end = paragraphs[index].end
    stop = _SENTENCE_END.search(text, marker.end, end)
    if stop is None or stop.start() - marker.end > _LONGEST_LONE or end - stop.end() < _TEXT_BEHIND:
        return False
    counted = CHINESE_OF[2]
    later = paragraphs[min(index + _LOOK_BACK, len(paragraphs) - 1)].end
    return not any(text.find(counted + verb, marker.end, later) >= 0 for verb in "是要")


def _counts_on(
    text: str,
    paragraphs: Sequence[Paragraph],
    index: int,
    marker: Marker,
    before: Marker | None,
    after: Marker | None,
    first: bool,
) -> bool:
    """Whether a marker has its neighbour: the next number in a later paragraph, or the one before it anywhere.

    The ``first`` heading of a text may be one that began before it: a fragment that opens with 六是.
    """
    number = marker.number or 0
    if after is not None and after.number == number + 1:
        return True
    if number == 1 and marker.rule.lone and _leads_alone(text, paragraphs, index, marker):
        return True
    if number == 1 or first:
        return first and number > 1
    if before is not None and before.number == number - 1:
        return True
    previous = _counting(text, marker, -1)
    since = paragraphs[max(index - _LOOK_BACK, 0)].start
    return previous is not None and text.rfind(previous, since, marker.start) >= 0
