"""A number with the clause around it: where it begins, how it is linked to the number before, what its verbs say."""

from __future__ import annotations

import re
from bisect import bisect_left

import msgspec

from govreport_nlp.extract.bounds import BoundReading, bounds
from govreport_nlp.extract.cues import (
    ACT,
    AIM,
    ANNUAL,
    CUT,
    DOWN,
    EACH,
    FIRM,
    GAP,
    LEAD,
    NEW,
    NOUN,
    OWN,
    STRONG,
    TO,
    UP,
    VERB,
    Cue,
    Cues,
    lexicon,
    roles_of,
)
from govreport_nlp.extract.detect import Number
from govreport_nlp.extract.measures import LEVEL, TELLING, MeasureReading, Measures, measures
from govreport_nlp.extract.place import Places
from govreport_nlp.model import Commitment
from govreport_nlp.structure.outline import Document


class Clause(msgspec.Struct, gc=False):
    """A number in its clause, filled step by step: reading, naming, status.

    ``left`` is where the clause begins, ``right`` where it ends; ``link`` joins it to the number before ("、", "，",
    "到" after 由A, "-" for nothing between, "" at a sentence's first); ``roles`` are those of its cue words, ``taken``
    is where its words end.
    """

    number: Number
    bound: BoundReading
    sentence: int
    left: int
    right: int
    link: str
    roles: int
    measure: MeasureReading
    commitment: Commitment
    annual: bool
    taken: int
    name: str = ""
    how: str = ""
    wedged: bool = False
    status_rule: str = ""

    @property
    def each(self) -> bool:
        """Whether its verb deals out one number a name (分别)."""
        return bool(self.roles & EACH)


