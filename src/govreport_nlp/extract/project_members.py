"""Which members of a list are projects, and what they are: name, head, kind, stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govreport_nlp.extract.project_clauses import Chain, Slot
from govreport_nlp.extract.project_governors import BUILDING, WORKS, builds, governing, governs
from govreport_nlp.extract.project_lexicon import AND_SO_ON, BRACKETED, LISTED, QUOTED, Governor, Lexicon
from govreport_nlp.extract.project_lists import LONGEST as LONGEST_NAME
from govreport_nlp.extract.project_lists import Group, Shared, groups
from govreport_nlp.extract.project_names import LONE, among, appraise, beside, is_campaign, own_head, stem
from govreport_nlp.extract.project_neighbours import (
    Judged,
    beyond,
    courses,
    is_phase,
    nearer,
    owners,
    phases,
    whose_phase,
)
from govreport_nlp.extract.project_parts import SURE, beginning, ending, named, number
from govreport_nlp.extract.project_pieces import Span
from govreport_nlp.extract.project_rules import HeadRule
from govreport_nlp.model import ProjectKind, Stage

QUOTES_END = ("”", "’", "」")

LONGEST = 900
"""No list of projects has more characters."""

INVESTED = "投资"

LONGEST_SUM = 24
"""No sum before a name has more characters."""

LIKELY = 0.6
"""From where a name makes the others of its list more likely."""


class Find(NamedTuple):
    """A project before it is placed in the document; ``told`` is where its investment would be told, if anywhere."""

    start: int
    end: int
    name: str
    head: str
    kind: ProjectKind
    stage: Stage | None
    achieved: Stage | None
    action: str
    group_size: int | None
    rule: str
    confidence: float
    told: tuple[int, int] | None


def finds(text: str, masked: str, slots: list[Slot], lex: Lexicon) -> list[Find]:
    """The projects of all slots, in order; step by step for all of them, which is faster than slot by slot."""
    narrowed = [(slot, *span) for slot in slots if (span := _narrowed(masked, slot, lex)) is not None]
    grouped = [
        (slot, group, governor)
        for slot, start, end, governor in narrowed
        for group in _groups(text, masked, slot, start, end, lex)
    ]
    found: list[Find] = []
    for slot, group, governor in grouped:
        before = found[-1] if found else None
        found += _members(text, masked, slot, group, governor, before, lex)
    return found


def _narrowed(masked: str, slot: Slot, lex: Lexicon) -> tuple[int, int, Governor | None] | None:
    """Where the names of a slot begin and end, with the verb that tells their stage; None where there can be none."""
    _, start, end, before, _, _, _, headed, quoted = slot
    if end - start > LONGEST:
        return None
    if not headed and not (quoted and lex.shapes["shape.listed"].search(masked, start, end)):
        # nothing in it has a head; what was built needs none, but no quotation alone was built
        return None
    governor = governing(masked, slot, lex)
    if not quoted and (governor is None or not governor.verb.force):
        return None
    end = ending(masked, slot, lex)
    if not quoted and masked.find(AND_SO_ON, start, end) < 0:
        end = _headed(masked, start, end, lex)
    elif quoted and masked[end - 1 : end] not in QUOTES_END and masked.find(AND_SO_ON, start, end) < 0:
        end = _unsized(masked, start, end, lex)
    if end - start < 2 or (before is not None and masked[start] in lex.partners and not _builds(before)):
        return None
    start, maker = beginning(masked, slot, end, lex)
    if maker is not None and (governor is None or governor.verb.weak):
        governor = maker
    if end - start < 2 or (governor is not None and governor.verb.scope == "none"):
        return None
    return start, end, governor


def _groups(text: str, masked: str, slot: Slot, start: int, end: int, lex: Lexicon) -> Sequence[Group]:
    if lex.shapes["shape.listed"].search(masked, start, end) is not None:
        return groups(text, masked, start, end, lex)
    if end - start <= LONGEST_NAME if slot.quoted else appraise(stem(masked[start:end]), lex).sure:
        return (Group(((start, end),)),)
    if is_phase(masked[start:end], lex):
        return (Group(((start, end),)),)
    return ()


def _builds(chain: Chain) -> bool:
    """Whether nobody can be named behind a verb but what is built: 开工〔同塔至柳塘公路〕."""
    return bool(chain.words) and chain.words[-1].verb.built


def _headed(masked: str, start: int, end: int, lex: Lexicon) -> int:
    """Where a name ends that is no list with 等 and no quotation: at a head; at its start where there is none."""
    if own_head(stem(masked[start:end]), lex) is not None:
        return end
    first = masked.find(LISTED, start, end)
    if first > 0 and own_head(stem(masked[start:first]), lex) is not None:
        return end
    for cut in lex.shapes["shape.break"].finditer(masked, start + 3, min(start + 60, end)):
        if own_head(stem(masked[start : cut.start()]), lex) is not None:
            return cut.start()
    return start


def _unsized(masked: str, start: int, end: int, lex: Lexicon) -> int:
    """Where a quoted programme ends with something behind it: its size (“…”工程5200公里), what it is for."""
    if lex.heads.of(stem(masked[start:end])) is None:
        for ended in lex.shapes["shape.purpose"].finditer(masked, start, end):
            head = own_head(masked[start : ended.end()], lex)
            if head is not None and head[1].kind == "programme":
                return ended.end()
    size = lex.shapes["shape.size_behind"].search(masked, max(start, end - 12), end)
    head = own_head(stem(masked[start : size.start()]), lex) if size is not None else None
    return end if size is None or head is None or head[1].kind == "construction" else size.start()


def _members(
    text: str, masked: str, slot: Slot, group: Group, governor: Governor | None, before: Find | None, lex: Lexicon
) -> list[Find]:
    members, shared, opened, borrowed, _, _ = group
    listed = opened or len(members) > 1
    if not members or (slot.carried and not listed and not _goes_on(slot)):
        return []
    if group.alien and (slot.carried or (governor is not None and governor.verb.service)):
        # …等景区客流大增: a clause of its own; 加强…等支持: of what stands there
        return []
    judged = [_judge(masked, *_trimmed(text, masked, a, b, members, lex), borrowed.get(a, ""), lex) for a, b in members]
    phased: dict[int, str] = {}
    if any(one.own is not None and one.own[1].phase for one in judged):
        works = whose_phase(text, before.name, before.end, judged[0].start, lex) if before is not None else ""
        phased = phases(text, judged, works, lex)
        judged = [one._replace(sure=SURE) if one.start in phased else one for one in judged]
    if listed and any(_is_course(one.whole, lex) for one in judged[1:]):
        lengths = courses(text, judged, lex)
        phased |= lengths
        judged = [one._replace(sure=SURE) if one.start in lengths else one for one in judged]
    if group.alien and 2 * sum(one.own is not None for one in judged) < len(judged):
        # 柳塔、双塔湖、金石等品牌: of something else
        return []
    surest = max([one.sure for one in judged])
    if not surest and (shared is None or shared.number != len(judged) or shared.rule.naming == "placed"):
        return []
    if listed and surest >= LIKELY:
        judged = [one if one.sure else one._replace(sure=beside(one.whole, lex)) for one in judged]
        if shared is not None:
            judged = [one._replace(own=None, sure=0.5) if _two_places(one, lex) else one for one in judged]
    named_ones = sum(one.sure >= SURE for one in judged)
    if opened and shared is not None and shared.rule.bare and named_ones > 1 and 2 * named_ones >= len(judged):
        judged = [one if one.sure else one._replace(sure=among(one.whole, lex)) for one in judged]
    if shared is not None and shared.number == len(judged):
        judged = [one._replace(sure=one.sure or LIKELY) for one in judged]
    if slot.carried and judged[0].sure < SURE:
        return []
    if opened and governor is not None and governor.stage is None and governor.verb.weak:
        governor = _by_sort(text, slot, governor, lex)
    enumerated = slot.last or slot.after is None
    enumerated = enumerated and (opened or (listed and all(one.sure >= SURE for one in judged)))
    owned = owners(judged, lex) if listed and any(one.sure < SURE for one in judged) else {}
    owned |= phased
    further = beyond(judged, lex) if opened and shared is not None and shared.rule.bare else {}
    next_to = nearer(judged, lex) if not opened and len(judged) > 2 else {}
    sums: list[tuple[int, int]] = []
    if listed and masked.find(INVESTED, slot.start, slot.end) >= 0:
        sums = [paid for one in judged if (paid := _paid(text, slot, one.start, lex)) is not None]
    found: list[Find] = []
    for one in judged:
        if one.sure < SURE and lex.shapes["shape.first_of_all"].search(masked, slot.start, one.start) is not None:
            # 全国首个深水码头: one of a kind, without a name
            continue
        headed = further.get(one.start) or (
            _head(one, group, governor, lex, enumerated=enumerated) if one.sure else None
        )
        if headed is None:
            continue
        if one.start in next_to:
            headed = further[one.start] = next_to[one.start]
        head, rule = headed
        if one.sure == LONE and not builds(slot, rule):
            continue
        kind = _kind(text, one, rule, shared, lex)
        of_works = shared is not None and shared.rule.bare
        many = opened and named_ones > 1 and shared is not None and shared.head.endswith(WORKS)
        if not governs(governor, rule, kind, one.whole, works=of_works, many=many):
            continue
        if rule is not None and not listed and _acts_itself(slot, rule):
            continue
        end, told = _bracket(text, masked, one, lex)
        if told is None and len(sums) > 1:
            # 投资3亿元的〔青石水厂〕、投资2亿元的〔柳塘大厦〕: each has its own sum
            told = _paid(text, slot, one.start, lex)
        if told is None and not listed:
            told = (slot.clause, one.start) if one.start > slot.start else (slot.clause, slot.end)
        name = text[one.start : end] + borrowed.get(one.start, "")
        if one.start in further:
            name += head
        elif shared is not None and rule is not None:
            if one.own is None and shared.thing and not opened and _clipped(one.whole, lex):
                head = shared.thing + head
                name += shared.thing
            if one.own is None and shared.basin and _is_river(one.whole, lex):
                name += shared.basin
            deed = governor is not None and governor.verb.deed and bool(shared.thing)
            full = named(name, one.own, shared.head, shared.rule, lex, closed=not opened, roads=group.roads, deed=deed)
            if full != name:
                name, head = full + shared.part, head if one.own is None else shared.head
        name = owned.get(one.start, "") + name
        found.append(
            Find(
                start=one.start,
                end=end,
                name=name,
                head=head,
                kind=kind,
                stage=governor.stage if governor is not None else None,
                achieved=governor.achieved if governor is not None else None,
                action=governor.text if governor is not None else "",
                group_size=shared.number if shared is not None else None,
                rule=f"{governor.verb.id if governor else 'verb.none'}+{rule.id if rule else 'head.none'}",
                confidence=one.sure,
                told=told,
            )
        )
    return found


def _two_places(one: Judged, lex: Lexicon) -> bool:
    """Whether a name of two characters is that of two places (京|港) rather than a head with next to nothing."""
    return not one.sure and one.own is not None and len(one.whole) == 2 and one.whole not in lex.common.words


def _is_river(whole: str, lex: Lexicon) -> bool:
    return whole in lex.common.known or lex.shapes["shape.river"].search(whole) is not None


def _clipped(whole: str, lex: Lexicon) -> bool:
    """Whether a name is so short that it is but the place of a thing named later."""
    short = len(whole) < 4 or whole in lex.common.known
    return short and QUOTED not in whole and lex.shapes["shape.river"].search(whole) is None


def _judge(masked: str, start: int, end: int, borrowed: str, lex: Lexicon) -> Judged:
    whole = stem(masked[start:end] + borrowed if borrowed else masked[start:end])
    own, sure = appraise(whole, lex)
    if own is None and QUOTED in whole:
        aside = lex.shapes["shape.aside"].search(masked[start:end])
        if aside is not None and aside.start() > 1:
            before = appraise(whole[: aside.start()], lex)
            if before.own is not None and before.own[1].naming == "proper" and before.sure != LONE:
                return Judged(start, start + aside.start(), whole[: aside.start()], *before)
    return Judged(start, end, whole, own, sure)


def _trimmed(text: str, masked: str, start: int, end: int, members: tuple[Span, ...], lex: Lexicon) -> Span:
    """A name of a list without a verb of its own, and without the last member before what sums the list up."""
    if start > members[0][0] and (verb := lex.shapes["shape.begun"].match(masked, start, end)) is not None:
        behind = appraise(stem(masked[verb.end() : end]), lex)
        if behind.own is not None and behind.sure >= SURE:
            return verb.end(), end
    if end == members[-1][1] and len(members) > 1 and masked[end - 1] in QUOTES_END:
        total = lex.shapes["shape.sums_up"].search(text, start, end)
        if total is not None and number(total["number"]) == len(members):
            return total.start(), end
    return start, end


def _head(
    one: Judged, group: Group, governor: Governor | None, lex: Lexicon, *, enumerated: bool
) -> tuple[str, HeadRule | None] | None:
    """The head of a member, its own or the shared one; without a rule where it needs none; None where it has none."""
    if one.own is not None:
        alone = one.own[1].naming != "common" or one.own[1].bare
        return one.own if alone or not group.alien else None
    if group.alien:
        return None
    if group.shared is not None and _shares(one, group.shared, lex, closed=not group.open):
        return group.shared.head, group.shared.rule
    built = governor is not None and governor.verb.built and one.sure >= SURE and QUOTED not in one.whole
    return ("", None) if built and enumerated else None


def _shares(one: Judged, shared: Shared, lex: Lexicon, *, closed: bool) -> bool:
    """Whether a member without a head takes the shared one; the last member's (``closed``) only if it is short."""
    if shared.rule.kind == "programme":
        return QUOTED in one.whole and not shared.rule.act
    if shared.rule.bare or shared.rule.act:
        return not closed or (QUOTED not in one.whole and one.sure >= LIKELY)
    line = closed and shared.rule.naming == "proper" and not shared.rule.body
    if line and lex.shapes["shape.stretch"].fullmatch(one.whole):
        # 青石至柳塘、双塔至白鹭高速
        return True
    short = len(one.whole) < 5 or lex.shapes["shape.attributive"].search(one.whole) is not None
    return not closed or (len(shared.head) > 1 and short)


