"""What a number measures: the name before it, after it, or carried over from a neighbour."""

from __future__ import annotations

import functools
import re
from typing import Literal

from govreport_nlp.extract.cues import GAP, LEAD, NOUN, STOP, STRONG, TAIL, TO, VERB, WHEN, Cue, Cues, roles_of
from govreport_nlp.rules import Rule, Ruleset


class HeadRule(Rule, frozen=True, kw_only=True):
    """Words that names end with (``head``), that stand for several (``pair``), or say nothing alone (see the file)."""

    role: Literal["head", "bare", "pair", "triple", "total", "part", "branch", "people", "twin", "counted"]
    words: tuple[str, ...]


class Names:
    """Cuts names out of clauses; made once a rule set."""

    def __init__(self, ruleset: Ruleset) -> None:
        rules = ruleset.load("name_heads.toml", HeadRule)
        heads = sorted((w for r in rules if r.role == "head" for w in r.words), key=len, reverse=True)
        self._head = re.compile(f"(?:{'|'.join(map(re.escape, heads))})$")
        self._bare = frozenset(w for r in rules if r.role == "bare" for w in r.words)
        self.parts = frozenset(w for r in rules if r.role == "part" for w in r.words)
        branches = sorted((w for r in rules if r.role == "branch" for w in r.words), key=len, reverse=True)
        self._branch = re.compile(f"[^，。；：、0-9]{{0,10}}?(?:{'|'.join(map(re.escape, branches))})")
        people = "|".join(re.escape(w) for r in rules if r.role == "people" for w in r.words)
        self.people = re.compile(f"(?:{people})(?![币法医警武检调])")
        self.twins = tuple(w for r in rules if r.role == "twin" for w in r.words)
        self._counted = tuple(w for r in rules if r.role == "counted" for w in r.words)
        self.totals = frozenset(w for r in rules if r.role == "total" for w in r.words)
        splits = [(r.words[0], r.words[1:]) for r in rules if r.role in ("pair", "triple")]
        self._splits = sorted(splits, key=lambda split: len(split[0]), reverse=True)

    def before(
        self, text: str, cues: Cues, start: int, end: int, *, multiple: bool = False, rate: bool = False
    ) -> tuple[int, int] | None:
        """The span of the name in ``text[start:end]``, a clause that ends at its number; None where there is none.

        Before a ``multiple`` (达到农业总产值的2.6倍) what is compared with is no part of the name. Before a ``rate``
        the name is the subject of its clause: a verb that opens it is a noun (服务贸易增长8%).
        """
        if text[start] in _COMPARING and _COMPARED.match(text, start, end):
            return None
        found = cues.between(start, end)
        roles = roles_of(found)
        gap = next((c for c in reversed(found) if c.roles & GAP), None) if roles & GAP else None
        if multiple and gap is None and roles & TO:
            gap = next(c for c in found if c.roles & TO)
        stop = _strip_tail(text, found, start, end if gap is None else gap.end)
        if stop <= start:
            return None
        begin = start
        if text[start] == "（" and (note := _NOTE.match(text, start, stop)):
            begin = note.end()
        if roles & STRONG:
            for cue in found:
                at = cue.end
                if at >= stop:
                    break
                if not cue.roles & STRONG or text[at] in "的率量额" or _only_verbs(found, at, stop):
                    continue
                if not _in_quotes(text, at, stop):
                    begin = at
            stop = _strip_predicate(text, found, begin, stop)
        etc = text.rfind("等", begin, stop - 1)
        if etc >= 0 and text[etc + 1] not in "级次额值于奖":
            begin = etc + 1
        begin = self._strip_lead(text, found, begin, stop, LEAD if rate else LEAD | VERB)
        return (begin, stop) if begin < stop else None

    def branch(self, text: str, start: int, end: int) -> str:
        """The branch of the economy with which ``text[start:end]`` begins, or "" (第三产业|增势良好)."""
        found = self._branch.match(text, start, end)
        return found[0] if found else ""

    def is_verb(self, cues: Cues, begin: int, stop: int) -> bool:
        """Whether a span holds nothing but verbs and adverbs (改造提升, 安排): a name only where there is no other."""
        found = cues.between(begin, stop)
        return bool(found) and found[0].start == begin and _only_verbs(found, begin, stop)

    def after(self, text: str, cues: Cues, start: int, end: int, *, place: bool = False) -> tuple[int, int] | None:
        """The span of the name that opens ``text[start:end]``, a clause that begins behind its number.

        A ``place`` ends with the first verb, whatever else that may be part of (在12个村|改造线路).
        """
        if end - start < 2 or text[start] == "（":
            return None
        while start < end and text[start] == "的":
            start += 1
        stop = end
        found = cues.between(start, end)
        if start < end and text[start] == "为" and (not found or found[0].start > start or found[0].end == start + 1):
            start += 1
        ending = STOP | STRONG | WHEN | (VERB if place else 0)
        for cue in found:
            if cue.roles & NOUN or not cue.roles & ending:
                continue
            if cue.start == start and not cue.roles & STOP:
                continue
            if cue.end - cue.start == 1:
                continue
            stop = cue.start
            break
        for close in _AFTER_END.finditer(text, start, stop):
            if close[1] and (close[1] != "在" or close.start() > start + 1):
                stop = close.start()
                break
        while text[stop - 1] in _NAME_ENDING or text.find("的", max(start, stop - 7), stop) >= 0:
            end_word = _NAME_END.search(text, start, stop)
            if not end_word or end_word.start() <= start + 1 or end_word[0].endswith(self._counted):
                break
            stop = end_word.start()
        stop = _strip_tail(text, [c for c in found if c.end <= stop], start + 1, stop)
        return (start, stop) if stop - start >= (1 if place or text[start:stop] in _PLACES else 2) else None

    def opens_with_verb(self, cues: Cues, begin: int, stop: int, *, strict: bool) -> bool:
        """Whether a span behind a number is a new predicate; ``strict``: only where it holds nothing but verbs."""
        found = cues.between(begin, stop)
        if _only_verbs(found, begin, stop):
            return True
        first = found[0] if found and found[0].start == begin else None
        return not strict and first is not None and not first.roles & NOUN and bool(first.roles & (STRONG | VERB))

    def _strip_lead(self, text: str, found: list[Cue], begin: int, stop: int, roles: int) -> int:
        stripped = False
        while True:
            moved = False
            for cue in found:
                if cue.start > begin:
                    break
                if cue.start != begin or cue.roles & NOUN or not cue.roles & roles:
                    continue
                verb = bool(cue.roles & VERB and not cue.roles & LEAD)
                if not self._leaves_a_name(text[cue.end : stop], verb=verb, second=stripped):
                    continue
                stripped |= verb
                begin, moved = cue.end, True
                break
            if moved:
                continue
            if begin >= stop:
                return begin
            first = text[begin]
            if first in _YEAR_OPENING and (year := _YEAR.match(text, begin, stop)) and year.end() < stop:
                begin = year.end()
            elif first in _EDGE:
                begin += 1
            else:
                return begin

    def _leaves_a_name(self, rest: str, *, verb: bool, second: bool) -> bool:
        """Whether ``rest`` can stand alone when a word before it is dropped: 面积 and 利用率 cannot."""
        if not rest or not verb:
            return bool(rest)
        return (
            rest not in self._bare and not (len(rest) < 4 and rest[-1] in "率量额") and not (second and len(rest) < 3)
        )

    def items(self, name: str, count: int) -> list[str] | None:
        """The ``count`` names that a coordinated ``name`` stands for, shared parts restored; None where it does not.

        "苹果、茶叶产量" stands for 苹果产量 and 茶叶产量; "城乡居民收入" for 城镇居民收入 and 农村居民收入.
        """
        whole = next((s for s in self._splits if len(s[1]) == count and s[0] in name), None)
        if whole is None or "、" not in whole[0]:
            for pattern in _JOINS:
                items = [i for i in pattern.split(name) if i]
                if len(items) == count:
                    return self._restore(items)
        return None if whole is None else [name.replace(whole[0], part, 1) for part in whole[1]]

    def _restore(self, items: list[str]) -> list[str]:
        for _, parts in self._splits:
            # 城镇、农村居民收入: what follows the last of a pair is shared.
            ends = [next((p for p in parts if i.startswith(p)), None) for i in items]
            if all(ends) and len(set(ends)) == len(items):
                shared = items[-1][len(ends[-1] or "") :]
                return [i if i.endswith(shared[-2:]) else f"{end}{shared}" for i, end in zip(items, ends, strict=True)]
        last = self._head.search(items[-1]) or _RATE_OF.search(items[-1])
        if last is None:
            return items
        head = last[0]
        first = self._head.search(items[0])
        if first and last.start() == 0 and first.start() > 0:
            stem = items[0][: first.start()]
            return [items[0], *(stem + i if (m := self._head.search(i)) and m.start() == 0 else i for i in items[1:])]
        restored = [items[-1]]
        for item in reversed(items[:-1]):
            own = self._head.search(item)
            head = own[0] if own else head
            restored.append(item if own or _MEASURE.search(item) else item + head)
        return restored[::-1]


