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
    """A relation as written: groups ``rel`` (its words) and ``ref`` (what it is compared with)."""

    relation: Relation
    pattern: str


def extract(doc: Document) -> tuple[RelativeTarget, ...]:
    """All relative targets of a document in order.

    >>> from govreport_nlp import parse
    >>> r = parse("居民收入增长与经济增长同步，节能减排完成国家下达任务。", year=2025).relative_targets
    >>> [(x.indicator, x.relation, x.reference) for x in r]
    [('居民收入', '=', '经济增长'), ('节能减排', 'assigned', '国家')]
    """
    text = doc.view.text
    pattern, rules = _compiled(doc.rules)
    matches = list(pattern.finditer(text))
    if not matches:
        return ()
    cut, book, words = names(doc.rules), codebook(doc.rules), lexicon(doc.rules)
    places, timeline = Places(doc), Timeline(doc)
    rows = []
    for match in matches:
        index = int((match.lastgroup or "r0")[1:])
        rule = rules[index]
        left = max(text.rfind(c, 0, match.start()) for c in _BREAKS) + 1
        # The name may run into the pattern's own words (居民收入增长 + 与…): cut it from the clause alone.
        clause = text[left : match.start()]
        span = cut.before(clause, words.scan(clause), 0, len(clause))
        if span is None:
            continue
        indicator = clean_name(clause[span[0] : span[1]])
        reference = (match.groupdict().get(f"ref{index}") or "").strip()
        ids = book.named(indicator)
        referred = book.named(_RATE.sub("", reference))
        moment = timeline.at(match.start())
        a, b = match.span(f"rel{index}")
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
def _compiled(ruleset: Ruleset) -> tuple[re.Pattern[str], tuple[RelativeRule, ...]]:
    rules = ruleset.load("relative.toml", RelativeRule)
    parts = []
    for i, rule in enumerate(rules):
        numbered = re.sub(r"\(\?P<(\w+)>", lambda m, i=i: f"(?P<{m[1]}{i}>", rule.pattern)
        parts.append(f"(?P<r{i}>{numbered})")
    return re.compile("|".join(parts)), rules


_BREAKS = "，。；：！？\n、"
_RATE = re.compile(r"(?:增长|增速|增幅)(?:速度)?$")