class ClauseReader:
    """Reads the clauses of the numbers of a document."""

    def __init__(self, doc: Document, numbers: list[Number], places: Places) -> None:
        self.text = doc.view.text
        # A marker (—— 1. 一是) counts the item and is no part of what the item names.
        opened = {node.start: node.title_start for node in doc.nodes if node.marker}
        self._sentences = doc.sentences
        if opened:
            self._sentences = tuple(
                span._replace(start=opened[span.start]) if span.start in opened else span for span in doc.sentences
            )
        self._numbers = numbers
        self._held = [places.index(n.start) for n in numbers]
        held = [doc.sentences[i][:2] for i in dict.fromkeys(self._held)]
        self.cues: Cues = lexicon(doc.rules).scan(self.text, held)
        self._promises = [(c.start, c.end, c.roles) for c in self.cues.items if c.roles & (FIRM | AIM)]
        self._bounds = bounds(doc.rules)
        self._measures: Measures = measures(doc.rules)
        breaks = (m.start() for span in held for m in _BREAK.finditer(self.text, *span))
        self._breaks = [at for at in breaks if self.text[at] != "（" and not self._joins_levels(at)]

    def _joins_levels(self, at: int) -> bool:
        """Whether a 、 stands between levels of government, which are one word (省、市重点项目)."""
        text = self.text
        return text[at] == "、" and text[at + 1 : at + 2] in _LEVELS and text[at - 1] in _BEFORE_LEVEL

    def read(self) -> list[Clause]:
        """The clauses of the numbers, with measures handed down lists."""
        out: list[Clause] = []
        previous: Clause | None = None
        ends = [*(number.start for number in self._numbers[1:]), len(self.text)]
        for number, sentence, following in zip(self._numbers, self._held, ends, strict=True):
            previous = self._read_one(number, sentence, previous, following)
            out.append(previous)
        return out

    def wide_left(self, start: int, sentence: int, least: int) -> int:
        """Where the clause of ``start`` begins when 、 does not end it: a list of names may stand before a number.

        It begins in ``sentence`` and not before ``least``.
        """
        least = max(least, self._sentences[sentence].start)
        k = bisect_left(self._breaks, start)
        while k and self._breaks[k - 1] >= least and self.text[self._breaks[k - 1]] == "、":
            k -= 1
        return max(self._breaks[k - 1] + 1 if k else 0, least)

    def sentence_start(self, clause: Clause) -> int:
        """Where the sentence of ``clause`` begins."""
        return self._sentences[clause.sentence].start

    def _read_one(self, number: Number, sentence: int, previous: Clause | None, following: int) -> Clause:
        text, breaks, start = self.text, self._breaks, number.start
        bound = self._bounds.read(text, number)
        left, right, _ = self._sentences[sentence]
        k = bisect_left(breaks, start)
        if k and breaks[k - 1] >= left:
            left = breaks[k - 1] + 1
        if previous is not None and previous.bound.end > left:
            left = max(left, min(previous.bound.end, start))
        k = bisect_left(breaks, bound.end, k)
        if k < len(breaks) and breaks[k] < right:
            right = breaks[k]
        if following < right:
            right = following
        link = self._link(previous, left, start) if previous is not None and previous.sentence == sentence else ""
        found = self.cues.between(left, start)
        roles = roles_of(found)
        measure = self._measure(number, bound, found, roles, left, sentence, previous, link)
        promise = self._promise(sentence, start, right)
        annual = bool(roles & ANNUAL)
        return Clause(number, bound, sentence, left, right, link, roles, measure, promise, annual, bound.end)

    def _link(self, previous: Clause, left: int, start: int) -> str:
        text = self.text
        gap = text[previous.bound.end : left]
        if not _HARD.isdisjoint(gap):
            return "，"
        between = text[previous.bound.end : start]
        reaches = not _REACHED.isdisjoint(between) and _TO.match(between)
        if reaches and _FROM.search(text, previous.left, previous.number.start):
            return "到"
        return gap[-1:] or "-"

    def _measure(
        self,
        number: Number,
        bound: BoundReading,
        found: list[Cue],
        roles: int,
        left: int,
        sentence: int,
        previous: Clause | None,
        link: str,
    ) -> MeasureReading:
        text, reader = self.text, self._measures
        if number.form == "zero":
            return reader.zero
        reading = None
        if roles & TELLING:
            inside = _NOWHERE
            if not _INSIDE.isdisjoint(text[left : number.start]):
                inside = frozenset(c.end for c in found if _within_a_name(c, text[c.end : c.end + 1]))
            reading = reader.read(found, number.unit, number.form, left, number.start, inside)
        if reading is None and text[left - 1 : left] == "、":
            wide = self.wide_left(number.start, sentence, previous.bound.end if previous is not None else 0)
            ends = frozenset(k for k in range(wide + 1, left) if text[k] in "、等")
            around = self.cues.between(wide, number.start)
            reading = reader.read(around, number.unit, number.form, wide, number.start, ends)
        if number.unit.base == "%" and (reading is None or reading.measure == "level"):
            reading = reader.rate_after(text, bound.end, number.unit) or reading
        if reading is not None:
            return reading
        if previous is None or not link or not previous.measure.listed or number.unit.base == "%":
            return LEVEL
        same = number.unit.dimension == previous.number.unit.dimension == "count"
        bare = same and left < number.start and not any(c.roles & ~(LEAD | NOUN) for c in found)
        listed = text.startswith("其中", left) or link in ("、", "和", "-") or bare
        # A total is no further thing that was added: 新签约项目30个、总投资50亿元.
        return previous.measure if listed and text[left] != "总" else LEVEL

    def _promise(self, sentence: int, end: int, right: int) -> Commitment:
        """How firmly the number at ``end`` is promised: by the last such word of its sentence before it.

        None behind a semicolon. The clause goes on to ``right``.

        One that is a verb itself promises where another verb follows (争取突破3亿元): 争取上级资金3亿元 obtains.
        """
        k = bisect_left(self._promises, (end,)) - 1
        if k < 0:
            return "plain"
        at, behind, roles = self._promises[k]
        if at < end - _REACH or at < self._sentences[sentence].start or self.text.find("；", at, end) >= 0:
            return "plain"
        if self.text[behind] == "，":  # 经过积极争取，…: nothing is promised
            return "plain"
        if roles & OWN and (comma := self.text.rfind("，", at, end)) >= 0:
            return "plain" if any(map(_deed, self.cues.between(comma, end))) else "firm" if roles & FIRM else "aim"
        if roles & ACT:
            until = right if self.text.find("，", at, end) < 0 else end
            if not any(map(_deed, self.cues.between(at + 1, until))):
                return "plain"
        return "firm" if roles & FIRM else "aim"


def _deed(cue: Cue) -> bool:
    return bool(cue.roles & NEW or (cue.roles & _DEEDS and not cue.roles & NOUN))


def _within_a_name(cue: Cue, following: str) -> bool:
    """Whether a verb is part of a name by what follows it: 建设等 ends a list, 增长的 goes on to a noun (贡献率)."""
    return following == "等" or (following == "的" and bool(cue.roles & (UP | DOWN)))


_LEVELS, _BEFORE_LEVEL = frozenset("省市县区州"), frozenset("家省市县区州")
_INSIDE = frozenset("等的")
_DEEDS = ACT | CUT | DOWN | GAP | STRONG | TO | UP | VERB
_REACH = 200  # characters: a word of promise further away belongs to something else
_HARD = frozenset("，。；：！？\n")
_NOWHERE: frozenset[int] = frozenset()
# A short bracket is passed over; with the class first, the next break is searched for fast.
_BREAK = re.compile(r"[（，。；：！？\n、](?:(?<!（)|[^（）\n]{0,14}）)")
_REACHED = frozenset("到至为成")
_FROM = re.compile(r"[由从自](?!事)")
_TO = re.compile(r"[^，。；]{0,12}(?:到|至|为|成)[^，。；]{0,8}$")
