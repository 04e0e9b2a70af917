"""Headings without a number that fill a line: main parts ("过去五年工作回顾") and subsections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence

from govreport_nlp.rules import Ruleset
from govreport_nlp.structure import scopes
from govreport_nlp.structure.headings import LINE_RANK, PART_RANK, Heading, unnumbered
from govreport_nlp.structure.paragraphs import Paragraph

_RUNS_ON = "。！？!?；;：:，,、…—”’）)》"
_NO_OPENING = "，、；：。）”’》】—…%"
_SHORTEST, _LONGEST = 4, 40
_LONGEST_OVER_LIST = 24
_TEXT_BELOW = 30
_CLAUSES = re.compile(r"[。！？!?；;：:，,、…—”’）)》]")
_PARTS = "cn_comma"
_LISTS = frozenset({"ar_dot", "ar_round", "ar_half", "circled"})


def find(
    text: str,
    paragraphs: Sequence[Paragraph],
    body: int,
    numbered: Sequence[Heading],
    skipped: frozenset[int],
    rules: Ruleset,
) -> list[Heading]:
    """The unnumbered heading lines from the paragraph with the index ``body`` on, outside the glossaries ``skipped``.

    A line that names a time and looks back or ahead is a part, unless numbered parts (一、二、…) do; so is one over a
    numbering (一、) that begins again. Any other short line without the end of a sentence is a subsection, if it stands
    over a longer paragraph, or as one of several over lists that begin again (① …).
    """
    at = {h.paragraph for h in numbered}
    parts_numbered = any(
        h.kind == "part" and scopes.is_part_line(text[h.title_start : h.title_end], rules) for h in numbered
    )
    begins = _beginnings(numbered)
    first_part = min((h.paragraph for h in numbered if h.kind == "part"), default=len(paragraphs))
    lists = _over_lists(text, paragraphs, begins, at, body)
    first_skipped = min(skipped, default=len(paragraphs))
    found = []
    held = False
    for i in range(body, len(paragraphs)):
        start, end = paragraphs[i]
        if i not in skipped and i not in at and (appendix := _appendix(text, paragraphs, i, skipped, rules)):
            found.append(appendix)
            continue
        if i in at or i in skipped or not _SHORTEST - 1 <= end - start <= _LONGEST:
            continue
        if scopes.is_part_before_colon(text[start:end], rules):
            end -= 1
        if text[end - 1] in _RUNS_ON:
            continue
        line = text[start:end]
        opens = scopes.is_part_line(line, rules, always=parts_numbered)
        if not opens and begins.get(i + 1) == _PARTS:
            opens = scopes.is_part_over_numbers(line, rules)
        held = held or opens
        below = text[slice(*paragraphs[i + 1])] if i + 1 < len(paragraphs) else ""
        if not opens and i < first_part and scopes.opens_review(line, below, rules):
            # The other parts are numbered (二、…): they stand beside it.
            found.append(unnumbered("part", _PARTS, PART_RANK + 1, i, start, end, True))
        elif opens or (i in lists and not held and first_part == len(paragraphs)):
            found.append(unnumbered("part", "part_line", PART_RANK, i, start, end, True))
        elif i in lists or (i < first_skipped and _stands_over_text(text, paragraphs, i, at)):
            found.append(unnumbered("subsection", "line", LINE_RANK, i, start, end, True))
    return found


def _beginnings(numbered: Sequence[Heading]) -> dict[int, str]:
    """Where a numbering begins that begins more than once: the paragraphs, each with the style."""
    first = [h for h in numbered if h.number == 1]
    seen = Counter(h.style for h in first)
    return {h.paragraph: h.style for h in first if seen[h.style] > 1}


def _over_lists(
    text: str, paragraphs: Sequence[Paragraph], begins: Mapping[int, str], headed: Container[int], body: int
) -> frozenset[int]:
    """The short lines that stand over lists of one style that begin again under each."""
    over: dict[str, list[int]] = {}
    for below, style in begins.items():
        i = below - 1
        if style not in _LISTS or i < body or i in headed:
            continue
        start, end = paragraphs[i]
        if _SHORTEST <= end - start <= _LONGEST_OVER_LIST and not _CLAUSES.search(text, start, end):
            over.setdefault(style, []).append(i)
    return frozenset(i for lines in over.values() if len(lines) > 1 for i in lines)


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
