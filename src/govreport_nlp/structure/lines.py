"""Headings without a number that fill a line: main parts ("过去五年工作回顾") and subsections."""

from __future__ import annotations

from collections.abc import Container, Sequence

from govreport_nlp.rules import Ruleset
from govreport_nlp.structure import scopes
from govreport_nlp.structure.headings import LINE_RANK, PART_RANK, Heading, unnumbered
from govreport_nlp.structure.paragraphs import Paragraph

_RUNS_ON = "。！？!?；;：:，,、…—”’）)》"
_NO_OPENING = "，、；：。）”’》】—…%"
_SHORTEST, _LONGEST = 4, 40
_TEXT_BELOW = 30


def find(
    text: str,
    paragraphs: Sequence[Paragraph],
    body: int,
    numbered: Sequence[Heading],
    skipped: frozenset[int],
    rules: Ruleset,
) -> list[Heading]:
    """The unnumbered heading lines from the paragraph with the index ``body`` on, outside the glossaries ``skipped``.

    A line that names a time and looks back or ahead is a part, unless numbered parts (一、二、…) do; any other short
    line without the end of a sentence is a subsection, if it stands over a longer paragraph.
    """
    at = {h.paragraph for h in numbered}
    parts_numbered = any(
        h.kind == "part" and scopes.is_part_line(text[h.title_start : h.title_end], rules) for h in numbered
    )
    first_skipped = min(skipped, default=len(paragraphs))
    found = []
    for i in range(body, len(paragraphs)):
        start, end = paragraphs[i]
        if i not in skipped and i not in at and (appendix := _appendix(text, paragraphs, i, skipped, rules)):
            found.append(appendix)
            continue
        if i in at or i in skipped or not _SHORTEST - 1 <= end - start <= _LONGEST or text[end - 1] in _RUNS_ON:
            continue
        if scopes.is_part_line(text[start:end], rules, always=parts_numbered):
            found.append(unnumbered("part", "part_line", PART_RANK, i, start, end, True))
        elif i < first_skipped and _stands_over_text(text, paragraphs, i, at):
            found.append(unnumbered("subsection", "line", LINE_RANK, i, start, end, True))
    return found


def _stands_over_text(text: str, paragraphs: Sequence[Paragraph], i: int, headed: Container[int]) -> bool:
    start, end = paragraphs[i]
    if end - start < _SHORTEST or text[start] in _NO_OPENING or not "\u4e00" <= text[end - 1] <= "\u9fff":
        return False
    before, after = i - 1, i + 1
    if after >= len(paragraphs) or after in headed:
        return False
    if before >= 0 and before not in headed and text[paragraphs[before].end - 1] not in "。！？!?：:”）":
        return False
    below = paragraphs[after]
    return below.end - below.start > max(_TEXT_BELOW, end - start) and text[below.end - 1] in "。！？!?”）：；"


def _appendix(
    text: str, paragraphs: Sequence[Paragraph], i: int, skipped: frozenset[int], rules: Ruleset
) -> Heading | None:
    """The appendix that the line opens: 附件1, and its title in the line below."""
    start, end = paragraphs[i]
    if i + 1 >= len(paragraphs) or i + 1 in skipped or not scopes.is_appendix_line(text[start:end], rules):
        return None
    below = paragraphs[i + 1]
    if below.end - below.start > _LONGEST or text[below.end - 1] in _RUNS_ON:
        return unnumbered("part", "part_line", PART_RANK, i, start, end, True)
    return Heading("part", None, start, below.start, below.end, "part_line", PART_RANK, i + 1, True)
