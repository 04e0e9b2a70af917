"""Every number with a unit that measures something, as a record: where, how much, of what, promised or past.

The way of a number: found (detect), put in its clause with bound and measure (clauses), named (naming), placed in
time (status, timeline), looked up in the codebook, written as a record (here).
"""

from __future__ import annotations

import re

from govreport_nlp.extract.clauses import Clause, ClauseReader
from govreport_nlp.extract.codebook import Own, codebook
from govreport_nlp.extract.detect import detector
from govreport_nlp.extract.names import clean_name, names
from govreport_nlp.extract.naming import Namer
from govreport_nlp.extract.place import Place, Places
from govreport_nlp.extract.status import statuses
from govreport_nlp.extract.timeline import Moment, Timeline
from govreport_nlp.model import Quantity
from govreport_nlp.structure.outline import Document


def extract(doc: Document) -> tuple[Quantity, ...]:
    """All quantities of a document in order.

    >>> from govreport_nlp import parse
    >>> q = parse("城镇新增就业7260人，调查失业率控制在5.3%以内。", year=2022).quantities
    >>> [(x.indicator, x.value, x.unit, x.bound) for x in q]
    [('城镇新增就业', 7260.0, '人', '='), ('调查失业率', 5.3, '%', '<=')]
    """
    numbers = detector(doc.rules).find(doc.view.text)
    if not numbers:
        return ()
    places, timeline = Places.of(doc), Timeline.of(doc)
    reader = ClauseReader(doc, numbers, places)
    clauses = reader.read()
    Namer(reader, names(doc.rules)).name(clauses)
    book, own, status = codebook(doc.rules), Own(doc.meta), statuses(doc.rules)
    rows = []
    previous = None
    for clause in clauses:
        moment = status.read(reader.text, clause, previous, timeline)
        name, measure = clean_name(clause.name), clause.measure
        indicator = book.find(own(name), measure.measure, measure.direction, clause.number.unit.base)
        if indicator is not None and measure.measure == "growth" and _over_years(reader.text, clause, moment):
            indicator = None
        place = places.within(clause.sentence, clause.number.start, clause.number.end)
        rows.append(_record(clause, place, moment, name, indicator))
        previous = clause
    return tuple(rows)


def _over_years(text: str, clause: Clause, moment: Moment) -> bool:
    """Whether a growth is that of several years together: 比2015年增长60% is no year's rate of growth."""
    base = _BASE.search(text, clause.left, clause.number.start)
    return base is not None and (base[1] is None or moment.period_end is None or int(base[1]) < moment.period_end - 1)


def _record(clause: Clause, place: Place, moment: Moment, name: str, indicator: str | None) -> Quantity:
    number, unit, bound, measure = clause.number, clause.number.unit, clause.bound, clause.measure
    return Quantity(
        start=place["start"],
        end=place["end"],
        text=place["text"],
        sentence=place["sentence"],
        section=place["section"],
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
        annual_average=clause.annual,
        commitment=clause.commitment,
        rule=f"{number.form}/{clause.how or 'unnamed'}/{measure.rule}/{bound.rule}/{moment.rule}",
        confidence=_confidence(clause, moment, name, known=indicator is not None),
    )


def _confidence(clause: Clause, moment: Moment, name: str, *, known: bool) -> float:
    """How surely the row is right, as shares of right rows among hand-labelled ones came out."""
    if not name:
        return 0.3
    score = 0.96
    if known:
        score = 0.99
    elif clause.how in _GUESSED or not 3 <= len(name) <= 12:
        score = 0.88
    if not moment.sure:
        score -= 0.15
    if clause.number.form == "chinese":
        score -= 0.15
    return round(score, 2)


_BASE = re.compile(
    "[比较](?:((?:19|20)[0-9]{2})年|“[一二三四五六七八九十]{1,3}五”|[一二三四五六七八九十]{1,2}年前|上届)"
)
_GUESSED = ("carried", "after", "after_verb", "shared_after", "total", "share", "aligned_clause")