def _by_sort(text: str, slot: Slot, governor: Governor, lex: Lexicon) -> Governor:
    """The verb with the stage that the list's name tells (…等前期项目)."""
    told = lex.shapes["shape.sort_stage"].search(text, slot.start, slot.end)
    stage: Stage = "planned" if told is not None and told["planned"] else "ongoing"
    return governor if told is None else governor._replace(stage=stage)


def _is_course(name: str, lex: Lexicon) -> bool:
    return lex.shapes["shape.course"].fullmatch(name) is not None


def _goes_on(slot: Slot) -> bool:
    """Whether a single name goes on a list over a comma, closed by a mere 建设: 完成青石路北延，〔柳塘路东延〕建设."""
    return slot.after is not None and slot.last and [word.text for word in slot.after.words] == [BUILDING]


def _acts_itself(slot: Slot, rule: HeadRule) -> bool:
    """Whether a body is told to have built something, not to have been built: 开发区建成厂房26万平方米."""
    if slot.before is not None or slot.after is None or slot.last or not rule.body:
        return False
    return len(slot.after.words) == 1 and slot.after.words[0].verb.object


def _bracket(text: str, masked: str, one: Judged, lex: Lexicon) -> tuple[int, tuple[int, int] | None]:
    """Where the name ends without a bracket that tells its investment, and where that bracket is."""
    end = one.end
    while end > one.start and masked[end - 1] == BRACKETED:
        end -= 1
    if end < one.end and (note := lex.shapes["shape.footnote"].search(text, end, one.end)) is not None:
        return end if note.start() == end else note.start(), None
    if end < one.end and lex.shapes["shape.investment"].search(text, end, one.end) is not None:
        return end, (end, one.end)
    return one.end, None


def _paid(text: str, slot: Slot, start: int, lex: Lexicon) -> tuple[int, int] | None:
    """Where right before a name it is told what that one costs."""
    found = lex.shapes["shape.paid"].search(text, max(slot.start, start - LONGEST_SUM), start)
    return found.span() if found is not None else None


def _names_works(name: str, lex: Lexicon) -> bool:
    """Whether a quotation in a name ends with what is built or planted (“…绿化”工程)."""
    return any(name[found.end() : found.end() + 1] in QUOTES_END for found in lex.physical.finditer(name))


def _kind(text: str, one: Judged, rule: HeadRule | None, shared: Shared | None, lex: Lexicon) -> ProjectKind:
    if rule is None or (rule.kind == "sort" and _names_works(text[one.start : one.end], lex)):
        return "construction"
    name = one.whole + (shared.head if shared is not None else "")
    slogan = one.own is None and rule.bare and QUOTED in name and lex.physical.search(name) is None
    return "programme" if slogan or is_campaign(name, rule, lex) else "construction"
