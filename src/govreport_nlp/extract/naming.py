"""Which name each number of a sentence gets: its own, its place in a list, or its neighbour's."""

from __future__ import annotations

import itertools
import re

import msgspec

from govreport_nlp.extract.clauses import Clause, ClauseReader
from govreport_nlp.extract.cues import ACT, DOWN, GAP, NEW, NOUN, STOP, STRONG, TAIL, TO, UP, VERB
from govreport_nlp.extract.measures import LEVEL
from govreport_nlp.extract.names import Names

Span = tuple[int, int]


class Namer:
    """Names the clauses of a document."""

    def __init__(self, reader: ClauseReader, names: Names) -> None:
        self._reader = reader
        self._text = reader.text
        self._cues = reader.cues
        self._names = names

    def name(self, clauses: list[Clause]) -> None:
        """Fill ``name`` and ``how`` of every clause."""
        i = 0
        carried: list[Clause] = []
        while i < len(clauses):
            if i and clauses[i].sentence != clauses[i - 1].sentence:
                carried = []
            group = self._group(clauses, i)
            if len(group) == 1 or not self._align(group, carried):
                previous = carried[-1] if carried else None
                for clause in group:
                    self._name_one(clause, previous)
                    previous = clause
            if len(group) > 1:
                _hand_on(group)
            carried = [*carried, *group][-_REMEMBERED:]
            i += len(group)
        for clause, following in itertools.pairwise(clauses):
            # "使3户、8名居民受益": the noun behind the last number of a list is that of the numbers before it.
            if clause.how not in ("", "carried") or following.how != "after" or clause.sentence != following.sentence:
                continue
            if _SIDE_BY_SIDE.fullmatch(self._text[clause.bound.end : following.number.start]):
                clause.name, clause.how = following.name, "shared_after"

    def _group(self, clauses: list[Clause], i: int) -> list[Clause]:
        """The clauses from ``i`` on whose numbers stand side by side (增长5%、6%和7%)."""
        before = clauses[i]
        group = [before]
        for k in range(i + 1, len(clauses)):
            clause = clauses[k]
            start, end = before.bound.end, clause.number.start
            if end - start > 8 or clause.sentence != before.sentence:
                break
            if not _SIDE_BY_SIDE.fullmatch(self._text[start:end]) or self._counts_what_follows(clause):
                break
            group.append(clause)
            before = clause
        return group

    def _counts_what_follows(self, clause: Clause) -> bool:
        """Whether a counted noun follows the number at once (近8万市民)."""
        if clause.number.unit.dimension != "count" and clause.number.unit.symbol not in _BARE_SCALES:
            return False
        return self._names.after(self._text, self._cues, clause.bound.end, clause.right) is not None

    def _align(self, group: list[Clause], carried: list[Clause]) -> bool:
        """Give the numbers of a group of several one name each; False where there is no list of as many names."""
        n, first = len(group), group[0]
        least = carried[-1].taken if carried else 0
        wide = self._reader.wide_left(first.number.start, first.sentence, least)
        span = self._names.before(self._text, self._cues, wide, first.number.start)
        items, how = None, "aligned"
        if span is not None:
            items = self._names.items(self._text[slice(*span)], n)
        if items is None and first.each:
            items, how = self._items_before(wide, first.sentence, n, least), "aligned_clause"
        if items is None and span is None:
            items, how = _last_names(carried, n), "aligned_back"
        if items is None:
            return False
        for clause, item in zip(group, items, strict=True):
            clause.name, clause.how = item, how
        return True

    def _items_before(self, start: int, sentence: int, count: int, least: int) -> list[str] | None:
        """The names that the clause before ``start`` lists (A、B再次提高，分别提高3元、5元)."""
        left = self._reader.wide_left(start - 1, sentence, least)
        span = self._names.before(self._text, self._cues, left, start - 1) if left < start - 1 else None
        return None if span is None else self._names.items(self._text[slice(*span)], count)

    def _name_one(self, clause: Clause, previous: Clause | None) -> None:
        named = previous if previous is not None and previous.name else None
        if clause.link == "到" and named is not None:
            clause.name, clause.how = named.name, "from_to"
            return
        text, number = self._text, clause.number
        left = clause.left if previous is None else max(clause.left, previous.taken)
        before = self._names.before(
            text,
            self._cues,
            min(left, number.start),
            number.start,
            multiple=number.unit.base == "倍",
            rate=number.unit.dimension == "ratio",
        )
        weak = before is not None and self._names.is_verb(self._cues, *before)
        after, given_up = self._after(clause, before, weak)
        if after is not None:
            clause.name, clause.how, clause.taken = text[slice(*after)].split("等", 1)[0], "after", after[1]
            clause.name += self._task(clause, after[1])
            clause.wedged = before is not None and not weak and before[1] == number.start and after[0] == number.end
        elif before is not None and not (weak and previous is not None and not self._own_deed(clause, before)):
            self._name_before(clause, before, named, least=0 if previous is None else previous.taken)
        elif (topic := self._topic(clause, previous)) is not None:
            clause.name, clause.how = text[slice(*topic)], "topic"
        elif named is not None and self._text.find("；", named.bound.end, clause.number.start) < 0:
            _carry(clause, named)
        elif given_up is not None:
            clause.name, clause.how = text[slice(*given_up)], "after_verb"

    def _own_deed(self, clause: Clause, before: Span) -> bool:
        """Whether a verb alone before a number names a deed of its own, not one of a list: ，培训2万人; ，投入3亿元."""
        if self._text[slice(*before)] in _SPENT and clause.number.unit.dimension == "money":
            return True
        verbs = self._cues.between(*before)
        people = clause.number.unit.base in _PEOPLE
        return people and clause.link == "，" and not any(c.roles & (STRONG | TAIL) for c in verbs)

    def _after(self, clause: Clause, before: Span | None, weak: bool) -> tuple[Span | None, Span | None]:
        """The name behind the number, where it is to be looked for, and one that was given up as a predicate."""
        text, number = self._text, clause.number
        dimension = number.unit.dimension
        counted = dimension in ("count", "length", "area") or number.unit.symbol in _BARE_SCALES
        if before is not None and not weak:
            sized = dimension in SIZES and before[1] == number.start
            if not (counted or sized) or text.startswith("的", clause.bound.end):
                return None, None
            if _FROM.search(text, clause.left, number.start):
                return None, None
        place = text.startswith("在", number.start - 1)
        after = self._names.after(text, self._cues, clause.bound.end, clause.right, place=place)
        if after is not None and (number.unit.base in _PEOPLE or number.unit.symbol in _BARE_SCALES):
            whom = self._names.people.search(text, *after)
            after = (after[0], whom.end()) if whom else after
        if after is not None and self._names.opens_with_verb(self._cues, *after, strict=counted):
            return None, after
        return after, None

    def _topic(self, clause: Clause, previous: Clause | None) -> Span | None:
        """The name that the clause before holds alone (农民的纯收入，平均每人达到355元).

        Or that it says no more of than that a mark was passed (财政总收入突破亿元大关，达到1.2亿元).
        """
        least = self._reader.sentence_start(clause)
        if previous is not None and previous.sentence == clause.sentence:
            least = previous.taken
        end = clause.left - 1
        start = self._reader.wide_left(end, clause.sentence, least)
        if not least <= start < end or self._text[end] != "，" or "、" in self._text[start:end]:
            return None
        said = next((c for c in self._cues.between(start, end) if c.roles & _PREDICATES and not c.roles & NOUN), None)
        if said is not None:
            if not self._text.endswith(_MARKS, start, end):
                return None
            end = said.start
        return self._names.before(self._text, self._cues, start, end) if start < end else None

    def _name_before(self, clause: Clause, before: Span, named: Clause | None, least: int) -> None:
        name = self._text[slice(*before)] + self._task(clause, before[1])
        clause.name, clause.how = name, "before"
        if (listed := self._listed(clause, before, least)) is not None:
            clause.name = self._text[slice(*listed)]
            return
        if name in self._names.parts and (whole := self._branch(clause, before[0])):
            clause.name = whole + name
        if named is None:
            return
        if name in _STATES:  # 建成农田1万亩、在建1万亩
            clause.name, clause.how = named.name, "carried"
            return
        if name in self._names.twins and named.name.endswith(self._names.twins):
            clause.name, clause.how = named.name[: -len(name)] + name, "twin"  # 生猪存栏4万头、出栏6万头
            return
        if _LEVEL.fullmatch(name):  # 国家级企业2家、省级8家
            clause.name, clause.how = name + _LEVEL.sub("", named.name, count=1), "level"
            return
        if name in self._names.totals and named.sentence == clause.sentence:
            clause.name, clause.how = named.name + name, "total"
        elif (share := self._text.rfind("占", clause.left, before[0])) >= 0 and self._text[
            share + 1
        ] not in "地用有道线":
            of = self._text[share + 1 : before[1]]
            clause.name, clause.how = f"{named.name}占{of.removesuffix('比重').removesuffix('的')}比重", "share"

    def _task(self, clause: Clause, end: int) -> str:
        """任务 where tasks are counted (完成改革任务95项), "" where something else is (完成造林任务5万亩)."""
        counted = clause.number.unit.symbol == "项" and self._text.startswith("任务", end)
        return "任务" if counted else ""

    def _listed(self, clause: Clause, before: Span, least: int) -> Span | None:
        """The names that one number counts together (建成绿地、公园10个), where the last is ``before``."""
        text, left, dimension = self._text, clause.left, clause.number.unit.dimension
        shared = dimension == "count" or (dimension == "ratio" and text[before[1] - 1] in _SHARE_ENDINGS)
        counted = shared and not clause.each and text[before[1] : before[1] + 1] != "均"
        if not counted or before[0] != left or text[left - 1 : left] != "、" or text.startswith(_YIELDS, left):
            return None
        wide = self._reader.wide_left(clause.number.start, clause.sentence, least)
        span = self._names.before(text, self._cues, wide, clause.number.start) if wide < left else None
        if span is None or span[0] >= left - 1 or _NO_NAME.search(text, span[0], left):
            return None
        if any(c.roles & _PREDICATES and not c.roles & NOUN for c in self._cues.between(span[0], left - 1)):
            return None
        return span

    def _branch(self, clause: Clause, end: int) -> str:
        """The branch of the economy that the clause before ``end`` or the one before it begins with, or ""."""
        sentence = self._reader.sentence_start(clause)
        for start in (clause.left, self._reader.wide_left(clause.left - 1, clause.sentence, sentence)):
            if not sentence <= start < end or not (whole := self._names.branch(self._text, start, end)):
                continue
            span = self._names.before(self._text, self._cues, start, start + len(whole))
            return "" if span is None else self._text[slice(*span)]
        return ""


