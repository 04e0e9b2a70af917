"""What stands in the file but is not the report: found line by line, by wording and by place.

The wording stands in rules/boilerplate.toml. The place is told by the report itself: it opens with its title
(or the salutation) and ends with its last sentence; before and after, more is taken for foreign than inside.
"""

from __future__ import annotations

import functools
import re
from typing import Literal, NamedTuple

from govreport_nlp.rules import SHIPPED, Rule, Ruleset
from govreport_nlp.source.builder import Span, merge
from govreport_nlp.source.characters import exchange
from govreport_nlp.source.document import Source
from govreport_nlp.source.wraps import Lines, patterns

_LINE = re.compile(r"[^\s\x00\u200b\ufeff](?:[^\n\r]*[^\s\x00\u200b\ufeff])?")
_BARE_NUMBER = re.compile(r"\d{1,3}$")
_SENTENCE_END = frozenset("。！？；：!?;:…”")
_BARE_TITLE = 7  # characters: a longer title names a year or a place
_CLOSED = frozenset("。！？!")
_LONG = 40
_FOLLOWING_SHARE = 0.1


class Boilerplate(Rule, frozen=True, kw_only=True):
    """Foreign matter by its wording; see rules/boilerplate.toml."""

    part: Literal["any", "edge", "head", "tail", "inside"]
    pattern: str
    ends: bool = False
    alone: bool = False


class Patterns(NamedTuple):
    """One compiled pattern a part; ``edge`` includes ``any``, ``head`` and ``tail`` both."""

    any: re.Pattern[str]
    edge: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]
    ends: re.Pattern[str]
    alone: re.Pattern[str]
    inside: tuple[re.Pattern[str], ...]  # one a rule: each is found faster alone than in an alternation


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    body: bool  # a long sentence or more, not a label
    sentence: bool  # closed as sentences are


@functools.lru_cache(maxsize=8)
def compiled(rules: Ruleset = SHIPPED) -> Patterns:
    """The compiled rules of rules/boilerplate.toml."""
    entries = rules.load("boilerplate.toml", Boilerplate)

    def joined(chosen: list[Boilerplate]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{e.pattern})" for e in chosen) or "(?!)")

    return Patterns(
        any=joined([e for e in entries if e.part == "any"]),
        edge=joined([e for e in entries if e.part in ("any", "edge")]),
        head=joined([e for e in entries if e.part in ("any", "edge", "head")]),
        tail=joined([e for e in entries if e.part in ("any", "edge", "tail")]),
        ends=joined([e for e in entries if e.ends]),
        alone=joined([e for e in entries if e.alone]),
        inside=tuple(re.compile(e.pattern) for e in entries if e.part == "inside"),
    )


def mark(source: Source, rules: Ruleset = SHIPPED) -> Source:
    """``source`` with all its boilerplate, what its reader found and what the wording tells.

    >>> from govreport_nlp.source.document import Source
    >>> mark(Source("各位代表：\\n- 2 -\\n现在报告工作。", "txt", "a.txt")).boilerplate
    ((6, 11),)
    """
    flat = exchange(source.text, rules)
    known, lookup = compiled(rules), patterns(rules)
    lines = _lines(flat, source.boilerplate)
    spans: list[Span] = list(source.boilerplate)
    first = _first_body(lines, lookup)
    last, end = _last_body(lines, first, known)
    opening = _opening(lines, first, known, lookup)
    addressed = first < len(lines) and bool(lookup.salutation.match(lines[first].text))
    label = known.head if addressed else known.edge
    following = False
    for i, line in enumerate(lines):
        if i < first:
            foreign = (i < opening and not line.body) or _is_label(line, label, lookup)
        elif i <= last:
            foreign = len(line.text) < 200 and bool(known.any.match(line.text))
        else:
            if len(line.text) <= _LONG and lookup.annex.match(line.text):
                end, following = len(lines), False  # the report goes on
                continue
            foreign = i >= end or bool(known.tail.match(line.text)) or (following and not line.sentence)
            following = foreign and (following or not known.alone.match(line.text))
        if foreign:
            spans.append((line.start, line.end))
    pages = _page_numbers(lines, first, last, known)
    spans += [(lines[i].start, lines[i].end) for i in [*pages, *_running_heads(lines, pages, lookup)]]
    spans += [m.span() for pattern in known.inside for m in pattern.finditer(flat)]
    return source._replace(boilerplate=merge(spans))


