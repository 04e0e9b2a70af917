"""The parts around a name: where it begins and ends, the head to restore, sums and capacities."""

from __future__ import annotations

from typing import NamedTuple

from govreport_nlp.extract.project_clauses import Slot
from govreport_nlp.extract.project_lexicon import OF, Governor, Lexicon
from govreport_nlp.extract.project_names import appraise, stem
from govreport_nlp.extract.project_rules import HeadRule

DASH = "——"
"""What is said before it explains the name behind it."""

SURE = 0.8
"""From where a name can be trusted alone."""

_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_SCALES = {"百": 100, "千": 1000, "万": 10000}
_PAIRS = {"”": "“", "’": "‘", "」": "「", "》": "《"}
_QUOTES = dict.fromkeys(map(ord, '“”‘’「」"'))


class Money(NamedTuple):
    """An investment as written: 30, 亿元."""

    value: float
    unit: str


def number(written: str) -> int | None:
    """What a count says: 6, 1.1万, 十二, 两; None where it says nothing (数, 多).

    >>> number("1.1万"), number("十二"), number("数")
    (11000, 12, None)
    """
    scale = 1
    while written and written[-1] in _SCALES:
        scale *= _SCALES[written[-1]]
        written = written[:-1]
    try:
        return round(float(written) * scale)
    except ValueError:
        pass
    if written in _NUMERALS:
        return _NUMERALS[written] * scale
    tens, ten, ones = written.partition("十")
    if ten and tens in _NUMERALS | {"": 1} and ones in _NUMERALS | {"": 0}:
        return ((_NUMERALS | {"": 1})[tens] * 10 + (_NUMERALS | {"": 0})[ones]) * scale
    return None


def unquoted(text: str) -> str:
    """``text`` without quotation marks."""
    return text.translate(_QUOTES)


def plain(head: str, rule: HeadRule, lex: Lexicon) -> str:
    """The head without 的 and without words that only rank it (大型), a mere 项目 without all that only class it."""
    head = head.replace(OF, "")
    mere = rule.bare and not rule.shared
    leads = lex.leads if mere else lex.ranks
    while mere or head not in lex.list_heads.heads:
        for size in range(min(5, len(head) - 2), 1, -1):
            if head[:size] in leads and head[: size + 1] not in lex.common.words:
                head = head[size:]
                break
        else:
            break
    if mere and head[:1] == "大" and head[1:] in lex.heads.heads:
        # 大项目
        head = head[1:]
    return head


def ending(masked: str, slot: Slot, lex: Lexicon) -> int:
    """Where the names of a slot end, without particles and dates before the predicate."""
    start, end = slot.start, slot.end
    if slot.after is not None:
        while end > start and masked[end - 1] in lex.trailing:
            end -= 1
        if end > start and lex.shapes["shape.dated"].match(masked, end - 1):
            for shape in ("shape.occasion", "shape.date"):
                found = lex.shapes[shape].search(masked, max(start, end - 18), end)
                if found is not None:
                    end = found.start()
        if end > start and masked[end - 1] in "运务":
            ridden = lex.shapes["shape.traffic"].search(masked, start, end)
            end = end if ridden is None else ridden.start()
    while end > start and masked[end - 1] == OF:
        end -= 1
    if end > start and (opening := _PAIRS.get(masked[end - 1])) and masked.find(opening, start, end) < 0:
        # the end of a longer quotation
        end -= 1
    return end


def beginning(masked: str, slot: Slot, end: int, lex: Lexicon) -> tuple[int, Governor | None]:
    """Where the names of a slot begin, without particles, praise, dates, builders and what is said before 的.

    With a builder (支持柳塘县建设…) comes the verb that says what it does.
    """
    governor = None
    start = slot.start
    if slot.before is not None:
        words = slot.before.words
        leading = lex.leading
        alone = bool(words) and words[-1].verb.side == "before" and slot.before.end == start
        alone = alone and slot.before.start <= slot.clause + 1
        if alone or (masked[start] == "和" and lex.shapes["shape.peace"].match(masked, start, end) is not None):
            # nothing can be joined to a verb alone: 争取〔和龙机场〕竣工
            leading = leading.replace("和", "")
        while start < end and masked[start] in leading:
            start += 1
    elif (upon := lex.shapes["shape.upon"].match(masked, start, end)) is not None:
        start = upon.end()
    praised = lex.praise.match(masked, start, end)
    if praised is not None:
        start = praised.end()
    if slot.before is not None and slot.before.cause:
        maker = lex.shapes["shape.made"].match(masked, start, end)
        if maker is not None:
            start, governor = maker.end(), lex.verbs.get(maker["verb"])
    together = lex.shapes["shape.together"].match(masked, start, end)
    if together is not None and appraise(stem(masked[together.end() : end]), lex).sure >= SURE:
        start = together.end()
    dash = masked.rfind(DASH, start, end - 2)
    if dash >= 0:
        # 探源工程——柳塘博物馆
        start = dash + len(DASH)
    start = _named_behind(masked, start, end, lex)
    said = masked.rfind(OF, start, end - 2)
    if said < 0 or lex.shapes["shape.attribute"].search(masked, start, said + 1) is not None:
        return start, governor
    return (start if lex.shapes["shape.and_so_on"].search(masked, start, said) is not None else said + 1), governor


