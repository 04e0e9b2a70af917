"""The members of a list of names, and the head that they share."""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import NamedTuple

from govreport_nlp.extract.project_lexicon import AND_SO_ON, BRACKETED, OF, Lexicon
from govreport_nlp.extract.project_names import own_head, stem
from govreport_nlp.extract.project_parts import number, plain, unquoted
from govreport_nlp.extract.project_pieces import Span, after_attributes, pieces
from govreport_nlp.extract.project_rules import HeadRule

_OPENING = "“‘「《"

LONGEST = 90
"""No name with its shared head has more characters; what has is no list of names."""


class Shared(NamedTuple):
    """The head after a list, as written (without 的 and praise), with its rule and the count that the text claims.

    ``thing`` is what the last member's act is done to, which members without a head share: 青石、柳塘〔机场〕改扩建.
    ``basin`` is what the last member's river is followed by (流域), ``part`` the bracket behind it that tells of which
    part of each member one speaks (（柳塘段）).
    """

    head: str
    rule: HeadRule
    number: int | None
    thing: str = ""
    basin: str = ""
    part: str = ""


_ALONE: tuple[None, bool] = (None, False)


class Group(NamedTuple):
    """Members that share a head; ``open`` where 等 or a count stands after them, with or without a head.

    ``alien`` is true where what follows 等 is no head of projects (等研究): only members that need none can be names.
    ``roads`` is true where the head that the last member carries is something done to a road (…街绿化工程).
    ``borrowed`` holds, by where a member begins, what it takes of the next (东、西外环路: 东, 外环路).
    """

    members: tuple[Span, ...]
    shared: Shared | None = None
    open: bool = False
    borrowed: dict[int, str] = {}  # noqa: RUF012 - never written to
    alien: bool = False
    roads: bool = False


def groups(text: str, masked: str, start: int, end: int, lex: Lexicon) -> list[Group]:
    """The lists that ``masked[start:end]`` consists of; a single name is a list of one."""
    found: list[Group] = []
    members: list[Span] = []
    said = masked.find(OF, start, end) >= 0
    open_ended = masked.find(AND_SO_ON, start, end) >= 0
    for a, b in pieces(masked, start, end, lex, paid=said):
        if b - a > LONGEST:
            members = []
            continue
        mark = lex.shapes["shape.and_so_on"].search(masked, a, b) if open_ended else None
        if masked[a].isdigit() and (told := lex.shapes["shape.sum"].match(masked, a, b)) is not None:
            a = told.end()
        if said:
            a = after_attributes(masked, a, b if mark is None else mark.start(), lex)
        if mark is None:
            members.append((a, b))
            continue
        if mark.start() > a:
            members.append((a, mark.start()))
        shared, over = _shared(text, masked, mark.end(), b, lex)
        alien = shared is None and mark.end() < b
        if alien and lex.shapes["shape.firms"].match(masked, mark.end(), b) is not None:
            members = []
            continue
        if alien and (lex.heads.of(masked[mark.end() : b]) is not None or masked.find(OF, mark.end(), b) >= 0):
            # 等企业, 等产业, 等街道的路灯: a list of something else
            members = []
            continue
        counted, members = _counted(text, masked, members, lex)
        found += counted
        spans = _split(masked, members, shared, lex)
        borrowed = _borrowed(text, spans, lex)
        if len(spans) > len(members):
            borrowed |= _paired(masked, members, lex)
        found.append(Group(spans, shared, True, borrowed, alien))
        members = [over] if over is not None else []
    if members:
        found += _closed(text, masked, members, lex)
    return found