def _lines(flat: str, cut: tuple[Span, ...]) -> list[_Line]:
    """The lines without white space around them, without those that are known to be foreign."""
    lines = []
    at = 0
    for match in _LINE.finditer(flat):
        start, end = match.span()
        while at < len(cut) and cut[at][1] <= start:
            at += 1
        if at < len(cut) and cut[at][0] <= start and end <= cut[at][1]:
            continue
        text = match.group()
        body = len(text) >= _LONG and ("。" in text or text[-1] in _SENTENCE_END or ("，" in text and len(text) > 80))
        lines.append(_Line(start, end, text, body, body or (len(text) > 8 and text[-1] in _CLOSED)))
    return lines


def _first_body(lines: list[_Line], lookup: Lines) -> int:
    """The salutation, or the first sentence where none comes before it."""
    sentence = next((i for i, line in enumerate(lines) if line.body), len(lines))
    salutation = next((i for i, line in enumerate(lines) if lookup.salutation.match(line.text)), len(lines))
    # A few lines of sentences (a note by the editors) may stand before the salutation; a whole report does not.
    return salutation if salutation < sentence + 4 else sentence


def _last_body(lines: list[_Line], first: int, known: Patterns) -> tuple[int, int]:
    """The last sentence of the report, and the line that says that the report has ended (if need be past the last)."""
    sizes = [len(line.text) if line.body else 0 for line in lines]
    total = sum(sizes)
    end = len(lines)
    rest = 0
    for i in range(len(lines) - 1, first, -1):
        rest += sizes[i]
        if rest > _FOLLOWING_SHARE * total + 400:
            break
        if known.ends.match(lines[i].text):
            end = i
    for i in range(end - 1, first, -1):
        if lines[i].sentence and not known.tail.match(lines[i].text):
            return i, end
    return min(first, end - 1), end


def _opening(lines: list[_Line], first: int, known: Patterns, lookup: Lines) -> int:
    """The line that the report opens with: the first title that names a year or a place, else the last bare title
    (menus have it too) with those before it that only labels part from it."""
    titles = [i for i in range(first) if lookup.title.match(lines[i].text)]
    if not titles:
        return 0
    named = [i for i in titles if len("".join(lines[i].text.split())) > _BARE_TITLE]
    if named:
        return named[0]
    opening = titles[-1]
    for i in range(opening - 1, -1, -1):
        text = lines[i].text
        if i in titles:
            opening = i
        elif not known.edge.match(text) and not _is_opening(text, lookup):
            break
    return opening


def _is_opening(text: str, lookup: Lines) -> bool:
    return len(text) <= 120 and bool(
        lookup.title.match(text) or lookup.occasion.match(text) or lookup.speaker.match(text)
    )


def _is_label(line: _Line, pattern: re.Pattern[str], lookup: Lines) -> bool:
    return not line.body and bool(pattern.match(line.text)) and not _is_opening(line.text, lookup)


def _page_numbers(lines: list[_Line], first: int, last: int, known: Patterns) -> list[int]:
    """Lines that number the pages: by their form, or bare numbers of which at least three count on."""
    pages = [i for i, line in enumerate(lines) if len(line.text) < 30 and known.alone.match(line.text)]
    run: list[int] = []
    for i in range(first, last + 1):
        if not _BARE_NUMBER.match(lines[i].text):
            continue
        if run and int(lines[i].text) != int(lines[run[-1]].text) + 1:
            run = []
        run.append(i)
        if len(run) >= 3:
            pages += run if len(run) == 3 else run[-1:]
    return sorted(set(pages))


def _running_heads(lines: list[_Line], pages: list[int], lookup: Lines) -> list[int]:
    """Labels that stand beside page numbers again and again."""
    beside: dict[str, list[int]] = {}
    numbers = set(pages)
    for page in pages:
        for i in (page - 1, page + 1):
            if 0 <= i < len(lines) and not lines[i].sentence and i not in numbers:
                beside.setdefault(lines[i].text, []).append(i)
    return [
        i
        for text, places in beside.items()
        if len(places) >= 2 and len(text) <= 40 and not _is_text(text, lookup)
        for i in places
    ]


def _is_text(text: str, lookup: Lines) -> bool:
    return bool(lookup.salutation.match(text) or lookup.marker.match(text) or lookup.enumerator.match(text))
