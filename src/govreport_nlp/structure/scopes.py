"""Whether a title looks back ("review"), ahead ("plan"), or at what is wrong ("problems")."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal

from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.structure.outline import Node
from govreport_nlp.structure.patterns import compiled

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年")
_LONGEST_LINE = 36
_LONGEST_MARK = 8
_COLONS = ("：", ":")
_BEGINNING = 1500
_OF_TEXTS = frozenset({"review_opens", "review_text", "plan_text"})
_CLAUSES = re.compile(r"[。！？；：，,;:]|、\Z")


class ScopeRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of a title that tell its direction; the keys are explained at the head of rules/scopes.toml."""

    tells: Literal[
        "review", "plan", "problems", "time", "opens", "appendix", "colon", "review_opens", "review_text", "plan_text"
    ]
    pattern: str


@functools.lru_cache(maxsize=8)
def _compiled(rules: Ruleset) -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = rules.load("scopes.toml", ScopeRule)
    return tuple((rule.tells, compiled("scopes.toml", rule.id, rule.pattern)) for rule in entries)


@functools.lru_cache(maxsize=8)
def _troubles(rules: Ruleset) -> tuple[re.Pattern[str], ...]:
    return tuple(pattern for tells, pattern in _compiled(rules) if tells == "problems")


def _told(title: str, rules: Ruleset) -> set[str]:
    return {tells for tells, pattern in _compiled(rules) if tells not in _OF_TEXTS and pattern.search(title)}


def of_title(title: str, year: int | None, rules: Ruleset) -> str | None:
    """The scope that a title tells: by its words, else by its year beside the report's own; "both" where it
    speaks of the past and the plan.

    >>> from govreport_nlp.rules import SHIPPED
    >>> of_title("2031年工作回顾", 2032, SHIPPED), of_title("关于2032年工作", 2032, SHIPPED)
    ('review', 'plan')
    """
    told = _told(title, rules)
    if {"review", "plan"} <= told:
        return "both"
    for scope in ("review", "plan", "problems"):
        if scope in told:
            return scope
    years = [int(y) for y in _YEAR.findall(title)]
    if year is None or not years:
        return None
    return "plan" if max(years) >= year else "review"


def of_text(text: str, rules: Ruleset) -> str | None:
    """The scope that the beginning of a part's text tells, by which words are the more; None where none prevails.

    >>> from govreport_nlp.rules import SHIPPED
    >>> of_text("一年来，全县上下同心，取得了好成绩。", SHIPPED)
    'review'
    """
    counts = {"review_text": 0, "plan_text": 0}
    for tells, pattern in _compiled(rules):
        if tells in counts:
            counts[tells] += len(pattern.findall(text, 0, _BEGINNING))
    back, ahead = counts["review_text"], counts["plan_text"]
    if back == ahead:
        return None
    return "review" if back > ahead else "plan"


def assign(nodes: Sequence[Node], text: str, year: int | None, rules: Ruleset) -> None:
    """Set the scope of every section: a part's by its title, else by what comes before it or by its text.

    A part after the plan that tells nothing looks ahead too. Sections inside have the scope of what holds them,
    except those on problems.
    """
    planned = False
    for node in nodes:
        if node.kind == "glossary":
            continue
        if node.parent is not None:
            node.scope = _inside(node.title, nodes[node.parent].scope, year, rules)
            continue
        told = of_title(node.title, year, rules)
        if told is None and planned:
            told = "plan"
        elif told is None and node.kind == "part":
            told = of_text(text[node.title_end : min(node.end, node.title_end + _BEGINNING)], rules)
        planned = planned or told == "plan"
        node.scope = told if told != "both" else None


def _inside(title: str, above: str | None, year: int | None, rules: Ruleset) -> str | None:
    if above is not None:
        return "problems" if any(pattern.search(title) for pattern in _troubles(rules)) else above
    told = of_title(title, year, rules)
    return told if told != "both" else None


def is_part_line(line: str, rules: Ruleset, always: bool = False) -> bool:
    """Whether an unnumbered line of its own opens a main part; with ``always``, even beside numbered parts.

    >>> from govreport_nlp.rules import SHIPPED
    >>> is_part_line("2032年工作安排", SHIPPED), is_part_line("2032年全县工作迈上新台阶。", SHIPPED)
    (True, False)
    """
    if len(line) > _LONGEST_LINE or _CLAUSES.search(line):
        return False
    told = _told(line, rules)
    return "opens" in told or (not always and "time" in told and bool(told & {"review", "plan"}))


def is_part_before_colon(line: str, rules: Ruleset) -> bool:
    """Whether a line with a colon at its end is a main part's.

    >>> from govreport_nlp.rules import SHIPPED
    >>> is_part_before_colon("2031年工作回顾：", SHIPPED), is_part_before_colon("今年要抓好以下工作：", SHIPPED)
    (True, False)
    """
    return line.endswith(_COLONS) and len(line) <= _LONGEST_LINE and "colon" in _told(line, rules)


def is_part_over_numbers(line: str, rules: Ruleset) -> bool:
    """Whether a line over a numbering that begins again opens a main part: it looks back or ahead.

    >>> from govreport_nlp.rules import SHIPPED
    >>> is_part_over_numbers("主要工作任务", SHIPPED), is_part_over_numbers("办好民生实事", SHIPPED)
    (True, False)
    """
    return len(line) <= _LONGEST_LINE and not _CLAUSES.search(line) and bool(_told(line, rules) & {"review", "plan"})


def opens_review(line: str, below: str, rules: Ruleset) -> bool:
    """Whether a line that looks back on a time stands over a paragraph that does too (过去的一年，…).

    >>> from govreport_nlp.rules import SHIPPED
    >>> opens_review("2031年全县交出了亮眼成绩单", "过去的一年，全县上下同心。", SHIPPED)
    True
    """
    if len(line) > _LONGEST_LINE or _CLAUSES.search(line) or not {"time", "review"} <= _told(line, rules):
        return False
    return any(tells == "review_opens" and pattern.match(below) for tells, pattern in _compiled(rules))


def is_appendix_line(line: str, rules: Ruleset) -> bool:
    """Whether a line opens an appendix (附件1), whose title is the line below."""
    return len(line) <= _LONGEST_MARK and "appendix" in _told(line, rules)
