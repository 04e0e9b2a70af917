"""What makes a number a reference, an achievement or a target, beyond the place where it stands."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from govreport_nlp.extract.clauses import Clause
from govreport_nlp.extract.naming import SIZES
from govreport_nlp.extract.timeline import Moment, Timeline
from govreport_nlp.extract.touching import ByClosing, Touching
from govreport_nlp.model import Status
from govreport_nlp.rules import Rule, Ruleset


class StatusRule(Rule, frozen=True, kw_only=True):
    """What touches a number and decides its status; see the head of status.toml.

    ``listed`` hands the status on to the numbers that follow in the list.
    """

    status: Status
    before: str
    after: str = ""
    unless: str = ""
    scope: str = ""
    dimensions: tuple[str, ...] = ()
    wedged: bool = False
    listed: bool = False


class _Tried(NamedTuple):
    """A rule with its patterns; ``left`` and ``saving`` end before the number, ``right`` begins behind its bound."""

    rule: StatusRule
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    saving: re.Pattern[str] | None


class Statuses:
    """Decides the moments of numbers; made once a rule set."""

    def __init__(self, ruleset: Ruleset) -> None:
        rules = ruleset.load("status.toml", StatusRule)
        self._rules = ByClosing(_tried(rule) for rule in rules)
        self._listed = frozenset(rule.id for rule in rules if rule.listed)

    def read(self, text: str, clause: Clause, previous: Clause | None, timeline: Timeline) -> Moment:
        """The moment of ``clause``; its ``status_rule`` is filled in. ``previous`` is the clause before it."""
        moment = self._moment(text, clause, timeline)
        if previous is not None and previous.status_rule in self._listed and _same_list(clause, previous):
            moment = moment.told("reference", previous.status_rule)
        clause.status_rule = moment.rule
        if clause.annual and moment.status == "achievement" and moment.period_start == moment.period_end:
            return _averaged(text, clause, moment, timeline)
        return moment.single() if _of_one_year(text, clause, moment) else moment

    def _moment(self, text: str, clause: Clause, timeline: Timeline) -> Moment:
        number = clause.number
        moment = timeline.within(clause.sentence, number.start, number=True)
        before = text[max(clause.left - 12, number.start - 30, 0) : number.start]
        for rule, left, right, saving in self._rules.behind(before[-1:]):
            if rule.wedged and not clause.wedged:
                continue
            if rule.scope == "review" and moment.status != "achievement":
                continue
            if rule.dimensions and number.unit.dimension not in rule.dimensions:
                continue
            if (left is not None and not left.search(before)) or (
                right is not None and not right.match(text, clause.bound.end)
            ):
                continue
            if saving is not None and saving.search(before):
                continue
            timeless = rule.id == "from_value" and moment.rule != "from_year"
            return moment.told(rule.status, rule.id, timeless=timeless)
        return moment


def _of_one_year(text: str, clause: Clause, moment: Moment) -> bool:
    """Whether a number in a part on several years is that of one: compared with the year before, or a change's end."""
    if moment.status != "achievement" or moment.period_start == moment.period_end or clause.annual:
        return False
    return clause.link == "到" or _YEAR_BEFORE.search(text, clause.left, clause.number.start) is not None


def _averaged(text: str, clause: Clause, moment: Moment, timeline: Timeline) -> Moment:
    """The moment of an average over years that only the last of them was told of.

    They begin behind the year that is compared with (由2010年…到2015年, 是2010年的2倍), else with the part's own.
    """
    end = moment.period_end
    start, last = timeline.years_of(clause.sentence)
    left = timeline.start_of(clause.sentence)
    for found in _BASE_YEAR.finditer(
        text, text.rfind("；", left, clause.number.start) + 1 or left, clause.number.start
    ):
        start, last = int(found[1]) + 1, end
    if start is None or end is None or last != end or start >= end:
        return moment
    return Moment(moment.status, start, end, moment.rule, moment.sure)


_YEAR_BEFORE = re.compile("[比较]上年|[比较]去年|同比")
_BASE_YEAR = re.compile(r"[由从自是比较]((?:19|20)[0-9]{2})年")


def _tried(rule: StatusRule) -> tuple[Touching | None, _Tried]:
    touching = Touching.of(rule.before) if rule.before else None
    right = re.compile(rule.after) if rule.after else None
    saving = re.compile(f"(?:{rule.unless})$") if rule.unless else None
    return touching, _Tried(rule, touching.pattern if touching else None, right, saving)


def _same_list(clause: Clause, previous: Clause) -> bool:
    """Whether both are sizes of things in one list (投资3亿元的A、2亿元的B; 60万吨A、40万吨B等项目)."""
    if clause.link != "、" or clause.how != "after":
        return False
    dimension = clause.number.unit.dimension
    return dimension == previous.number.unit.dimension or dimension in SIZES


@functools.lru_cache(maxsize=8)
def statuses(ruleset: Ruleset) -> Statuses:
    """The status rules of a rule set, made once."""
    return Statuses(ruleset)
