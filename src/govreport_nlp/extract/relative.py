"""Promises without a number: in step with, faster than, as assigned, growing at all."""

from __future__ import annotations

import functools
import re

from govreport_nlp.extract.codebook import codebook
from govreport_nlp.extract.cues import lexicon
from govreport_nlp.extract.names import clean_name, names
from govreport_nlp.extract.place import Places
from govreport_nlp.extract.timeline import Timeline
from govreport_nlp.model import Relation, RelativeTarget
from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.structure.outline import Document


class RelativeRule(Rule, frozen=True, kw_only=True):
    """A relation as written: groups ``rel`` (its words) and ``ref`` (what it is compared with).

    A clause is tried only where one of ``anchors`` stands in it.
    """

    relation: Relation
    anchors: tuple[str, ...]
    pattern: str


def extract(doc: Document) -> tuple[RelativeTarget, ...]:
    """All relative targets of a document in order.

    >>> from govreport_nlp import parse
    >>> r = parse("居民收入增长与经济增长同步，节能减排完成国家下达任务。", year=2025).relative_targets
    >>> [(x.indicator, x.relation, x.reference) for x in r]
    [('居民收入', '=', '经济增长'), ('节能减排', 'assigned', '国家')]
    """
    text = doc.view.text
    anchors, rules = _compiled(doc.rules)
    cut, book, words = names(doc.rules), codebook(doc.rules), lexicon(doc.rules)
    places, timeline = Places.of(doc), Timeline.of(doc)
    rows: list[RelativeTarget] = []
    for anchor in anchors.finditer(text):
        near = max(0, anchor.start() - _REACH)
        left = max((m.end() for m in _BREAK.finditer(text, near, anchor.start())), default=near)
        end = _BREAK.search(text, anchor.end(), anchor.end() + _REACH)
        right = end.start() if end else min(len(text), anchor.end() + _REACH)
        clause = text[left:right]
        read = next(((r, m) for r, p in rules[anchor[0]] if (m := p.search(clause))), None)
        if read is None:
            continue
        rule, match = read
        span = cut.before(clause, words.scan(clause[: match.start()]), 0, match.start())
        a, b = (left + k for k in match.span("rel"))
        if span is None or (rows and rows[-1].end > doc.view.span(a, b)[0]):
            continue
        indicator = clean_name(clause[span[0] : span[1]])
        reference = (match.groupdict().get("ref") or "").strip()
        ids = book.named(indicator)
        referred = book.named(_RATE.sub("", reference))
        moment = timeline.at(a)
        rows.append(
            RelativeTarget(
                **places.place(a, b),
                indicator=indicator,
                indicator_id=ids[0].id if ids else None,
                relation=rule.relation,
                reference=reference,
                reference_id=referred[0].id if referred else None,
                status=moment.status,
                period_start=moment.period_start,
                period_end=moment.period_end,
                rule=rule.id,
                confidence=0.9 if ids else 0.75,
            )
        )
    return tuple(rows)


@functools.lru_cache(maxsize=8)
def _compiled(ruleset: Ruleset) -> tuple[re.Pattern[str], dict[str, list[tuple[RelativeRule, re.Pattern[str]]]]]:
    rules: dict[str, list[tuple[RelativeRule, re.Pattern[str]]]] = {}
    for rule in ruleset.load("relative.toml", RelativeRule):
        for anchor in rule.anchors:
            rules.setdefault(anchor, []).append((rule, re.compile(rule.pattern)))
    return re.compile("|".join(sorted(rules, key=len, reverse=True))), rules


_REACH = 80  # characters that a clause may have on either side of its anchor
_BREAK = re.compile(r"[，。；：！？\n、]")
_RATE = re.compile(r"(?:增长|增速|增幅)(?:速度)?$")
