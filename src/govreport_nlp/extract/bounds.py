"""How a number bounds what it measures: 以上, 不低于, 左右, 余 and their kin."""

from __future__ import annotations

import functools
import re
from typing import Literal

import msgspec

from govreport_nlp.extract.detect import Number
from govreport_nlp.model import Bound
from govreport_nlp.rules import Rule, Ruleset


class BoundRule(Rule, frozen=True, kw_only=True):
    """Words that make a bound where they stand ``before``, ``after`` or ``inside`` the number's span,
    but not behind a character of ``unless`` (最近 is not 近).
    """

    place: Literal["before", "after", "inside"]
    bound: Bound
    words: tuple[str, ...]
    unless: str = ""


class BoundReading(msgspec.Struct, frozen=True, gc=False):
    """The bound of a number, the words that made it, the rule, and where its words end behind the number."""

    bound: Bound
    modifier: str
    rule: str
    end: int


class Bounds:
    """Reads the bounds of numbers; made once a rule set."""

    def __init__(self, ruleset: Ruleset) -> None:
        rules = ruleset.load("bounds.toml", BoundRule)
        self._word = {(r.place, w): r for r in rules for w in r.words}
        longest = {p: sorted((w for q, w in self._word if q == p), key=len, reverse=True) for p in _PLACES}
        self._after = re.compile(f"(?:{'|'.join(longest['after'])})(?![年次个])")
        guarded = [
            f"(?<![{rule.unless}]){word}" if (rule := self._word["before", word]).unless else word
            for word in longest["before"]
        ]
        self._before = re.compile(f"(?:{'|'.join(guarded)})(?:[{_PARTICLES}])?$")
        # Most numbers have neither: the characters beside them tell it ($ stands before a newline too).
        self._opening = frozenset(word[0] for word in longest["after"])
        self._closing = frozenset(word[-1] for word in longest["before"]).union(_PARTICLES, "\n")
        self._reach = max(map(len, longest["before"])) + 2

    def read(self, text: str, number: Number) -> BoundReading:
        """The bound of ``number`` in ``text``: inside wins over after, after over before."""
        start, end, modifier, rule = number.start, number.end, "", None
        if text[end : end + 1] in self._opening and (after := self._after.match(text, end)):
            end, modifier = after.end(), after[0]
            rule = self._word["after", after[0]]
        if text[start - 1 : start] in self._closing and (
            before := self._before.search(text[max(0, start - self._reach) : start])
        ):
            word = before[0] if ("before", before[0]) in self._word else before[0][:-1]
            modifier = f"{word}…{modifier}" if modifier else word
            if rule is None:
                rule = self._word["before", word]
        if number.inside:
            rule = self._word.get(("inside", number.inside[-1]), rule)
        if number.value_max is not None:
            return BoundReading("range", modifier, "range", end)
        if rule is None:
            return BoundReading("=", modifier, "plain", end)
        return BoundReading(rule.bound, modifier or number.inside, rule.id, end)


_PLACES = ("before", "after", "inside")
_PARTICLES = "了到至在"


@functools.lru_cache(maxsize=8)
def bounds(ruleset: Ruleset) -> Bounds:
    """The bounds of a rule set, made once."""
    return Bounds(ruleset)