def _carry(clause: Clause, named: Clause) -> None:
    clause.name, clause.how = named.name, "carried"
    rates = named.number.unit.base == clause.number.unit.base == "%" and named.measure.measure == "growth"
    if rates and clause.measure.measure == "level" and clause.measure.rule != "gap":
        clause.measure = named.measure


def _hand_on(group: list[Clause]) -> None:
    """Numbers without a measure or bound of their own in a group take that of the first (分别增长5%、6%)."""
    first = group[0]
    shared = first.each and first.bound.bound != "=" and first.bound.end == first.number.end
    for clause in group[1:]:
        clause.annual |= first.annual
        if shared and clause.bound.bound == "=":
            clause.bound = msgspec.structs.replace(first.bound, end=clause.bound.end)
        same_unit = clause.number.unit.base == first.number.unit.base
        if clause.measure == LEVEL and first.measure.measure != "level" and same_unit:
            clause.measure = first.measure


def _last_names(carried: list[Clause], n: int) -> list[str] | None:
    """The last ``n`` different names of the sentence, in order; None where there are fewer."""
    found: list[str] = []
    for clause in reversed(carried):
        if clause.name and clause.name not in found:
            found.append(clause.name)
        if len(found) == n:
            return found[::-1]
    return None


_OCCUPIES = re.compile("占(?:[用有道]|地(?:面积|[约近达0-9]))")
_LEVEL = re.compile("^(?:国家|自治区|省|市|州|盟|县|区|旗|部|厅)级")
# What a clause ends with that says no more than that its subject passed a mark.
_MARKS = ("大关", "关口", "台阶", "门槛", "新高", "历史最好水平", "历史最高水平")
_PREDICATES = ACT | DOWN | GAP | NEW | STOP | STRONG | TO | UP | VERB
# Clauses of a sentence that a name may be carried from; no real sentence needs as many.
_REMEMBERED = 40
SIZES = ("mass", "power", "volume", "energy")
_STATES = ("在建", "续建", "拟建", "待建")
_NO_NAME = re.compile("[0-9等“（]")
_YIELDS = ("年", "月", "日")
# 占比, 比重, 覆盖率: what a list has together
_SHARE_ENDINGS = frozenset("比重率")
_SPENT = ("投入", "累计投入", "融资", "支出")
_PEOPLE = ("人", "名", "人次")
_BARE_SCALES = ("万", "亿")
_FROM = re.compile(r"[由从自](?!事)")
_SIDE_BY_SIDE = re.compile(r"、?(?:和|与|及|以及)?(?:不低于|不少于|约|近|超过|超|突破)?")