def _named_behind(masked: str, start: int, end: int, lex: Lexicon) -> int:
    """Where the name itself begins behind what sort of works it is: 最大的水利工程〔青石水库〕."""
    if end - start < 8:
        return start
    for sort in lex.shapes["shape.appositive"].finditer(masked, start, end - 3):
        if sort.start() > start and sort.end() - sort.start() == 2:
            continue
        first = lex.shapes["shape.listed"].search(masked, sort.end(), end)
        behind = stem(masked[sort.end() : end if first is None else first.start()])
        own, sure = appraise(behind, lex)
        runs = lex.common.rest(behind)
        if own is not None and sure >= SURE and runs and behind.startswith(runs[0]):
            return sort.end()
    return start


def named(
    name: str,
    own: tuple[str, HeadRule] | None,
    shared: str,
    rule: HeadRule,
    lex: Lexicon,
    *,
    closed: bool,
    roads: bool,
    deed: bool,
) -> str:
    """The full name: with the shared head where it says more than the name's own.

    In a list without 等 (``closed``) the head belongs to the last name, and to those before it only where they have
    none, or are the ``roads`` on which something is done, or what a ``deed`` is done to (实施〔古城〕、公园改造).
    """
    if not shared or name.endswith(shared):
        return name
    if own is None:
        if name.endswith(lex.deeds) and len(shared) > 2:
            return name
        # 地产蔬菜, 蔬菜市场
        twice = next((size for size in range(min(4, len(shared) - 1), 1, -1) if name.endswith(shared[:size])), 0)
        return name + shared[twice:]
    if closed:
        done_to = deed and own[1].naming == "proper" and not own[1].act
        return name + shared if done_to or (roads and own[1].road) else name
    if _continues(name, own, shared, rule, lex):
        return name + shared
    done = any(deed in shared for deed in lex.deeds)
    other = not rule.bare and not rule.shared and own[1].id != rule.id and not own[1].phase
    if other and rule.body:
        # a centre that the list calls a hotel is one; in a quarter or park a hotel is built
        other = lex.shapes["shape.house"].search(own[0]) is None
    return name + shared if done or other or _special(shared, own[1], rule, lex) else name


def _continues(name: str, own: tuple[str, HeadRule], shared: str, rule: HeadRule, lex: Lexicon) -> bool:
    """Whether a shared head ends what the name's own begins (攻坚, 行动), or tells of which line it is a part."""
    if rule.bare and not rule.shared:
        return False
    if own[0] + shared in lex.list_heads.heads:
        return True
    line = lex.heads.heads.get(shared)
    return own[1].part and line is not None and line.naming == "proper" and shared[:2] not in name


def _special(shared: str, own: HeadRule, rule: HeadRule, lex: Lexicon) -> bool:
    """Whether a shared head names a sort of building by a word that is not common: what bodies are to get (风雨馆)."""
    found = lex.heads.of(shared) if own.body and rule.body and own.naming == "proper" else None
    return found is not None and any(len(run) > 1 for run in lex.common.rest(shared[: -len(found[0])]))


def investment(text: str, start: int, end: int, lex: Lexicon) -> Money | None:
    """The investment told in ``text[start:end]``; of several the last."""
    found = list(lex.shapes["shape.investment"].finditer(text, start, end))
    return Money(float(found[-1]["value"]), found[-1]["unit"]) if found else None


def capacity(name: str, lex: Lexicon) -> str | None:
    """The size told in the name: 2×35万千瓦."""
    found = None if name.isalpha() else lex.shapes["shape.capacity"].search(name)
    return found.group() if found is not None else None