def _shared(text: str, masked: str, start: int, end: int, lex: Lexicon) -> tuple[Shared | None, Span | None]:
    """The head that follows 等, and what is left over behind it for a further name (…和云台隧道)."""
    count, over = None, None
    if lex.shapes["shape.firms"].match(masked, start, end) is not None:
        return None, None
    told = lex.shapes["shape.attribute"].match(masked, start, end)
    if told is not None and told.end() < end:
        # 等投资6亿元的3个项目: the sum is that of all of them
        start = told.end()
    counted = lex.shapes["shape.count"].match(masked, start, end)
    if counted is not None:
        count, start = number(counted["number"]), counted.end()
        count = None if counted.group().endswith("批") else count
        scale = lex.shapes["shape.scale"].match(masked, start, end)
        start = scale.end() if scale is not None else start
    else:
        # 等项目605个
        for behind in lex.shapes["shape.count"].finditer(masked, start, end):
            if behind.end() == end:
                count, end = number(behind["number"]), behind.start()
                break
    found = _list_head(unquoted(text[start:end]), lex)
    for joint in lex.shapes["shape.joint"].finditer(masked, start, end):
        stop = joint.start()
        if text[stop - 2 : stop] in lex.acts:
            stop -= 2
        first = lex.list_heads.of(text[start:stop])
        if first is not None and (found is None or first[1].bare or masked[joint.end()].isdigit()):
            if found is not None and masked[joint.end()].isdigit() and (deed := _deed(masked, stop, end, found, lex)):
                # 等4条道路和60栋楼亮化工程: done to all of them
                return Shared(deed, found[1], count), None
            found, over, end = first, (joint.end(), end), stop
            break
    if found is None:
        return None, None
    said = masked.rfind(OF, start, end)
    if said >= 0 and found[1].act:
        # 等重点区域的亮化: what is done to each of them
        start = said + 1
    return Shared(plain(unquoted(text[start:end]), found[1], lex), found[1], count), over


def _deed(masked: str, start: int, end: int, head: tuple[str, HeadRule], lex: Lexicon) -> str:
    """The head that tells what is done (亮化工程), with the deed; empty where none does."""
    if head[1].act:
        return head[0]
    cut = end - len(head[0])
    size = next((n for n in range(4, 1, -1) if cut - n > start and masked[cut - n : cut] in lex.acts), 0)
    return masked[cut - size : end] if size and head[1].bare else ""


def _list_head(phrase: str, lex: Lexicon) -> tuple[str, HeadRule] | None:
    """The head of a list that ``phrase`` ends with, unless a longer word ends it that is no project's (产业升级)."""
    found = lex.list_heads.of(phrase)
    own = lex.heads.of(phrase)
    return None if found is not None and own is not None and len(own[0]) > len(found[0]) else found


def _split(masked: str, members: list[Span], shared: Shared | None, lex: Lexicon) -> tuple[Span, ...]:
    """The members with 和 and its like split, where both sides are names."""
    if not members or not _jointed(masked, members, lex):
        return tuple(members)
    listed = len(members) > 1 or shared is not None
    last = members[-1] if len(members) > 2 and shared is not None and shared.rule.bare else None
    return tuple(
        part for a, b in members for part in _conjoined(masked, a, b, lex, listed, last is not None and (a, b) != last)
    )


def _jointed(masked: str, members: list[Span], lex: Lexicon) -> bool:
    return lex.shapes["shape.joint"].search(masked, members[0][0], members[-1][1]) is not None


def _conjoined(masked: str, start: int, end: int, lex: Lexicon, listed: bool, within: bool = False) -> list[Span]:
    parts: list[Span] = []
    for found in lex.shapes["shape.joint"].finditer(masked, start + 1, max(start + 1, end - 1)):
        left, right = masked[start : found.start()], masked[found.end() : end]
        if _separable(left, right, lex, listed, within):
            parts.append((start, found.start()))
            start = found.end()
    return [*parts, (start, end)]


def _separable(left: str, right: str, lex: Lexicon, listed: bool, within: bool) -> bool:
    """Whether 和 stands between two names rather than within one.

    ``within`` a longer list, before its last member, it joins what is one project (金石榨油及豆粕加工), unless both
    have a head.
    """
    if not listed and lex.shapes["shape.link"].search(right) is not None:
        return False
    if left.endswith("》") and right.startswith("《"):
        return True
    if lex.shapes["shape.around"].match(right) is not None:
        return False
    if listed and right[0].isdigit() and lex.shapes["shape.count"].match(right) is not None:
        return True
    head = own_head(stem(left), lex)
    if head is not None and (len(left) > len(head[0]) or head[1].phase or head[1].single):
        return listed or own_head(stem(right), lex) is not None
    if lex.shapes["shape.vague"].match(right) is not None and lex.common.rest(left):
        return True
    if within and right[0] not in _OPENING and own_head(stem(right), lex) is None:
        return False
    return _unheard(right, lex) and (_unheard(left, lex) or len(left) > 3)


