"""The appended glossary: its title, and one entry a term."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.structure.headings import PART_RANK, Heading
from govreport_nlp.structure.paragraphs import Paragraph
from govreport_nlp.structure.patterns import compiled

_NUMBER = re.compile(r"[^0-9]{0,3}([0-9]{1,3})")
_QUOTED = re.compile(r"“([^“”]*)”\Z")
_LONGEST_TITLE = 24
_FIRST_WITHIN = 6


class GlossaryRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a glossary and its entries open; the keys are explained at the head of rules/glossary.toml."""

    finds: Literal["title", "term", "unnamed", "closes"]
    pattern: str


class Glossary(NamedTuple):
    """The headings of a glossary, and the indices of the first paragraph of it and of the first after it."""

    headings: tuple[Heading, ...]
    first: int
    after: int


@functools.lru_cache(maxsize=8)
def _compiled(rules: Ruleset) -> dict[str, tuple[re.Pattern[str], ...]]:
    found: dict[str, list[re.Pattern[str]]] = {"title": [], "term": [], "unnamed": [], "closes": []}
    for rule in rules.load("glossary.toml", GlossaryRule):
        found[rule.finds].append(compiled("glossary.toml", rule.id, rule.pattern))
    return {name: tuple(patterns) for name, patterns in found.items()}


def find(text: str, paragraphs: Sequence[Paragraph], body: int, rules: Ruleset) -> Glossary | None:
    """The glossary of a report, or None: the last line that is a glossary's title with terms below it."""
    patterns = _compiled(rules)
    for i in range(len(paragraphs) - 1, body - 1, -1):
        start, end = paragraphs[i]
        if end - start > _LONGEST_TITLE:
            continue
        match = _first(patterns["title"], text, start, end)
        if match is None:
            continue
        entries, after = _entries(text, paragraphs, i + 1, patterns)
        if entries:
            a, b = match.span("title")
            title = Heading("glossary", None, start, a, b, "glossary", PART_RANK, i, True)
            return Glossary((title, *entries), i, after)
    return None


def term(text: str, start: int, end: int, inner: int, rules: Ruleset) -> tuple[int, int] | None:
    """The place of the term that the note ``text[start:end]`` explains; None where it explains without naming.

    ``inner`` is where the note's text begins, behind its number.
    """
    patterns = _compiled(rules)
    if _first(patterns["unnamed"], text, inner, end):
        return None
    match = _first(patterns["term"], text, start, end)
    return None if match is None else _inside_quotes(text, *match.span("term"))


def _inside_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    quoted = _QUOTED.match(text, start, end)
    return quoted.span(1) if quoted else (start, end)


def _first(patterns: Sequence[re.Pattern[str]], text: str, start: int, end: int) -> re.Match[str] | None:
    return next((m for p in patterns if (m := p.match(text, start, end))), None)


def _entries(
    text: str, paragraphs: Sequence[Paragraph], first: int, patterns: dict[str, tuple[re.Pattern[str], ...]]
) -> tuple[list[Heading], int]:
    entries: list[Heading] = []
    for i in range(first, len(paragraphs)):
        start, end = paragraphs[i]
        if _first(patterns["closes"], text, start, end):
            return entries, i
        match = _first(patterns["term"], text, start, end)
        if match is None:
            if not entries and i >= first + _FIRST_WITHIN:
                return entries, i
            continue
        a, b = _inside_quotes(text, *match.span("term"))
        number = _NUMBER.match(text, start, match.start("term"))
        entries.append(
            Heading("glossary", int(number[1]) if number else None, start, a, b, "term", PART_RANK + 1, i, False)
        )
    return entries, len(paragraphs)
