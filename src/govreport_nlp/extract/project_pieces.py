"""The pieces that a list of names is cut into."""

from __future__ import annotations

from govreport_nlp.extract.project_lexicon import LISTED, Lexicon

Span = tuple[int, int]

ADJACENT = "”“"
"""Two quotations side by side, which stand in a list without a mark."""


def after_attributes(masked: str, start: int, end: int, lex: Lexicon) -> int:
    """Where a name begins behind what it costs or how large it is: 投资3亿元的〔柳塘大桥〕."""
    for told in lex.shapes["shape.attribute"].finditer(masked, start, end):
        if told.end() < end:
            start = told.end()
    return start


def pieces(masked: str, start: int, end: int, lex: Lexicon, *, paid: bool) -> list[Span]:
    """What stands between the marks of a list; ``paid`` where sums may stand before the names."""
    spans = _marked(masked, start, end)
    return _paid(masked, spans, lex) if paid else spans


def _marked(masked: str, start: int, end: int) -> list[Span]:
    beside = masked.find(ADJACENT, start, end) >= 0
    if not beside and masked.find(LISTED, start, end) < 0:
        return [(start, end)] if end > start else []
    spans: list[Span] = []
    at = start
    while at <= end:
        cut = masked.find(LISTED, at, end)
        cut = end if cut < 0 else cut
        after = cut + 1
        if beside and (edge := masked.find(ADJACENT, at, cut)) >= 0:
            # “…工程”“…工程”
            cut = after = edge + 1
        if cut > at:
            spans.append((at, cut))
        at = after
    return spans


def _paid(masked: str, spans: list[Span], lex: Lexicon) -> list[Span]:
    """``spans`` cut before a 和 behind which a sum begins a further name: 双塔大厦〔和投资3亿元的〕青石馆."""
    found: list[Span] = []
    for start, end in spans:
        for sum_ in lex.shapes["shape.and_invested"].finditer(masked, start + 2, end):
            found.append((start, sum_.start()))
            start = sum_.start() + len(sum_["joint"])
        found.append((start, end))
    return found
