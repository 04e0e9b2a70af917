"""What makes a name: that which is left of it when the common words are taken away."""

from __future__ import annotations

import functools
from typing import NamedTuple

from govreport_nlp.extract.project_lexicon import BRACKETED, PLACED, QUOTED, TALLIED, Lexicon
from govreport_nlp.extract.project_rules import HeadRule

_CLOSING = ("”", "’", "」")
_CLOSERS = '”’」》"' + BRACKETED + PLACED


LONE = 0.55
"""How sure a name is that is but a head of which there is one in a county: where it is built."""


def stem(masked_name: str) -> str:
    """The masked name without a bracket or a closing quotation mark at its end."""
    return masked_name.rstrip(_CLOSERS)


class Appraisal(NamedTuple):
    """What a name is worth: its own head, if it has one, and how sure it is that it identifies one thing (0: not)."""

    own: tuple[str, HeadRule] | None
    sure: float


@functools.lru_cache(maxsize=4096)
def own_head(name: str, lex: Lexicon) -> tuple[str, HeadRule] | None:
    """The head that a masked name ends with; None where no project ends so.

    A head of one character does not count as the end of a common word (场|站), none as the end of a city's name.
    """
    found = lex.heads.of(name)
    if (
        found is not None
        and found[1].naming == "never"
        and (name[: -len(found[0])].endswith(_CLOSING) or lex.shapes["shape.first_street"].search(name) is not None)
    ):
        # “…”创新工程, 经一路: what a quotation or a number names is not the common thing
        found = lex.heads.of(found[0][1:])
    if found is None or found[1].naming == "never" or name in lex.places:
        return None
    if len(found[0]) == 1:
        if name[-2:] in lex.common.words and name[-2:] not in lex.where and name[-2:] != "一路":
            return None
        if not found[1].road and lex.shapes["shape.stretch"].fullmatch(name):
            return None
    return found


@functools.lru_cache(maxsize=4096)
def appraise(whole: str, lex: Lexicon) -> Appraisal:
    """The worth of a masked name: what precedes its own head decides; without a head all of it has to."""
    found = lex.heads.of(whole)
    if found is not None and found[1].out:
        return Appraisal(None, 0.0)
    own = own_head(whole, lex)
    core = whole if own is None else whole[: -_sort_end(whole, own, lex)]
    if own is not None and not whole.isalpha():
        core = lex.shapes["shape.length_inside"].sub("", whole)[: len(core) - len(whole)]
    if not core and own is not None and own[1].single:
        return Appraisal(own, LONE)
    if not core or _sweeping(core, lex):
        return Appraisal(own, 0.0)
    return Appraisal(own, _certainty(core, whole, None if own is None else own[1], lex))


def _sort_end(whole: str, own: tuple[str, HeadRule], lex: Lexicon) -> int:
    """How long the common word is that a name's head ends: what precedes 虚拟电厂 names it, not 虚拟."""
    head, rule = own
    if rule.bare or rule.act:
        return len(head)
    for size in range(min(5, len(whole)), len(head), -1):
        word = whole[-size:]
        if word in lex.common.words and word not in lex.where and word not in lex.common.known:
            return size
    return len(head)


def _certainty(core: str, whole: str, head: HeadRule | None, lex: Lexicon) -> float:
    if QUOTED in core:
        if head is None or not head.act or head.naming != "placed":
            return 0.9
        core = core.replace(QUOTED, "")
    if head is not None:
        if PLACED in core:
            return 0.8
        if head.kind == "construction" and lex.shapes["shape.raised"].match(core) is not None:
            # 优化青石新区: what stands there
            return 0.0
        if head.naming == "proper":
            return _proper(core, whole, lex)
        if is_campaign(core, head, lex):
            return _campaign(core, whole, lex)
        within = _within(core, lex)
        if within:
            return within
        if head.naming == "placed":
            return _placed(core, whole, lex)
        if head.act and core[0].isdigit() and lex.shapes["shape.river"].search(core) is None:
            return 0.0
    longest = max(map(len, lex.common.rest(core)), default=0)
    if longest > 1:
        return 0.9 if longest > 2 else 0.8
    if lex.shapes["shape.name"].search(core):
        return 0.8
    if lex.shapes["shape.capacity"].search(core, 2) or lex.known.search(whole):
        return 0.7
    if head is None:
        return 0.0
    if head.act and core.startswith(lex.singles):
        # 妇幼保健院改造
        return 0.6
    if head.phase and own_head(core, lex) is not None:
        return 0.6
    local = head.naming == "common" and head.body and len(core) > 2 and lex.shapes["shape.local"].match(core)
    return 0.5 if local else 0.0


