"""How a numbered paragraph opens: 一、 （一） 1. 第一， 一是 —— and their kin."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Literal, NamedTuple

from govreport_nlp.errors import RuleError
from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.structure.patterns import compiled

_DIGITS = "一二三四五六七八九"
_SHORTHANDS = {"{cn}": "[一二三四五六七八九十]{1,3}", "{ar}": "[0-9０-９]{1,2}"}
_FILE = "markers.toml"


class MarkerRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One style of numbering; the keys are explained at the head of rules/markers.toml."""

    pattern: str
    numeral: Literal["chinese", "arabic", "glyph", "none"]
    kind: Literal["part", "area"]
    rank: int
    style: str = ""
    run: bool = False
    lone: bool = False


class Marker(NamedTuple):
    """A marker found at a paragraph's start: ``text[start:end]`` is the marker as written."""

    rule: MarkerRule
    start: int
    end: int
    number: int | None

    @property
    def style(self) -> str:
        """Markers of one style count on with each other."""
        return self.rule.style or self.rule.id


def _chinese_numerals() -> dict[str, int]:
    ones = {digit: n for n, digit in enumerate(_DIGITS, 1)}
    tens = {"十": 10, **{f"{digit}十": 10 * n for digit, n in ones.items()}}
    both = {f"{ten}{one}": a + b for ten, a in tens.items() for one, b in ones.items()}
    return ones | tens | both


CHINESE = _chinese_numerals()
CHINESE_OF = {n: word for word, n in sorted(CHINESE.items(), key=lambda pair: -len(pair[0]))}


def number_of(numeral: str, how: str) -> int | None:
    """The value of a marker's numeral, or None where it is no number.

    >>> number_of("十二", "chinese"), number_of("③", "glyph"), number_of("七七", "chinese")
    (12, 3, None)
    """
    if how == "chinese":
        return CHINESE.get(numeral)
    if how == "glyph":
        return int(unicodedata.numeric(numeral))
    return int(numeral)


@functools.lru_cache(maxsize=8)
def _compiled(rules: Ruleset) -> tuple[re.Pattern[str], dict[str, MarkerRule]]:
    entries = {rule.id: rule for rule in rules.load(_FILE, MarkerRule)}
    parts = []
    for rule in entries.values():
        pattern = compiled(_FILE, rule.id, rule.pattern, _SHORTHANDS)
        if not rule.id.isidentifier() or pattern.groups != (rule.numeral != "none"):
            problem = f"entry {rule.id}: a marker needs a plain word as its id and one group for its number, if any"
            raise RuleError(f"rules/{_FILE}", problem, "correct the entry")
        parts.append(f"(?P<{rule.id}>{pattern.pattern})")
    return re.compile(r"^[ \t\u3000\xa0]*(?:" + "|".join(parts) + ")", re.MULTILINE), entries


def find(text: str, rules: Ruleset, start: int = 0) -> dict[int, Marker]:
    """All markers at the starts of paragraphs from ``start`` on, by the place where they begin."""
    pattern, entries = _compiled(rules)
    found = {}
    for match in pattern.finditer(text, start):
        rule = entries[match.lastgroup or ""]
        number = None
        if rule.numeral != "none":
            number = number_of(match[(match.lastindex or 0) + 1], rule.numeral)
            if number is None or number == 0:
                continue
        a, b = match.span(rule.id)
        found[a] = Marker(rule, a, b, number)
    return found
