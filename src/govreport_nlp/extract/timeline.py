"""Whether a place in the report looks back or ahead, and for which years."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from typing import Literal, NamedTuple

import msgspec

from govreport_nlp.extract.numerals import chinese_value
from govreport_nlp.model import Status
from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.structure.outline import Document, Node


class TimeRule(Rule, frozen=True, kw_only=True):
    """An expression of time; see the head of time.toml."""

    pattern: str
    opens: str
    effect: Literal["none", "next", "set", "review", "one", "span"]
    start: int = 0
    end: int = 0
    status: Status | None = None


class TenseRule(Rule, frozen=True, kw_only=True):
    """Words that say that a sentence looks back or ahead."""

    status: Status
    words: tuple[str, ...]
    strong: bool = False
    silent: bool = False


class Moment(msgspec.Struct, frozen=True, gc=False):
    """What holds at a place in the text: promised or past, for which years, and how surely that is known."""

    status: Status
    period_start: int | None
    period_end: int | None
    rule: str = "default"
    sure: bool = True

    def told(self, status: Status, rule: str, *, timeless: bool = False) -> Moment:
        """This moment with another ``status``, which ``rule`` tells; ``timeless`` without its years."""
        if timeless:
            return Moment(status, None, None, rule, self.sure)
        return Moment(status, self.period_start, self.period_end, rule, self.sure)

    def single(self, rule: str = "") -> Moment:
        """This moment in one of its years: the last of those that are past, the first of those to come."""
        if self.period_start == self.period_end:
            return self
        year = self.period_end if self.status == "achievement" else self.period_start
        return Moment(self.status, year, year, rule or self.rule, self.sure)


class _Mark(NamedTuple):
    start: int
    end: int
    rule: TimeRule
    first: int | None
    last: int | None


class _Patterns:
    def __init__(self, ruleset: Ruleset) -> None:
        self.times = ruleset.load("time.toml", TimeRule)
        parts = []
        for i, rule in enumerate(self.times):
            pattern = re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{i}>", rule.pattern)
            parts.append(f"(?P<r{i}>{pattern})")
        opens = "".join(sorted({c for rule in self.times for c in rule.opens}))
        self.time = re.compile(f"(?=[{opens}])(?:{'|'.join(parts)})")
        groups = self.time.groupindex
        self.years = [groups.get(f"year{i}", 0) for i in range(len(parts))]
        self.plans = [groups.get(f"plan{i}", 0) for i in range(len(parts))]
        self.tenses = ruleset.load("tense.toml", TenseRule)
        words = {w: r for r in self.tenses for w in r.words}
        self.words = words
        longest = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        strong = sorted((w for w, r in words.items() if r.strong), key=len, reverse=True)
        self.strong = re.compile("|".join(map(re.escape, strong)))
        self.tense = re.compile(longest)


@functools.lru_cache(maxsize=8)
def _patterns(ruleset: Ruleset) -> _Patterns:
    return _Patterns(ruleset)


class Timeline:
    """The moments of a document; made once a document.

    >>> from govreport_nlp import parse
    >>> [(q.status, q.period_end) for q in parse("去年新建学校3所，今年再建2所。", year=2024).quantities]
    [('achievement', 2023), ('target', 2024)]
    """

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._patterns = _patterns(doc.rules)
        self._starts = [s.start for s in doc.sentences]
        self._year = doc.meta.year
        self._marks: dict[int, list[_Mark]] = {}
        self._defaults: dict[int, Moment] = {}
        self._spans: dict[tuple[int, Status], tuple[int, int]] = {}
        self._leads: dict[int, list[tuple[int, bool]]] = {}

    @classmethod
    def of(cls, doc: Document) -> Timeline:
        """The timeline of ``doc``, made at the first call."""
        known = doc.memo.get("timeline")
        if not isinstance(known, cls):
            known = doc.memo["timeline"] = cls(doc)
        return known

    def at(self, offset: int, *, number: bool = False) -> Moment:
        """The moment of the view's ``offset``; ``number`` where one begins there: 由2010年的 holds for it alone."""
        if not self._starts:
            return Moment("target", self._year, self._year, "no_sentence", sure=False)
        return self.within(max(bisect_right(self._starts, offset) - 1, 0), offset, number=number)

    def within(self, index: int, offset: int, *, number: bool = False) -> Moment:
        """As ``at``, for an offset in the sentence with that ``index``."""
        base = self._defaults.get(index) or self._default(index)
        marks = self._marks.get(index)
        if marks is None:
            marks = self._marks[index] = self._find_marks(*self._doc.sentences[index][:2])
        mark = self._mark_before(marks, offset) if marks else None
        if mark is None:
            return base
        if mark.rule.effect == "next":
            return base if not number else Moment(base.status, mark.first, mark.last, "from_year", base.sure)
        if mark.rule.id == "this_year" and base.status == "achievement" and (base.sure or not number):
            # "年内" and "今年" in a review are the reviewed year's own words.
            return base
        if mark.rule.effect == "one":
            return base.single(mark.rule.id)
        if mark.rule.effect == "span" and self._year is not None:
            first = self._year - mark.rule.end if base.status == "achievement" else self._year
            return Moment(base.status, first, first + mark.rule.end - 1, mark.rule.id, base.sure)
        status = self._status(base, mark)
        return Moment(status, mark.first, mark.last, mark.rule.id, base.sure or mark.rule.status is not None)

    def start_of(self, index: int) -> int:
        """Where the sentence with that ``index`` begins in the view."""
        return self._starts[index]

    def years_of(self, index: int) -> tuple[int | None, int | None]:
        """The years that the part speaks of in which the sentence with that ``index`` stands."""
        base = self._defaults.get(index) or self._default(index)
        return base.period_start, base.period_end

    def _status(self, base: Moment, mark: _Mark) -> Status:
        if mark.rule.status is not None:
            return mark.rule.status
        if mark.last is None or self._year is None:
            return base.status
        if mark.rule.effect == "review" or mark.last < self._year:
            return "achievement"
        return "target"

    def _mark_before(self, marks: list[_Mark], offset: int) -> _Mark | None:
        for mark in reversed(marks):
            if mark.end > offset or mark.rule.effect == "none":
                continue
            if mark.rule.effect == "next":
                between = self._doc.view.text[mark.end : offset]
                if "，" in between or any(c.isdigit() for c in between):
                    continue
            return mark
        return None

    def _find_marks(self, start: int, end: int) -> list[_Mark]:
        text, year, patterns = self._doc.view.text, self._year, self._patterns
        if text.find("年", start, end) < 0 and text.find("五”", start, end) < 0 and text.find("届", start, end) < 0:
            return []
        marks = []
        for match in patterns.time.finditer(text, start, end):
            index = int((match.lastgroup or "r0")[1:])
            rule = patterns.times[index]
            first = None if year is None else year + rule.start
            last = None if year is None else year + rule.end
            if (group := patterns.years[index]) and match[group] is not None:
                first = last = int(match[group])
            elif (group := patterns.plans[index]) and match[group] is not None:
                begin = plan_start(match[group])
                first = None if begin is None else begin + rule.start
                last = None if begin is None else begin + rule.end
                if rule.effect == "review" and year is not None:
                    first, last = begin, year - 1
            marks.append(_Mark(match.start(), match.end(), rule, first, last))
        return marks

    def _default(self, index: int) -> Moment:
        known = self._defaults.get(index)
        if known is None:
            scope = self._scope(index)
            if scope is None:
                first = index
                while first and first - 1 not in self._defaults and self._scope(first - 1) is None:
                    first -= 1
                # In order: a sentence of a part that says nothing may lean on the one before it.
                for i in range(first, index):
                    self._defaults[i] = self._read_sentence(i, None)
            known = self._defaults[index] = self._read_sentence(index, scope)
        return known

    def _scope(self, index: int) -> str | None:
        section = self._doc.sentences[index].section
        return None if section is None else self._doc.nodes[section].scope

    def _read_sentence(self, index: int, scope: str | None) -> Moment:
        sentence = self._doc.sentences[index]
        decided = None
        if scope != "problems":
            word = self._patterns.strong.search(self._doc.view.text, sentence.start, sentence.end)
            decided = self._patterns.words[word[0]].status if word else None
        status: Status = decided or _SCOPES.get(scope or "") or self._lean(index)
        node = None if sentence.section is None else self._doc.nodes[sentence.section]
        first, last = self._years(node, status, sentence.start)
        return Moment(status, first, last, scope or "words", scope is not None)

    def _lean(self, index: int) -> Status:
        """What the words of a sentence say where its part does not; they may leave it to the sentence before."""
        doc = self._doc
        sentence = doc.sentences[index]
        balance = 0
        for match in self._patterns.tense.finditer(doc.view.text, sentence.start, sentence.end):
            rule = self._patterns.words[match[0]]
            if not rule.silent and not rule.strong:
                balance += 1 if rule.status == "target" else -1
        if not balance and index and doc.sentences[index - 1].section == sentence.section:
            before = self._defaults.get(index - 1)
            if before is not None:
                return before.status
        return "achievement" if balance < 0 else "target"

    def _years(self, node: Node | None, status: Status, start: int) -> tuple[int | None, int | None]:
        if self._year is None:
            return None, None
        if status != "target" and (both := self._on_both(node)) is not None:
            return self._year - (5 if self._in_five(both, start) else 1), self._year - 1
        key = (id(node), status)
        if key not in self._spans:
            self._spans[key] = self._plan_years(node) if status == "target" else self._review_years(node)
        return self._spans[key]

    def _on_both(self, node: Node | None) -> Node | None:
        """The section around whose title names a year and five years (2025年和“十四五”时期工作回顾)."""
        while node is not None:
            if _YEAR_NAMED.search(node.title) and _FIVE_YEARS.search(node.title):
                return node
            if _ONE_YEAR.search(node.title) or _FIVE_YEARS.search(node.title):
                return None
            node = None if node.parent is None else self._doc.nodes[node.parent]
        return None

    def _in_five(self, node: Node, start: int) -> bool:
        """Whether the text at ``start`` speaks of the five years: the paragraph says so that last named a time."""
        if (leads := self._leads.get(id(node))) is None:
            text = self._doc.view.text
            leads = self._leads[id(node)] = [
                (m.start(), m["five"] is not None) for m in _LEAD.finditer(text, node.title_end, node.end)
            ]
        at = bisect_right(leads, (start, True))
        if at:
            return leads[at - 1][1]
        one, five = _YEAR_NAMED.search(node.title), _FIVE_YEARS.search(node.title)
        return bool(one and five and five.start() < one.start())

    def _review_years(self, node: Node | None) -> tuple[int, int]:
        assert self._year is not None
        for title in self._titles(node):
            if _ONE_YEAR.search(title):
                break
            if _FIVE_YEARS.search(title):
                return self._year - 5, self._year - 1
        return self._year - 1, self._year - 1

    def _plan_years(self, node: Node | None) -> tuple[int, int]:
        assert self._year is not None
        for title in self._titles(node):
            if str(self._year) in title or "今年" in title:
                break
            if _NEXT_FIVE.search(title):
                return self._year, self._year + 4
        return self._year, self._year

    def _titles(self, node: Node | None) -> list[str]:
        titles = []
        current = node
        while current is not None:
            titles.append(current.title)
            current = None if current.parent is None else self._doc.nodes[current.parent]
        return titles