def _unheard(name: str, lex: Lexicon) -> bool:
    return any(len(run) > 1 for run in lex.common.rest(name))


def _counted(text: str, masked: str, members: list[Span], lex: Lexicon) -> tuple[list[Group], list[Span]]:
    """The lists within a list that are counted (青石街和柳塘路两条出口路、双塔桥等), and the other members."""
    found: list[Group] = []
    rest: list[Span] = []
    for a, b in members:
        for counted in lex.shapes["shape.count_last"].finditer(masked, a + 3, b - 1):
            head = lex.list_heads.of(text[counted.end() : b])
            spans = [] if head is None else _halves(masked, a, counted.start(), lex)
            if head is not None and 1 < len(spans) == number(counted["number"]):
                found.append(Group(tuple(spans), Shared(text[counted.end() : b], head[1], len(spans)), True))
                break
        else:
            rest.append((a, b))
    return found, rest


def _halves(masked: str, start: int, end: int, lex: Lexicon) -> list[Span]:
    spans: list[Span] = []
    for joint in lex.shapes["shape.joint"].finditer(masked, start, end):
        spans.append((start, joint.start()))
        start = joint.end()
    return [*spans, (start, end)]


def _headed(masked: str, spans: tuple[Span, ...], lex: Lexicon) -> bool:
    return all(own_head(stem(masked[a:b]), lex) is not None for a, b in spans)


def _further(masked: str, start: int, end: int, lex: Lexicon) -> tuple[int, Span | None]:
    """Where a counted head ends before a further name that 和 joins to it (2条道路和双塔桥), and that name."""
    for joint in lex.shapes["shape.joint"].finditer(masked, start, end):
        right = stem(masked[joint.end() : end])
        if lex.list_heads.of(masked[start : joint.start()]) is not None and own_head(right, lex) is not None:
            return joint.start(), (joint.end(), end)
    return end, None


def _closed(text: str, masked: str, members: list[Span], lex: Lexicon) -> list[Group]:
    """A list without 等: the last member may carry the others' head (两条道路, 生态修复项目).

    It has no members where the last tells how well they serve (A车站、B机场服务水平).
    """
    if len(members) < 2 and not _jointed(masked, members, lex):
        return [Group(tuple(members))]
    a, b = members[-1]
    for counted in lex.shapes["shape.count_last"].finditer(masked, a + 1, b - 1):
        stop, over = _further(masked, counted.end(), b, lex)
        found = lex.list_heads.of(unquoted(text[counted.end() : stop]))
        if found is None:
            continue
        if any(lex.shapes["shape.several"].match(masked, first, last) is not None for first, last in members[:-1]):
            # 用好四个优势、打造两个中心
            continue
        listed = Shared(plain(unquoted(text[counted.end() : stop]), found[1], lex), found[1], number(counted["number"]))
        spans = _split(masked, [*members[:-1], (a, counted.start())], listed, lex)
        first: list[Group] = []
        others = len(spans) - listed.number if listed.number is not None and listed.number > 1 else 0
        if others > 0 and _headed(masked, spans[:others], lex):
            # 青石高铁、柳望、双塔2条高速: those before the last two are none of them
            first, spans = [Group(spans[:others])], spans[others:]
        if len(spans) > 1 and (len(spans) == listed.number or not (found[1].act or counted["number"].isdigit())):
            first.append(Group(spans, listed, True, _borrowed(text, spans, lex)))
            return first if over is None else [*first, *_closed(text, masked, [over], lex)]
    spans = _split(masked, members, None, lex)
    a, b = spans[-1]
    ends = lex.heads.of(masked[a:b]) if len(spans) > 1 else None
    if ends is not None and ends[1].degree and lex.shapes["shape.raised"].match(masked, a, b) is None:
        return [Group(())]
    # what stands within a title is the head of that title alone
    shares = len(spans) > 1 and masked[b - 1] != "》"
    shared, roads = _carried(stem(masked[a:b]), lex) if shares else _ALONE
    if (
        shared is not None
        and masked[b - 1] == BRACKETED
        and (part := lex.shapes["shape.portion"].search(text, a, b)) is not None
    ):
        shared = shared._replace(part=part.group())
    return [Group(spans, shared, False, _borrowed(text, spans, lex), roads=roads)]