def clean_name(name: str) -> str:
    """A name without the edges that quoting and coordination leave.

    >>> clean_name("“四上”企业")
    '“四上”企业'
    """
    name = name.strip(" ，、的")
    if name[-1:] in "]］":  # a footnote's mark
        name = _MARK.sub("", name)
    if name[-1:].isdigit():  # an index has no unit
        name = _INDEX.sub("", name)
    if name.endswith("等"):
        name = name[:-1]
    return name


def _strip_tail(text: str, found: list[Cue], start: int, end: int) -> int:
    stop = end
    i = len(found) - 1
    while stop > start:
        while i >= 0 and found[i].start >= stop:
            i -= 1
        if i >= 0 and found[i].end == stop:
            if found[i].roles & NOUN or not found[i].roles & TAIL:
                break
            stop = found[i].start
            continue
        last = text[stop - 1]
        if last in _TIME_CLOSING and (time := _TIME_TAIL.search(text, start, stop)):
            stop = time.start()
        elif last in "的了：，、 （(":
            stop -= 1
        else:
            break
    return stop


def _strip_predicate(text: str, found: list[Cue], begin: int, stop: int) -> int:
    """Drop a verb that stands between a name and its number (班列全年开行162列)."""
    last = None
    for cue in reversed(found):
        if cue.end <= stop:
            last = cue
            break
    if last is None or last.end < stop or not last.roles & STRONG or last.roles & NOUN or last.start <= begin:
        return stop
    shorter = _strip_tail(text, found, begin, last.start)
    if shorter - begin < 2 or _only_verbs(found, begin, shorter):
        return stop
    return shorter


