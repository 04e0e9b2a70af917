"""What kind of number it is: a rate of growth, an amount of change, or a level; up or down; how firmly promised."""

from __future__ import annotations

import re
from typing import NamedTuple

from govreport_nlp.extract.cues import ACT, AIM, AMOUNT, ANNUAL, CUT, DOWN, FIRM, GAP, LEAD, NEW, NOUN, RATE, STRONG, TAIL, TO, UP, VERB, Cue
from govreport_nlp.extract.units import Unit
from govreport_nlp.model import Commitment, Direction, Measure


class MeasureReading(NamedTuple):
    """How a number measures; ``listed`` is true where a following number of the same list takes it over."""

    measure: Measure
    direction: Direction | None
    rule: str
    listed: bool


ZERO_GROWTH = MeasureReading("growth", None, "zero_growth", False)
LEVEL = MeasureReading("level", None, "level", False)


def read_measure(
    found: list[Cue], unit: Unit, form: str, end: int, ends: frozenset[int] = frozenset()
) -> MeasureReading | None:
    """The measure that the ``found`` cues before a number say, or None where they say nothing.

    ``ends`` are places where a conjunct of a list ends: a verb that ends there is part of a name (小学新建、…等).
    The verb nearest to the number decides; 到 and 至 make a level of any change, but not of a rate by name (涨幅控制在3%).
    """
    if unit.base == "个百分点" and any(c.roles & GAP for c in found):
        return MeasureReading("level", None, "gap", False)
    rate = next((c for c in found if c.roles & RATE), None)
    for cue in reversed(found):
        roles = cue.roles
        if roles & TO:
            if rate is not None and unit.base == "%":
                return _growth(rate.roles)
            return _named_change(found, cue) or MeasureReading("level", None, "reached", False)
        if roles & GAP and not roles & (UP | DOWN):
            return MeasureReading("level", None, "gap", False)
        if roles & (UP | DOWN) and not roles & NOUN:
            touching = _touches(found, cue, end)
            if unit.dimension == "ratio" and (touching or cue.end - cue.start > 1):
                return _moved(roles, unit, form)
            if touching and (roles & AMOUNT or unit.dimension not in ("count", "area", "length")):
                return _moved(roles, unit, form)
        if roles & NEW and (roles & NOUN or cue.end not in ends):
            return MeasureReading("change", "up", "added", True)
        if roles & CUT and not roles & NOUN:
            if unit.base == "%":
                return MeasureReading("growth", "down", "growth", False)
            return MeasureReading("change", "down", "removed", True)
        if roles & ACT and not roles & (NOUN | TAIL) and (roles & STRONG or _opens(found, cue)):
            return MeasureReading("level", None, "done", True)
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


def _opens(found: list[Cue], cue: Cue) -> bool:
    """Whether only adverbs and times stand before ``cue`` in its clause: a verb inside a name governs nothing."""
    at = found[0].start
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
            return MeasureReading("change", "up", "added", True)
    return None


def _growth(roles: int) -> MeasureReading:
    return MeasureReading("growth", "down" if roles & DOWN else "up", "growth", False)


def _moved(roles: int, unit: Unit, form: str) -> MeasureReading:
    direction: Direction = "down" if roles & DOWN else "up"
    if unit.base in ("%", "倍", "比例") and unit.dimension == "ratio" or form == "doubling":
        return MeasureReading("growth", direction, "growth", False)
    return MeasureReading("change", direction, "changed", False)


def rate_after(text: str, start: int, unit: Unit) -> MeasureReading | None:
    """A rate named behind its number (保持8%以上的增长), or None."""
    if unit.base != "%":
        return None
    match = _RATE_AFTER.match(text, start)
    if match is None:
        return None
    return MeasureReading("growth", "down" if match["down"] else "up", "growth_after", False)


_RATE_AFTER = re.compile(r"的?(?:高速|快速|较快|中高速|正|平均|年均|同比)?(?:(?P<up>增长|增速|增幅)|(?P<down>下降|降幅|负增长))")


def read_commitment(found: list[Cue]) -> Commitment:
    """How firmly the clause of the ``found`` cues promises: the last word of it decides."""
    for cue in reversed(found):
        if cue.roles & FIRM:
            return "firm"
        if cue.roles & AIM:
            return "aim"
    return "plain"


def is_annual(found: list[Cue]) -> bool:
    """Whether the number is an average over years (年均, 每年)."""
    return any(c.roles & ANNUAL for c in found)
