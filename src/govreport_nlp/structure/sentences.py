"""Where sentences end: at 。！？ or the line's end, after any closing quote or bracket."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govreport_nlp.structure.outline import Node, Span

# A short quotation is passed over whole, so that a 。 inside it does not cut the sentence that quotes;
# one that itself ends in 。” ends the sentence. Possessive throughout: linear in the text's length.
_QUOTED = r"“[^\n”]{0,120}+"
_SENTENCE = re.compile(
    rf"(?=\S)(?:[^\n。！？!?“]++|{_QUOTED}(?<![。！？!?])”|“(?!{_QUOTED}(?<=[。！？!?])”))*+"
    rf"(?:(?:[。！？!?]++|{_QUOTED}”)[”’」』》〉）)】〕］\"]*+)?+"
)


def split(text: str, nodes: Sequence[Node]) -> tuple[Span, ...]:
    """The sentences of ``text`` in order, each with the index of the section that holds it.

    ``nodes`` are the sections in order of appearance. Together the sentences cover all that is not space;
    none crosses the start of a section.

    >>> text = "甲。乙！”丙"
    >>> [text[start:end] for start, end, _ in split(text, ())]
    ['甲。', '乙！”', '丙']
    """
    spans = []
    opened = [node.start for node in nodes]
    opened.append(len(text))
    index = 0
    current: int | None = None
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        if start == end:
            continue
        while text[end - 1].isspace():
            end -= 1
        while (at := opened[index]) < end:
            if at > start:
                head = text[start:at].rstrip()
                if head:
                    spans.append(Span(start, start + len(head), _holder(nodes, current, start)))
                start = at
            current = index
            index += 1
        spans.append(Span(start, end, _holder(nodes, current, start)))
    return tuple(spans)


def _holder(nodes: Sequence[Node], index: int | None, start: int) -> int | None:
    """The innermost section that holds ``start``: the last one opened, or one of those around it."""
    while index is not None and nodes[index].end <= start:
        index = nodes[index].parent
    return index
