"""The front matter of a report and where its body begins; the paragraphs that turn back to its hearers."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.source import wraps
from govreport_nlp.structure.paragraphs import Paragraph
from govreport_nlp.structure.patterns import compiled

_WITHIN = 60
_LONGEST_BEFORE = 160
_TITLE_WITHIN = 20
_LONGEST_HEAD = 60


class OpeningRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a line of the opening reads; the keys are explained at the head of rules/opening.toml."""

    finds: Literal["salutation", "title", "returns"]
    pattern: str


class Opening(NamedTuple):
    """``title`` is the index of the title's paragraph, or None; ``body`` that of the body's first paragraph.

    ``addressed`` says that a salutation comes before the body.
    """

    title: int | None
    body: int
    addressed: bool


@functools.lru_cache(maxsize=8)
def _compiled(rules: Ruleset) -> dict[str, tuple[re.Pattern[str], ...]]:
    found: dict[str, list[re.Pattern[str]]] = {"salutation": [], "title": [], "returns": []}
    for rule in rules.load("opening.toml", OpeningRule):
        found[rule.finds].append(compiled("opening.toml", rule.id, rule.pattern))
    return {name: tuple(patterns) for name, patterns in found.items()}


def find(text: str, paragraphs: Sequence[Paragraph], rules: Ruleset) -> Opening:
    """Where the front matter of ``text`` ends: after its salutation, else after its title, else at once.

    >>> from govreport_nlp.rules import SHIPPED
    >>> from govreport_nlp.structure.paragraphs import split
    >>> text = "政府工作报告\\n（2031年1月5日）\\n各位代表：\\n现在报告工作。"
    >>> find(text, split(text), SHIPPED)
    Opening(title=0, body=3, addressed=True)
    """
    patterns = _compiled(rules)
    title: int | None = None
    body: int | None = None
    for i, (start, end) in enumerate(paragraphs[:_WITHIN]):
        if any(p.match(text, start, end) for p in patterns["salutation"]):
            whole = any((m := p.match(text, start, end)) and m.end() == end for p in patterns["salutation"])
            body = i + 1 if whole else i
            break
        if end - start > _LONGEST_BEFORE:
            break
        if title is None and i < _TITLE_WITHIN and any(p.match(text, start, end) for p in patterns["title"]):
            title = i
    addressed = body is not None
    if body is None:
        body = 0 if title is None else _after_heads(text, paragraphs, title + 1, rules)
    return Opening(title, body, addressed)


def _after_heads(text: str, paragraphs: Sequence[Paragraph], i: int, rules: Ruleset) -> int:
    """The first paragraph from ``i`` on that tells neither the occasion nor the speaker."""
    lookup = wraps.patterns(rules)
    while i < len(paragraphs):
        start, end = paragraphs[i]
        line = text[start:end]
        if len(line) > _LONGEST_HEAD or not any(p.match(line) for p in (lookup.occasion, lookup.speaker)):
            break
        i += 1
    return i


def title_of(text: str, paragraph: Paragraph, rules: Ruleset) -> str:
    """The title in its paragraph, without the occasion that may share the line.

    >>> from govreport_nlp.rules import SHIPPED
    >>> line = "政府工作报告（摘要）——2031年1月5日在苇渡市第九届人民代表大会第三次会议上"
    >>> title_of(line, Paragraph(0, len(line)), SHIPPED)
    '政府工作报告（摘要）'
    """
    start, end = paragraph
    found = (pattern.match(text, start, end) for pattern in _compiled(rules)["title"])
    return next((match.group() for match in found if match), text[start:end])


def returns(text: str, paragraphs: Sequence[Paragraph], body: int, rules: Ruleset) -> frozenset[int]:
    """The indices of the paragraphs that turn back to the hearers and so leave the area before them."""
    patterns = _compiled(rules)["returns"]
    return frozenset(
        i for i in range(body, len(paragraphs)) if any(p.match(text, paragraphs[i].start) for p in patterns)
    )
