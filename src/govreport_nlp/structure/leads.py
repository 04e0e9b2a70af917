"""Unnumbered leads in plain text: a short clause at a paragraph's start that behaves like its neighbours."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.structure.paragraphs import Paragraph

_CLAUSE = re.compile(r"([^\n。！？!?；;：:]{4,33})。")
_LINE = re.compile(r"[^\n。！？!?；;：:]{4,64}。")
_FIGURE = re.compile(r"[0-9](?:[0-9.]*(?:%|个百分点|[万亿]|元|人|户|公里|吨|亩|平方|[0-9]年))")
_QUOTED = re.compile(r"“[^”\n]*”")
_LONGEST_WEAK = 26
_LONGEST_LINE = 50
_TEXT_BELOW = 40
# Two leads among many paragraphs of running text are chance.
_SHARE = 0.3
# Where so many of a group have the words of a lead, a first or last clause without them is an aphorism.
_MOST = 0.6


class LeadRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that make or unmake a lead; the keys are explained at the head of rules/leads.toml."""

    effect: Literal["opens", "closes", "sure", "bars", "holds", "goes_on", "comments"]
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()


class Lead(NamedTuple):
    """A lead of the paragraph with index ``paragraph``: the title is ``text[start:end]``.

    ``alone`` says that it fills its line.
    """

    paragraph: int
    start: int
    end: int
    alone: bool


class Candidate(NamedTuple):
    """A clause that has the form of a lead; ``strong`` if it has the words of one too."""

    lead: Lead
    strong: bool

    @property
    def length(self) -> int:
        return self.lead.end - self.lead.start


class _Words(NamedTuple):
    opens: re.Pattern[str]
    closes: re.Pattern[str]
    sure: re.Pattern[str]
    bars: re.Pattern[str]
    holds: re.Pattern[str]
    goes_on: re.Pattern[str]
    comments: re.Pattern[str]
    unless: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def _words(rules: Ruleset) -> _Words:
    lists: dict[str, list[str]] = {name: [] for name in _Words._fields}
    for rule in rules.load("leads.toml", LeadRule):
        lists[rule.effect].extend(rule.words)
        lists["unless"].extend(rule.unless)
    patterns = {name: _any_of(words) for name, words in lists.items()}
    for end in ("closes", "sure"):
        patterns[end] += r"\Z"
    return _Words(**{name: re.compile(pattern) for name, pattern in patterns.items()})


def _any_of(words: Sequence[str]) -> str:
    longest_first = sorted({re.escape(word) for word in words}, key=len, reverse=True)
    return "(?:" + "|".join(longest_first) + ")" if longest_first else r"(?!)"


def find(text: str, paragraphs: Sequence[Paragraph], group: Sequence[int], rules: Ruleset) -> list[Lead]:
    """The leads among the paragraphs of one group: those that stand together under one heading.

    ``group`` holds their indices in order. A clause is a lead by its words (a task's verb before it, a result's
    predicate behind it) and by its neighbours: at least two of a group are leads, or none but those that are sure by
    themselves; a clause without such words is one where it is as long as one that has them, or where paragraphs in a
    row look alike.

    >>> from govreport_nlp.rules import SHIPPED
    >>> from govreport_nlp.structure.paragraphs import split
    >>> text = "稳住粮食生产。落实种粮补贴。\\n办好乡村学校。新建校舍两处。\\n人勤春来早。我们要抓紧。"
    >>> [text[lead.start : lead.end] for lead in find(text, split(text), [0, 1, 2], SHIPPED)]
    ['稳住粮食生产', '办好乡村学校']
    """
    known = {i: c for i in group if (c := candidate(text, rules, paragraphs[i], i)) is not None}
    lines = _over_text(text, paragraphs, group, known)
    taken = {i for lead in lines for i in (lead.paragraph, lead.paragraph + 1)}
    rest = [i for i in group if i not in taken]
    found = [known[i] for i in rest if i in known]
    strong = [c for c in found if c.strong]
    sure = _words(rules).sure
    kept = [*_in_rows(found, rest), *(c.lead for c in found if sure.search(text, c.lead.start, c.lead.end))]
    if len(strong) >= 3 or (len(strong) == 2 and len(found) >= _SHARE * len(rest) and _comparable(strong)):
        lengths = {c.length + d for c in strong for d in (-1, 0, 1)}
        alike = len(found) >= len(rest) - 1
        edges = (rest[0], rest[-1]) if len(strong) >= _MOST * len(rest) else ()
        kept += [c.lead for c in strong]
        kept += [
            c.lead for c in found if (alike or c.length in lengths) and not (c.lead.paragraph in edges and not c.strong)
        ]
    return sorted({*lines, *kept})