def beside(whole: str, lex: Lexicon) -> float:
    """How sure a name is that is not sure alone but stands in a list with one that is: less is asked for."""
    own = own_head(whole, lex)
    core = whole if own is None else whole[: -len(own[0])]
    if not core or _sweeping(core, lex):
        return 0.0
    head = own[1] if own is not None else None
    if head is None or head.bare:
        level = len(core) == 1 and lex.shapes["shape.local"].match(core) is not None
        named = head is None and not level and bool(lex.common.rest(core))
        return 0.5 if named or lex.shapes["shape.capacity"].match(core) else 0.0
    if head.naming == "proper":
        street = head.road and len(core) == 2 and len(whole) == 3
        inner = own_head(core, lex)
        street = street or (inner is not None and inner[1].naming == "proper" and not inner[1].road)
        return 0.5 if street or lex.shapes["shape.facing"].fullmatch(core) else 0.0
    return 0.5 if head.naming == "common" and not head.act and lex.sorts.rest(core) else 0.0


def among(whole: str, lex: Lexicon) -> float:
    """How sure a name of common words is that stands in a list of projects among names that are sure.

    It has to say more than which sort of works it is (老|码头, 团结|养殖基地扩建, not 骨干|水网).
    """
    own = own_head(whole, lex)
    if own is None:
        return 0.0
    if own[1].act:
        return among(whole[: -len(own[0])], lex)
    core = whole[: -len(own[0])]
    if own[1].bare or own[1].naming not in ("proper", "common") or not core or _sweeping(core, lex):
        return 0.0
    return 0.5 if lex.sorts.rest(core) else 0.0


def _sweeping(core: str, lex: Lexicon) -> bool:
    """Whether a name speaks of many things, or of one of a kind: 一批…, 24个…, …等, 改造3条…."""
    if lex.sweeping.match(core) is not None:
        return True
    if lex.shapes["shape.within"].search(core) is not None or lex.shapes["shape.kind"].fullmatch(core) is not None:
        return True
    if lex.shapes["shape.predicate"].search(core) is not None:
        return True
    if core.isalpha():
        return False
    if lex.shapes["shape.amount"].search(core) is not None:
        return True
    for size in range(min(4, len(core)), 1, -1):
        if core[:size] in lex.acts:
            return lex.shapes["shape.count"].match(core, size) is not None
    return False


def _placed(core: str, whole: str, lex: Lexicon) -> float:
    """For heads that are more often a sort than a thing: a place, or a longer run of no common words."""
    place = lex.shapes["shape.place"]
    for run in lex.common.rest(core):
        if run in lex.common.known or len(run) > 2 or (len(run) > 1 and place.search(run)):
            return 0.8
        if len(run) > 1:
            return 0.6
    return 0.7 if lex.known.search(whole) else 0.0


def is_campaign(name: str, head: HeadRule, lex: Lexicon) -> bool:
    """Whether a name with this head is that of a programme: 行动, or a 工程 that builds nothing."""
    if head.kind != "sort":
        return head.kind == "programme"
    if lex.physical.search(name) is not None:
        return False
    return QUOTED in name or TALLIED in name or lex.social.search(name) is not None


def _campaign(core: str, whole: str, lex: Lexicon) -> float:
    """A programme's name is distinctive by a place in it; that no common word covers it is not enough.

    An action is by a policy's abbreviation too (“三查”行动), which is but what a plan or a project is for.
    """
    if TALLIED in core and lex.shapes["shape.action"].search(whole) and not lex.shapes["shape.joint"].search(core):
        return 0.8
    place, short = lex.shapes["shape.place"], lex.shapes["shape.abbreviation"]
    for run in lex.common.rest(core):
        if run in lex.common.known:
            return 0.9
        if len(run) > 1 and (place.search(run) or short.search(run)):
            return 0.7
    return 0.0


def _proper(core: str, whole: str, lex: Lexicon) -> float:
    """For heads that make a name of whatever does not merely say which sort; of two things joined, the last."""
    joint = max(map(core.rfind, lex.joints))
    if joint > 3:
        core = core[joint + 1 :]
    if len(core) > 1:
        if max(map(len, lex.common.rest(core)), default=0) > 1:
            return 0.95
        if sum(map(len, lex.sorts.rest(core))) > 1:
            return 0.6
    if lex.shapes["shape.name"].search(whole) or lex.shapes["shape.local"].match(core):
        return 0.8
    return 0.0


def _within(core: str, lex: Lexicon) -> float:
    """How sure a name within the name is: 青石博物馆 in 青石博物馆扩建 (工程)."""
    cut = len(core)
    while True:
        for size in range(min(4, cut), 1, -1):
            if core[cut - size : cut] in lex.acts:
                cut -= size
                break
        else:
            break
    found = own_head(core[:cut], lex)
    if found is None or found[1].naming != "proper":
        return 0.0
    return _proper(core[: cut - len(found[0])], core[:cut], lex)