def _in_quotes(text: str, start: int, stop: int) -> bool:
    """Whether ``start`` lies inside a quoted expression that ends before ``stop``."""
    closing = text.find("”", start, stop)
    return closing >= 0 and "“" not in text[start:closing]


def _only_verbs(found: list[Cue], begin: int, stop: int) -> bool:
    """Whether nothing but cue words of verbs and adverbs stands there."""
    at = begin
    for cue in found:
        if cue.start < at:
            continue
        if cue.start > at or cue.end > stop or cue.roles & NOUN:
            return False
        at = cue.end
        if at == stop:
            return True
    return False


_RATE_OF = re.compile("(?<=.)[\u4e00-\u9fff]{2}率$")
# What ends so is a measure already, known as a head or not; the demand for oxygen stands for a substance.
_MEASURE = re.compile("[率额值数]$|(?<!需氧)量$")
_MARK = re.compile(r"[\[［][0-9]{1,3}[\]］]$")
_INDEX = re.compile("(?<=[指系]数)(?:为|是|达到|达)?[0-9.]+$")
_NOTE = re.compile(r"（[^（）\n]{1,14}）")
_TIME_TAIL = re.compile(
    r"(?:在?(?:19|20)[0-9]{2}年(?:的)?基础上|(?<![0-9])(?:19|20)[0-9]{2}|(?<![〇零一二三四五六七八九十0-9])[一两]年|(?:19|20)[0-9]{2}年(?:底|末|前|度)?|“[一二三四五六七八九十]{1,3}五”(?:时期|期间|末)?|[一二三四五六七八九十]{1,3}五(?:时期|期间|末)|连续[0-9一二三四五六七八九十]{1,2}(?:年|季|月|个月|个季度))的?$"
)
_TIME_CLOSING = frozenset("年底末前度”期间季月的上0123456789\n")
_NAME_END = re.compile(r"(?:建设|工作|任务|项目建设|的[^的]{0,6})$")
_PLACES = frozenset("村镇乡县市区州盟旗")
_NAME_ENDING = frozenset("设作务\n")
_YEAR = re.compile(
    r"(?:到|至|在)?(?:(?:(?:19|20)[0-9]{2}|[0-9]{1,2})[年月](?:底|末|前|底前|末前|度)?"
    r"|“?[一二三四五六七八九十]{1,3}五”?(?:时期|期间|以来|末|[前后][一二三四两]年)+|[一二三四五六七八九十]{1,2}[是要](?=.))，?"
)
_YEAR_OPENING = frozenset("到至在“0123456789一二三四五六七八九十")
_EDGE = frozenset("的了着和与及、，：）) ·①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮")
_AFTER_END = re.compile(
    r"（[^（）\n]{0,14}）|([，。；：！？、\n]|[由被获](?![于得准批评])|(?<=..)在(?![校册职建岗编线训读产研营园]))"
)
_COMPARING = frozenset("比较")
_COMPARED = re.compile(r"(?:比|较)(?![重例较亚])")
_JOINS = [
    re.compile(r"、|和|与|以及|及"),
    re.compile(r"、"),
    re.compile(r"、|和(?=[^和]*$)"),
    re.compile(r"以及|及(?!其)|和(?=[^和]*$)"),
]


@functools.lru_cache(maxsize=8)
def names(ruleset: Ruleset) -> Names:
    """The names of a rule set, made once."""
    return Names(ruleset)
