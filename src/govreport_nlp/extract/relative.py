"""Promises without a number: in step with, faster than, as assigned, growing at all."""

from __future__ import annotations

import functools
import re

from govreport_nlp.extract.codebook import Own, codebook
from govreport_nlp.extract.cues import ACT, DOWN, GAP, NEW, NOUN, STRONG, TO, UP, lexicon
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
    """All relative targets of a document in order; one for each indicator of a list, all with the same span.

    >>> from govreport_nlp import parse
    >>> r = parse("居民收入增长与经济增长同步，节能减排完成国家下达任务。", year=2025).relative_targets
    >>> [(x.indicator, x.relation, x.reference) for x in r]
    [('居民收入', '=', '经济增长'), ('节能减排', 'assigned', '国家')]
    """
    text = doc.view.text
    anchors, rules = _compiled(doc.rules)
    book, own = codebook(doc.rules), Own(doc.meta)
    reader = _Reader(doc.rules)
    places, timeline = Places.of(doc), Timeline.of(doc)
    rows: list[RelativeTarget] = []
    done = 0
    for anchor in anchors.finditer(text):
        near = max(done, anchor.start() - _REACH)
        left = max((m.end() for m in _BREAK.finditer(text, near, anchor.start())), default=near)
        end = _BREAK.search(text, anchor.end(), anchor.end() + _REACH)
        right = end.start() if end else min(len(text), anchor.end() + _REACH)
        clause = text[left:right]
        at = anchor.start() - left
        read = next(
            ((r, m) for r, p in rules[anchor[0]] for m in p.finditer(clause) if m.start() <= at < m.end()), None
        )
        if read is None or left + read[1].start("rel") < done:
            continue
        rule, match = read
        a, b = (left + k for k in match.span("rel"))
        groups = match.groupdict()
        indicators = reader.before(clause, match.start())
        if not indicators and left > near and text[left - 1] == "，":
            indicators = reader.subject(text[max(0, left - _REACH) : left - 1])
        if not indicators:
            indicators = reader.before(what, len(what)) if (what := groups.get("what") or "") else []
        reference = (groups.get("ref") or "").strip()
        referred = book.named(_RATE.sub("", reference))
        moment = timeline.at(a)
        place = places.place(a, b)
        done = left + match.end() if indicators else done
        for indicator in indicators:
            ids = book.named(own(indicator))
            rows.append(
                RelativeTarget(
                    **place,
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


class _Reader:
    """Reads what a clause promises."""

    def __init__(self, rules: Ruleset) -> None:
        self._names, self._words, self._book = names(rules), lexicon(rules), codebook(rules)

    def before(self, clause: str, end: int) -> list[str]:
        """The indicators that ``clause`` names up to ``end``.

        A list is taken apart where all that it names are indicators of the codebook, or all of them are meant (均).
        """
        listed = clause[:end]
        several = [name for part in _JOINS.split(listed) if (name := self._name(part))]
        if (
            len(several) > 1
            and not _DIGITS.search(listed)
            and (_ALL.search(clause) or all(map(self._book.named, several)))
        ):
            return several
        last = clause.rfind("、", 0, end) + 1
        name = self._name(clause[last:end])
        return [name] if name else []

    def subject(self, text: str) -> list[str]:
        """What the last clause of ``text`` speaks of, before its verb (零售总额完成3亿元，增速高于全市)."""
        clause = text[max((m.end() for m in _BREAK.finditer(text)), default=0) :]
        verb = next((c.start for c in self._words.scan(clause).items if c.roles & _VERBS and not c.roles & NOUN), 0)
        name = self._name(clause[:verb])
        return [name] if name and self._book.named(name) else []

    def _name(self, text: str) -> str:
        if not text:
            return ""
        if text.endswith(_CLASSES) and (etc := text.rfind("等")) > 0:
            text = text[:etc]  # 居民收入等主要经济指标
        span = self._names.before(text, self._words.scan(text), 0, len(text))
        name = "" if span is None else clean_name(_RATE.sub("", text[slice(*span)]))
        return "" if name in _NOTHING else name


@functools.lru_cache(maxsize=8)
def _compiled(ruleset: Ruleset) -> tuple[re.Pattern[str], dict[str, list[tuple[RelativeRule, re.Pattern[str]]]]]:
    rules: dict[str, list[tuple[RelativeRule, re.Pattern[str]]]] = {}
    for rule in ruleset.load("relative.toml", RelativeRule):
        for anchor in rule.anchors:
            rules.setdefault(anchor, []).append((rule, re.compile(rule.pattern)))
    return re.compile("|".join(sorted(rules, key=len, reverse=True))), rules


_REACH = 80  # characters that a clause may have on either side of its anchor
_BREAK = re.compile(r"[，。；：！？\n]")
_JOINS = re.compile("[、和与及]|以及")
_DIGITS = re.compile("[0-9]")
_ALL = re.compile("(?<![年人户亩平日月])均|都|分别")
_VERBS = ACT | DOWN | GAP | NEW | STRONG | TO | UP
_CLASSES = ("指标", "指标增速", "指标增幅")
_NOTHING = frozenset(("", "增速", "增幅", "增长", "速度", "任务", "目标"))
_RATE = re.compile(r"(?:增长|增速|增幅)(?:速度)?$")
