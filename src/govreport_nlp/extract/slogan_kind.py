"""What kind of expression a quoted one is: the rules of rules/slogan_kinds.toml as one pattern."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from govreport_nlp.errors import RuleError
from govreport_nlp.extract.slogan_context import REACH
from govreport_nlp.extract.slogan_words import classes, expand
from govreport_nlp.model import SloganKind
from govreport_nlp.rules.loader import Rule, Ruleset

FILE = "slogan_kinds.toml"
SLOGANS = frozenset({"numeric", "abbreviation", "phrase", "model"})
_LONGEST = 120
# Marks about and within are dropped; ” and “ part the subject that the rules match.
_MARKS = re.compile("[“”‘’「」『』\"'〝〞〟＂＇]")


class KindRule(Rule, frozen=True, kw_only=True):
    """An expression whose inside, and what stands about it, match is of ``kind``; so are the members of ``words``.

    Rules are tried by ``rank``, those of one rank in the order of the file; a user's own come after the shipped
    ones of their rank.
    """

    kind: SloganKind
    words: str = ""
    inside: str
    after: str = ""
    before: str = ""
    rank: int = 50
    confidence: float


class Reading(NamedTuple):
    """What an expression was read as, and by which rule."""

    kind: SloganKind
    rule: str
    confidence: float


class KindReader:
    """Reads the kind of quoted expressions; made once a ruleset."""

    def __init__(self, rules: Ruleset) -> None:
        ordered = sorted(rules.load(FILE, KindRule), key=lambda rule: rule.rank)
        self._words: dict[str, Reading] = {}
        for rule in ordered:
            for word in _members(rule, rules):
                self._words.setdefault(word, Reading(rule.kind, rule.id, rule.confidence))
        ordered = [rule for rule in ordered if not rule.words]
        # What is tried is written inside”after“before, so that one match decides between all rules. The group of a
        # rule closes after those within it, so `lastindex` is that of the rule.
        self._readings: dict[int, Reading] = {}
        patterns, group = [], 1
        for number, rule in enumerate(ordered):
            pattern = _one(rule, number, rules)
            patterns.append(pattern)
            self._readings[group] = Reading(rule.kind, rule.id, rule.confidence)
            group += 1 + pattern.count("(?P<")
        try:
            self._pattern = re.compile("|".join(f"({pattern})" for pattern in patterns))
        except re.error:
            _blame(ordered, patterns)
            raise
        if self._pattern.groups != group - 1:
            _blame(ordered, patterns)

    def read(self, inside: str, after: str = "", before: str = "") -> Reading:
        """The kind of ``inside``; of ``after`` and ``before`` the nearest ``REACH`` characters are read.

        >>> from govreport_nlp.rules import SHIPPED
        >>> reader(SHIPPED).read("8+4", "经济政策体系", "完善").kind
        'numeric'
        """
        if known := self._words.get(inside):
            return known
        subject = _MARKS.sub("", f"{inside[:_LONGEST]}\1{after[:REACH]}\2{before[-REACH:]}")
        subject = subject.replace("\1", "”").replace("\2", "“")
        match = self._pattern.match(subject)
        if match is None or match.lastindex is None:
            return Reading("phrase", "phrase.rest", 0.3)
        return self._readings[match.lastindex]


@functools.cache
def reader(rules: Ruleset) -> KindReader:
    """The reader of ``rules``; raises ``RuleError`` where a pattern is wrong."""
    return KindReader(rules)


def _members(rule: KindRule, rules: Ruleset) -> tuple[str, ...]:
    if not rule.words:
        return ()
    known = classes(rules)
    if rule.words not in known:
        raise RuleError(f"rules/{FILE}", f"{rule.id}: {rule.words} is no class", "correct the name or add the class")
    return known[rule.words]


def _one(rule: KindRule, number: int, rules: Ruleset) -> str:
    where = f"rules/{FILE}"
    pattern = f"(?:{rule.inside})”(?:{rule.after})"
    if rule.before.startswith("{<"):
        pattern += f"[^“]*+“.*+{rule.before}$"
    elif rule.before:
        pattern += f"[^“]*+“.*(?:{rule.before})$"
    pattern = expand(pattern, rules, f"{where} ({rule.id})")
    return re.sub(r"\(\?P(<|=)([a-z]+)", rf"(?P\1\2_{number}", pattern)


def _blame(rules: list[KindRule], patterns: list[str]) -> None:
    """Raises ``RuleError`` for the first rule whose pattern is wrong."""
    for rule, pattern in zip(rules, patterns, strict=True):
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            raise RuleError(f"rules/{FILE}", f"{rule.id}: {error}", "correct the pattern") from error
        if compiled.groups > len(compiled.groupindex):
            problem = f"{rule.id}: the pattern has a group without a name"
            raise RuleError(f"rules/{FILE}", problem, "write (?:…) or (?P<name>…)")