def _in_rows(found: Sequence[Candidate], group: Sequence[int]) -> list[Lead]:
    """Leads that paragraphs in a row show: three or more whose first clauses are equally long, whatever their words,
    or all that stand between two headings, if all have the words of a lead.
    """
    kept: list[Lead] = []
    members = set(group)
    row: list[Candidate] = []
    for c in [*found, None]:
        if row and (c is None or c.lead.paragraph != row[-1].lead.paragraph + 1):
            whole = row[0].lead.paragraph - 1 not in members and row[-1].lead.paragraph + 1 not in members
            words = all(r.strong for r in row) and _comparable(row)
            if (len(row) >= 3 and _even(row, 3)) or (whole and len(row) >= 2 and (words or _even(row, 2))):
                kept += [r.lead for r in row]
            row = []
        if c is not None:
            row.append(c)
    return kept


def candidate(text: str, rules: Ruleset, paragraph: Paragraph | None = None, index: int = 0) -> Candidate | None:
    """The clause that opens a paragraph (or all of ``text``), if it has the form of a lead and more text follows."""
    start, end = paragraph or (0, len(text))
    match = _CLAUSE.match(text, start, end)
    if match is None or match.end() == end:
        return None
    words = _words(rules)
    title = match[1]
    if words.bars.match(title) or words.goes_on.match(text, match.end()):
        return None
    if _FIGURE.search(_QUOTED.sub("", title)):
        return None
    if words.holds.search(words.unless.sub("", title)):
        return None
    strong = bool(words.opens.match(title) or words.closes.search(title))
    if not strong and (len(title) > _LONGEST_WEAK or words.comments.match(text, match.end())):
        return None
    return Candidate(Lead(index, match.start(1), match.end(1), False), strong)


def _even(found: Sequence[Candidate], spread: int) -> bool:
    lengths = [c.length for c in found]
    return max(lengths) - min(lengths) <= spread


def _comparable(found: Sequence[Candidate]) -> bool:
    lengths = [c.length for c in found]
    return max(lengths) <= 3 * min(lengths)


def _over_text(
    text: str, paragraphs: Sequence[Paragraph], group: Sequence[int], known: Mapping[int, Candidate]
) -> list[Lead]:
    """Sentences that each fill a line over a longer paragraph, where half of the group is made of such pairs.

    A line over a paragraph that has a shorter lead of its own is the introduction of leads.
    """
    members = set(group)
    pairs = []
    clean = introductions = 0
    for i in group:
        if i + 1 not in members or not (match := _LINE.fullmatch(text, *paragraphs[i])):
            continue
        start, end = match.span()
        below = paragraphs[i + 1]
        long = below.end - below.start
        if long < max(_TEXT_BELOW, 3 * (end - start) // 2):
            continue
        if long < 3 * (end - start) and _LINE.fullmatch(text, *below):
            continue
        if len(_FIGURE.findall(text, start, end)) > 1:
            continue
        pairs.append(Lead(i, start, end - 1, True))
        own = known.get(i + 1)
        if own is not None and own.strong and own.length < end - 1 - start:
            introductions += 1
        elif end - start <= _LONGEST_LINE:
            clean += 1
    return pairs if clean >= 2 and clean >= 2 * introductions and 4 * len(pairs) >= len(group) else []
