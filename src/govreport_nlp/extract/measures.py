"""What kind of number it is: a rate of growth, an amount of change, or a level; and which way it goes."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from govreport_nlp.extract.cues import (
    ACT,
    AMOUNT,
    CUT,
    DOWN,
    GAP,
    LEAD,
    NEW,
    NOUN,
    RATE,
    STRONG,
    TAIL,
    TO,
    UP,
    VERB,
    Cue,
)
from govreport_nlp.extract.units import Unit
from govreport_nlp.model import Direction, Measure
from govreport_nlp.rules import Rule, Ruleset


class MeasureRule(Rule, frozen=True, kw_only=True):
    """A way to measure: by the ``role`` of the word before the number, or by a ``pattern`` behind it."""

    role: str
    pattern: str = ""


class MeasureReading(NamedTuple):
    """How a number measures; ``listed`` is true where a following number of the same list takes it over."""

    measure: Measure
    direction: Direction | None
    rule: str
    listed: bool


LEVEL = MeasureReading("level", None, "level", False)
_GAP = MeasureReading("level", None, "gap", False)
_REACHED = MeasureReading("level", None, "reached", False)
_DONE = MeasureReading("level", None, "done", True)
_ADDED = MeasureReading("change", "up", "added", True)
_ADDED_NOUN = MeasureReading("change", "up", "added", False)
_REMOVED = MeasureReading("change", "down", "removed", True)
_WAYS: tuple[Direction, Direction] = ("up", "down")
_GROWN = {way: MeasureReading("growth", way, "growth", False) for way in _WAYS}
_CHANGED = {way: MeasureReading("change", way, "changed", False) for way in _WAYS}

TELLING = TO | GAP | UP | DOWN | NEW | CUT | ACT
"""The roles of words that can say a measure."""


class Measures:
    """Reads measures; made once a rule set."""

    zero = MeasureReading("growth", None, "zero_growth", False)

    def __init__(self, ruleset: Ruleset) -> None:
        rules = ruleset.load("measures.toml", MeasureRule)
        self._after = [(rule.id, re.compile(rule.pattern)) for rule in rules if rule.role == "after"]

    def rate_after(self, text: str, start: int, unit: Unit) -> MeasureReading | None:
        """A rate named behind its number (保持8%以上的增长), or None."""
        if unit.base != "%":
            return None
        for rule, pattern in self._after:
            if match := pattern.match(text, start):
                return MeasureReading("growth", "down" if match["down"] else "up", rule, False)
        return None

    def read(
        self, found: list[Cue], unit: Unit, form: str, start: int, end: int, ends: frozenset[int] = frozenset()
    ) -> MeasureReading | None:
        """The measure that the ``found`` cues of a clause from ``start`` to its number at ``end`` say, or None.

        The verb nearest to the number decides; 到 and 至 make a level of any change, but not of a rate by name
        (涨幅控制在3%). A verb that ends at one of ``ends`` is part of a name, such as the end of a list's conjunct.
        """
        if unit.base == "个百分点" and any(c.roles & GAP for c in found):
            return _GAP
        for cue in reversed(found):
            roles = cue.roles
            if not roles & TELLING:
                continue
            if roles & TO:
                rate = next((c for c in found if c.roles & RATE), None)
                moving = rate or next((c for c in found if c.end == cue.start and c.roles & (UP | DOWN)), None)
                if moving is not None and unit.base == "%":
                    return _growth(moving.roles)
                return _named_change(found, cue) or _REACHED
            if roles & GAP and not roles & (UP | DOWN):
                return _GAP
            if roles & (UP | DOWN) and not roles & NOUN:
                touching = _touches(found, cue, end)
                if unit.dimension == "ratio" and (touching or (cue.end - cue.start > 1 and cue.end not in ends)):
                    return _moved(roles, unit, form)
                if touching and (roles & AMOUNT or unit.dimension not in ("count", "area", "length")):
                    return _moved(roles, unit, form)
            if roles & NEW and (roles & NOUN or cue.end not in ends):
                return _ADDED_NOUN if roles & NOUN else _ADDED
            if roles & CUT and not roles & NOUN:
                return _GROWN["down"] if unit.base == "%" else _REMOVED
            if roles & ACT and not roles & (NOUN | TAIL) and (roles & STRONG or _opens(found, cue, start)):
                return _DONE
        return None


def _touches(found: list[Cue], cue: Cue, end: int) -> bool:
    """Whether only words without content stand between ``cue`` and the number at ``end``."""
    at = cue.end
    for later in found:
        if later.start < at:
            continue
        if later.start > at or later.roles & NOUN or not later.roles & TAIL:
            break
        at = later.end
    return at == end


def _opens(found: list[Cue], cue: Cue, start: int) -> bool:
    """Whether only adverbs and times stand before ``cue`` in its clause: a verb inside a name governs nothing."""
    at = start
    for earlier in found:
        if earlier is cue:
            return earlier.start == at
        if earlier.start != at or not earlier.roles & (LEAD | VERB):
            return False
        at = earlier.end
    return False


def _named_change(found: list[Cue], until: Cue) -> MeasureReading | None:
    for cue in found:
        if cue is until:
            break
        if cue.roles & NEW:
            return _ADDED
    return None


def _growth(roles: int) -> MeasureReading:
    return _GROWN["down" if roles & DOWN else "up"]


def _moved(roles: int, unit: Unit, form: str) -> MeasureReading:
    if (unit.base in ("%", "倍", "比例") and unit.dimension == "ratio") or form == "doubling":
        return _growth(roles)
    return _CHANGED["down" if roles & DOWN else "up"]


@functools.lru_cache(maxsize=8)
def measures(ruleset: Ruleset) -> Measures:
    """The measures of a rule set, made once."""
    return Measures(ruleset)