def plan_start(plan: str) -> int | None:
    """The first year of the five-year plan that ``plan`` names: "十四五" began in 2021.

    >>> plan_start("十四五"), plan_start("八五")
    (2021, 1991)
    """
    ordinal = chinese_value(plan[:-1])
    return None if ordinal is None else int(1951 + 5 * ordinal)


_SCOPES: dict[str, Status] = {"review": "achievement", "plan": "target", "problems": "reference"}
_FIVE_YEARS = re.compile(r"五年|5年|(?<![一-龥])[“\"]?(?:[六七八九]|十[一二三四五六七]?)五[”\"]?|本届")
_ONE_YEAR = re.compile(r"过去一年|去年|开局之年|(?:19|20)[0-9]{2}年工作")
_YEAR_NAMED = re.compile(r"过去一年|去年|(?<![0-9])(?:19|20)[0-9]{2}年")
_LEAD = re.compile(
    r"(?m)^[\s　—]*(?:各位代表[，！：])?(?:[一二三四五六七八九十]+是|（[一二三四五六七八九十]+）)?"
    r"(?:(?P<five>(?:刚刚)?(?:过去的?|这|本届政府)?五年(?:来|间|，|里)|“十[一二三四五六]五”(?:时期|期间|以来))"
    r"|(?:刚刚)?(?:过去的?(?:一|(?:19|20)[0-9]{2})年|一年来|去年|(?:19|20)[0-9]{2}年(?:，|是)))"
)
_NEXT_FIVE = re.compile(r"(?:今后|未来)五年|“十.五”时期|五年")
