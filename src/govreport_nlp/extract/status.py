"""What makes a number a reference, an achievement or a target, beyond the place where it stands."""

from __future__ import annotations

import functools
import re

from govreport_nlp.extract.clauses import Clause
from govreport_nlp.extract.naming import SIZES
from govreport_nlp.extract.timeline import Moment, Timeline
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


class Statuses:
    """Decides the moments of numbers; made once a rule set."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._rules = [
            (rule, re.compile(f"(?:{rule.before})$"), re.compile(rule.after), _saving(rule))
            for rule in ruleset.load("status.toml", StatusRule)
        ]
        touching = "|".join(f"(?:{rule.before})" for rule, *_ in self._rules if rule.before)
        self._touched = re.compile(f"(?:{touching})$")
        self._listed = frozenset(rule.id for rule, *_ in self._rules if rule.listed)

    def read(self, text: str, clause: Clause, previous: Clause | None, timeline: Timeline) -> Moment:
        """The moment of ``clause``; its ``status_rule`` is filled in. ``previous`` is the clause before it."""
        moment = self._moment(text, clause, timeline)
        if previous is not None and previous.status_rule in self._listed and _same_list(clause, previous):
            moment = moment._replace(status="reference", rule=previous.status_rule)
        clause.status_rule = moment.rule
        return moment

    def _moment(self, text: str, clause: Clause, timeline: Timeline) -> Moment:
        number = clause.number
        moment = timeline.at(number.start, number=True)
        before = text[max(clause.left - 12, number.start - 30, 0) : number.start]
        touched = self._touched.search(before) is not None
        for rule, left, right, saving in self._rules:
            if rule.before and not touched:
                continue
            if rule.scope == "review" and moment.status != "achievement":
                continue
            if rule.wedged and not clause.wedged:
                continue
            if rule.dimensions and number.unit.dimension not in rule.dimensions:
                continue
            if not right.match(text, clause.bound.end) or not left.search(before):
                continue
            if saving is not None and saving.search(before):
                continue
            if rule.id == "from_value" and moment.rule != "from_year":
                moment = moment._replace(period_start=None, period_end=None)
            return moment._replace(status=rule.status, rule=rule.id)
        return moment


def _saving(rule: StatusRule) -> re.Pattern[str] | None:
    return re.compile(f"(?:{rule.unless})$") if rule.unless else None


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
