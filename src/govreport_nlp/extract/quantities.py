"""Every number with a unit that measures something, as a record: where, how much, of what, promised or past."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from dataclasses import dataclass

from govreport_nlp.extract.bounds import BoundReading, Bounds, bounds
from govreport_nlp.extract.codebook import Codebook, codebook
from govreport_nlp.extract.cues import EACH, Cue, Cues, lexicon
from govreport_nlp.extract.detect import Number, detector
from govreport_nlp.extract.measures import LEVEL, ZERO_GROWTH, MeasureReading, is_annual, rate_after, read_commitment, read_measure
from govreport_nlp.extract.names import Names, clean_name, names
from govreport_nlp.extract.place import Places
from govreport_nlp.extract.timeline import Moment, Timeline
from govreport_nlp.model import Quantity, Status
from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.structure.outline import Document


class StatusRule(Rule, frozen=True, kw_only=True):
    """What touches a number and makes it a reference, an achievement or a target whatever its place."""

    status: Status
    before: str
    after: str = ""
    scope: str = ""
    dimensions: tuple[str, ...] = ()
    wedged: bool = False


@dataclass(slots=True)
class Clause:
    """A number with the clause around it: ``left`` to its start, ``right`` from the end of its bound words."""

    number: Number
    bound: BoundReading
    sentence: int
    left: int
    right_end: int
    link: str
    cues: list[Cue]
    measure: MeasureReading
    name: str = ""
    own: bool = False
    how: str = ""
    taken: int = 0
    wedged: bool = False
    status_rule: str = ""


def extract(doc: Document) -> tuple[Quantity, ...]:
    """All quantities of a document in order.

    >>> from govreport_nlp import parse
    >>> q = parse("全年城镇新增就业7200人，登记失业率控制在3.9%以内。", year=2022).quantities
    >>> [(x.indicator, x.value, x.unit, x.bound) for x in q]
    [('城镇新增就业', 7200.0, '人', '='), ('登记失业率', 3.9, '%', '<=')]
    """
    numbers = detector(doc.rules).find(doc.view.text)
    if not numbers:
        return ()
    reader = _Reader(doc, numbers)
    clauses = reader.clauses(numbers)
    reader.name(clauses)
    return tuple(reader.record(c, previous) for previous, c in zip([None, *clauses], clauses, strict=False))


class _Reader:
    def __init__(self, doc: Document, numbers: list[Number]) -> None:
        self.doc = doc
        self.text = doc.view.text
        self.places = Places(doc)
        held = sorted({self.places.index(n.start) for n in numbers})
        self.cues: Cues = lexicon(doc.rules).scan(self.text, [doc.sentences[i][:2] for i in held])
        self.names: Names = names(doc.rules)
        self.codebook: Codebook = codebook(doc.rules)
        self.bounds: Bounds = bounds(doc.rules)
        self.timeline = Timeline.of(doc)
        self.statuses = _statuses(doc.rules)
        self.breaks = [m.start() for m in _BREAK.finditer(self.text)]

    def clauses(self, numbers: list[Number]) -> list[Clause]:
        """The clauses of ``numbers``, with measures read and handed down lists."""
        text, out = self.text, []
        previous: Clause | None = None
        for i, number in enumerate(numbers):
            bound = self.bounds.read(text, number)
            sentence = self.places.index(number.start)
            k = bisect_left(self.breaks, number.start)
            left = self.breaks[k - 1] + 1 if k else 0
            if previous is not None:
                left = max(left, min(previous.bound.end, number.start))
            j = bisect_left(self.breaks, bound.end)
            right_end = self.breaks[j] if j < len(self.breaks) else len(text)
            if i + 1 < len(numbers):
                right_end = min(right_end, numbers[i + 1].start)
            link = ""
            if previous is not None and previous.sentence == sentence:
                gap = text[previous.bound.end : left]
                link = gap[-1:] if gap else "-"
                if any(c in _HARD for c in gap):
                    link = "，"
                elif _FROM.search(text, previous.left, previous.number.start) and _TO.search(
                    text[previous.bound.end : number.start]
                ):
                    link = "到"
            found = self.cues.between(left, number.start)
            etc = frozenset(c.end for c in found if text[c.end : c.end + 1] == "等")
            measure = read_measure(found, number.unit, number.form, number.start, etc)
            if measure is None and text[left - 1 : left] == "、":
                wide = self._wide_left(number.start, previous.bound.end if previous is not None else 0)
                ends = frozenset(k for k in range(wide + 1, left) if text[k] in "、等")
                around = self.cues.between(wide, number.start)
                measure = read_measure(around, number.unit, number.form, number.start, ends)
            if number.form == "zero":
                measure = ZERO_GROWTH
            if measure is None or measure.measure == "level":
                measure = rate_after(text, bound.end, number.unit) or measure
            if measure is None:
                part = text.startswith("其中", left)
                measure = LEVEL
                if previous is not None and previous.measure.listed and (part or link in ("、", "和", "-")):
                    measure = previous.measure if number.unit.base != "%" else LEVEL
            clause = Clause(number, bound, sentence, left, right_end, link, found, measure, taken=bound.end)
            out.append(clause)
            previous = clause
        return out

    def name(self, clauses: list[Clause]) -> None:
        """Give every clause the name of what it measures: its own, a list's, or its neighbour's."""
        i = 0
        carried: list[Clause] = []
        while i < len(clauses):
            if i and clauses[i].sentence != clauses[i - 1].sentence:
                carried = []
            group = self._group(clauses, i)
            self._name_group(group, carried)
            carried.extend(group)
            i += len(group)
        for clause, following in zip(clauses, clauses[1:], strict=False):
            # "使3户、8名居民受益": the noun behind the last number of a list is that of the numbers before it.
            if clause.how != "carried" or following.how != "after" or clause.sentence != following.sentence:
                continue
            if _SIDE_BY_SIDE.fullmatch(self.text[clause.bound.end : following.number.start]):
                clause.name, clause.how = following.name, "shared_after"

    def _group(self, clauses: list[Clause], i: int) -> list[Clause]:
        """The clauses from ``i`` on whose numbers stand side by side (增长5%、6%和7%)."""
        group = [clauses[i]]
        for clause in clauses[i + 1 :]:
            before = group[-1]
            if clause.sentence != before.sentence:
                break
            gap = self.text[before.bound.end : clause.number.start]
            if len(gap) > 8 or not _SIDE_BY_SIDE.fullmatch(gap) or self._named_after(clause):
                break
            group.append(clause)
        return group

    def _named_after(self, clause: Clause) -> bool:
        """Whether a counted noun follows the number at once (近8万市民)."""
        if clause.number.unit.dimension != "count" and clause.number.unit.symbol not in ("万", "亿"):
            return False
        return self.names.after(self.text, self.cues, clause.bound.end, clause.right_end) is not None

    def _name_group(self, group: list[Clause], carried: list[Clause]) -> None:
        first = group[0]
        text, n = self.text, len(group)
        wide = self._wide_left(first.number.start, max((c.taken for c in carried[-1:]), default=0))
        if n > 1 or any(c.roles & EACH for c in first.cues):
            span = self.names.before(text, self.cues, wide, first.number.start)
            if span is not None:
                items = self.names.items(text[span[0] : span[1]], n)
                if items is not None and n > 1:
                    for clause, item in zip(group, items, strict=True):
                        clause.name, clause.own, clause.how = item, True, "aligned"
                    self._hand_on(group)
                    return
            if n > 1 and any(c.roles & EACH for c in first.cues):
                items = self._items_before(wide, n, max((c.taken for c in carried[-1:]), default=0))
                if items is not None:
                    for clause, item in zip(group, items, strict=True):
                        clause.name, clause.how = item, "aligned_clause"
                    self._hand_on(group)
                    return
            if span is None and n > 1:
                earlier = _last_names(carried, n)
                if earlier is not None:
                    for clause, item in zip(group, earlier, strict=True):
                        clause.name, clause.how = item, "aligned_back"
                    self._hand_on(group)
                    return
        previous = carried[-1] if carried else None
        for clause in group:
            self._name_one(clause, previous)
            previous = clause
        self._hand_on(group)

    def _wide_left(self, start: int, least: int) -> int:
        """The start of the clause when 、 does not end it: a list of names may stand before the number."""
        k = bisect_left(self.breaks, start)
        while k and self.text[self.breaks[k - 1]] == "、":
            k -= 1
        return max(self.breaks[k - 1] + 1 if k else 0, least)

    def _items_before(self, start: int, count: int, least: int) -> list[str] | None:
        """The names that the clause before ``start`` lists (A、B再次提高，分别提高3元、5元)."""
        left = self._wide_left(start - 1, least)
        span = self.names.before(self.text, self.cues, left, start - 1) if left < start - 1 else None
        return None if span is None else self.names.items(self.text[span[0] : span[1]], count)

    def _hand_on(self, group: list[Clause]) -> None:
        """Numbers without a measure in a group take that of the first (分别增长5%、6%)."""
        lead, bound = group[0].measure, group[0].bound
        shared = bound.bound != "=" and bound.end == group[0].number.end and any(c.roles & EACH for c in group[0].cues)
        for clause in group[1:]:
            if shared and clause.bound.bound == "=":
                clause.bound = bound._replace(end=clause.bound.end)
            if clause.measure == LEVEL and lead.measure != "level" and clause.number.unit.base == group[0].number.unit.base:
                clause.measure = lead

    def _name_one(self, clause: Clause, previous: Clause | None) -> None:
        text, number = self.text, clause.number
        left = clause.left if previous is None else max(clause.left, previous.taken)
        if clause.link == "到" and previous is not None and previous.name:
            clause.name, clause.how = previous.name, "from_to"
            return
        multiple = number.unit.base == "倍"
        before = self.names.before(text, self.cues, min(left, number.start), number.start, multiple=multiple)
        after = None
        counted = number.unit.dimension in ("count", "length", "area") or number.unit.symbol in ("万", "亿")
        weak = before is not None and self.names.is_verb(self.cues, *before)
        sized = number.unit.dimension in ("mass", "power", "volume", "energy") and before is not None and before[1] == number.start
        if before is None or weak or ((counted or sized) and text[clause.bound.end : clause.bound.end + 1] != "的"):
            after = self.names.after(text, self.cues, clause.bound.end, clause.right_end)
        given_up = None
        if after is not None and self.names.opens_with_verb(self.cues, *after, strict=counted):
            given_up, after = after, None
        if after is not None and before is not None and _FROM.search(text, clause.left, number.start):
            after = None
        if after is not None:
            clause.name, clause.own, clause.how = text[after[0] : after[1]].split("等", 1)[0], True, "after"
            clause.taken = after[1]
            clause.wedged = before is not None and not weak and before[1] == number.start and after[0] == number.end
            return
        if weak and previous is not None:
            before = None
        if before is not None:
            name = text[before[0] : before[1]]
            if name in self.names.totals and previous is not None and previous.name and previous.sentence == clause.sentence:
                clause.name, clause.how = previous.name + name, "total"
                return
            if text[before[0] - 1] == "占" and previous is not None and previous.name:
                clause.name, clause.how = f"{previous.name}占{name.rstrip('的比重')}比重", "share"
                return
            clause.name, clause.own, clause.how = name, True, "before"
            return
        if previous is not None and previous.name and previous.sentence == clause.sentence:
            clause.name, clause.how = previous.name, "carried"
            same_unit = previous.number.unit.base == number.unit.base == "%"
            if same_unit and clause.measure.measure == "level" and clause.measure.rule != "gap" and previous.measure.measure == "growth":
                clause.measure = previous.measure
            return
        if given_up is not None:
            clause.name, clause.how = text[given_up[0] : given_up[1]], "after_verb"

    def record(self, clause: Clause, previous: Clause | None) -> Quantity:
        """The record of a clause; ``previous`` is the one before it."""
        number, bound, measure = clause.number, clause.bound, clause.measure
        moment, status_rule = self._moment(clause)
        if previous is not None and previous.status_rule in _LISTED and clause.link == "、" and clause.how == "after":
            # 投资3亿元的A、2亿元的B; 60万吨A、40万吨B等项目: what holds for the first holds for the list.
            if previous.number.unit.dimension == number.unit.dimension or clause.number.unit.dimension in _SIZES:
                moment, status_rule = moment._replace(status="reference"), previous.status_rule
        clause.status_rule = status_rule
        unit = number.unit
        name = clean_name(clause.name)
        indicator = self.codebook.find(name, measure.measure, measure.direction, unit.base)
        return Quantity(
            **self.places.place(number.start, number.end),
            indicator=name,
            indicator_id=indicator,
            value=number.value,
            value_max=number.value_max,
            unit=unit.symbol,
            value_base=round(number.value * unit.factor, 6),
            value_max_base=None if number.value_max is None else round(number.value_max * unit.factor, 6),
            unit_base=unit.base,
            bound=bound.bound,
            modifier=bound.modifier,
            measure=measure.measure,
            direction=measure.direction,
            status=moment.status,
            period_start=moment.period_start,
            period_end=moment.period_end,
            annual_average=is_annual(clause.cues),
            commitment=read_commitment(clause.cues),
            rule=f"{number.form}/{clause.how or 'unnamed'}/{measure.rule}/{bound.rule}/{status_rule}",
            confidence=_confidence(clause, moment, name, indicator is not None),
        )

    def _moment(self, clause: Clause) -> tuple[Moment, str]:
        number = clause.number
        moment = self.timeline.at(number.start, number=True)
        before = self.text[max(clause.left - 12, number.start - 30, 0) : number.start]
        for rule, left, right in self.statuses:
            if rule.scope == "review" and moment.status != "achievement":
                continue
            if rule.wedged and not clause.wedged:
                continue
            if rule.dimensions and number.unit.dimension not in rule.dimensions:
                continue
            if left.search(before) and right.match(self.text, clause.bound.end):
                if rule.id == "from_value" and moment.rule != "from_year":
                    moment = moment._replace(period_start=None, period_end=None)
                return moment._replace(status=rule.status), rule.id
        return moment, moment.rule


def _last_names(carried: list[Clause], n: int) -> list[str] | None:
    """The last ``n`` different names of the sentence, in order; None where there are fewer."""
    found: list[str] = []
    for clause in reversed(carried):
        if clause.name and clause.name not in found:
            found.append(clause.name)
        if len(found) == n:
            return found[::-1]
    return None


def _confidence(clause: Clause, moment: Moment, name: str, known: bool) -> float:
    """How surely the row is right, as shares of right rows among hand-labelled ones came out (docs/accuracy.md)."""
    if not name:
        return 0.3
    if known:
        score = 0.99
    elif clause.how in _GUESSED or len(name) < 3 or len(name) > 12:
        score = 0.88
    else:
        score = 0.96
    if not moment.sure:
        score -= 0.15
    if clause.number.form == "chinese":
        score -= 0.15
    return round(score, 2)


_GUESSED = ("carried", "after", "after_verb", "shared_after", "total", "share", "aligned_clause")


@functools.lru_cache(maxsize=8)
def _statuses(ruleset: Ruleset) -> list[tuple[StatusRule, re.Pattern[str], re.Pattern[str]]]:
    return [
        (rule, re.compile(f"(?:{rule.before})$"), re.compile(rule.after))
        for rule in ruleset.load("status.toml", StatusRule)
    ]


_LISTED = ("invested_in_named", "size_in_name")
_SIZES = ("mass", "power", "volume", "energy")
_HARD = "，。；：！？\n"
_BREAK = re.compile(r"[，。；：！？\n、]")
_FROM = re.compile(r"[由从自](?!事)")
_TO = re.compile(r"^[^，。；]{0,12}(?:到|至|为|成)[^，。；]{0,8}$")
_SIDE_BY_SIDE = re.compile(r"、?(?:和|与|及|以及)?(?:不低于|不少于|约|近|超过|超|突破)?")