@functools.lru_cache(maxsize=4096)
def _carried(last: str, lex: Lexicon) -> tuple[Shared | None, bool]:
    """The head that a list's last member may carry for all, and whether it is something done to a road."""
    head = own_head(last, lex)
    if head is None:
        return _ALONE
    own = carried_head(last, head, lex)
    inner = lex.heads.of(last[: -len(own)])
    roads = (head[1].act or head[1].bare) and inner is not None and inner[1].road
    shares = head[1].act and inner is not None and inner[1].naming == "proper" and len(inner[0]) > 1
    basin = lex.shapes["shape.basin"].search(last, 0, len(last) - len(own))
    thing = inner[0] if shares and inner is not None else ""
    return Shared(own, head[1], None, thing, basin.group() if basin is not None else ""), roads


def _borrowed(text: str, spans: tuple[Span, ...], lex: Lexicon) -> dict[int, str]:
    """What members that are cut down to a direction take of the next: 东、西外环路, 公路东、西外环."""
    found: dict[int, str] = {}
    if len(spans) < 2:
        return found
    facing = lex.shapes["shape.facing"].fullmatch
    for (a, b), (c, d) in pairwise(spans):
        if b - a > 3 and d - c > 1 and facing(text, b - 1, b) and lex.shapes["shape.course"].fullmatch(text, c, d):
            if lex.shapes["shape.toward"].search(text, a, b) is not None:
                # 青石路东、西段
                found[a] = text[c + 1 : d]
        elif b - a < 4 and d - c > 1 and facing(text, b - 1, b) and facing(text, c, c + 1):
            if b - a > 1 and lex.heads.of(text[c + 1 : d]) is None:
                # 城南、西坡: two villages
                continue
            found[a] = text[c + 1 : d]
    return found


def _paired(masked: str, members: list[Span], lex: Lexicon) -> dict[int, str]:
    """What is done to both of two roads or bridges that 和 joins within a list: 青石桥和柳塘桥改造、…等."""
    found: dict[int, str] = {}
    for a, b in members:
        *roads, (start, end) = _conjoined(masked, a, b, lex, True)
        done, alike = _carried(stem(masked[start:end]), lex) if roads else _ALONE
        if done is None or not (alike and done.rule.act):
            continue
        for first, last in roads:
            own = own_head(stem(masked[first:last]), lex)
            if own is not None and own[1].road:
                found[first] = done.head
    return found


def _no_place(kind: HeadRule) -> bool:
    return kind.act or kind.naming == "never"


def carried_head(name: str, head: tuple[str, HeadRule], lex: Lexicon) -> str:
    """The head with the words before it that say what is done (生态修复项目), not those that say where (渠道).

    A 项目 of nothing done keeps to itself: what precedes it is the last name's own (风电项目).
    """
    ends = len(name) - len(head[0])
    cut = ends
    while cut > 2:
        for size in range(min(4, cut - 1), 1, -1):
            word = name[cut - size : cut]
            kind = lex.heads.heads.get(word)
            if word not in lex.common.words or word in lex.where or lex.shapes["shape.attributive"].search(word):
                continue
            if kind is None or _no_place(kind):
                cut -= size
                break
        else:
            break
    if head[1].kind == "programme":
        return head[0]
    if head[1].bare and head[1].kind == "construction" and not any(name.endswith(act, cut, ends) for act in lex.acts):
        return head[0]
    if cut == ends and head[1].bare:
        inner = lex.heads.of(name[:cut])
        if inner is not None and len(inner[0]) < cut:
            cut -= len(inner[0])
    return name[cut:] if cut > 0 and not name[cut - 1].isdigit() else head[0]
