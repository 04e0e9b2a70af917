"""What a member of a list of names takes of those beside it: the head of the next, whoever stands before the first."""

from __future__ import annotations

from typing import NamedTuple

from govreport_nlp.extract.project_lexicon import QUOTED, Lexicon
from govreport_nlp.extract.project_lists import carried_head
from govreport_nlp.extract.project_names import own_head
from govreport_nlp.extract.project_rules import HeadRule


class Judged(NamedTuple):
    """A member, masked without a bracket at its end, with its own head and how sure it is that it is a name."""

    start: int
    end: int
    whole: str
    own: tuple[str, HeadRule] | None
    sure: float


def beyond(judged: list[Judged], lex: Lexicon) -> dict[int, tuple[str, HeadRule]]:
    """Heads of works that short names share with the next member, not with the list: 北江、南江高铁等项目."""
    found: dict[int, tuple[str, HeadRule]] = {}
    head: tuple[str, HeadRule] | None = None
    shape, stretch = lex.shapes["shape.stretch"].fullmatch, False
    for one in reversed(judged):
        if one.own is not None:
            rule = one.own[1]
            core = one.whole[: -len(one.own[0])]
            stretch = shape(core) is not None
            works = bool(one.sure) and rule.naming == "proper" and not (rule.body or (rule.road and not stretch))
            head = one.own if works and len(one.own[0]) > stretch and (stretch or len(core) < 7) else None
        elif head is not None and one.sure and (stretch or len(one.whole) < 5) and QUOTED not in one.whole:
            if stretch and shape(one.whole) is None:
                head = None
                continue
            found[one.start] = head
        else:
            head = None
    return found


def nearer(judged: list[Judged], lex: Lexicon) -> dict[int, tuple[str, HeadRule]]:
    """Heads that short names share with the next member that has one, if it is not the last: 京、柳枢纽和双塔基地."""
    found: dict[int, tuple[str, HeadRule]] = {}
    head: tuple[str, HeadRule] | None = None
    for one in reversed(judged[:-1]):
        if one.own is not None:
            lends = QUOTED not in one.whole and not (one.own[1].road or one.own[1].act)
            head = (carried_head(one.whole, one.own, lex), one.own[1]) if lends else None
        elif head is not None and one.sure and len(one.whole) < 5 and QUOTED not in one.whole:
            found[one.start] = head
    return found


def owners(judged: list[Judged], lex: Lexicon) -> dict[int, str]:
    """What stands before the first of like works and belongs to them all, until another is named.

    Works are alike by their size (金石〔700万吨煤矿〕、〔5万千瓦风电〕) or, where a place stands before them, by
    the end of their heads after a common word (青柳〔物流园〕、〔汽车园〕).
    """
    found: dict[int, str] = {}
    owner, like = "", ""
    for one in judged:
        whole = one.whole
        named = any(len(run) > 1 for run in lex.common.rest(whole))
        size = lex.shapes["shape.capacity"].search(whole)
        alike = "size" if size is not None and size.start() == 0 else whole[-1:]
        if not named:
            if owner and alike == like and (alike == "size" or _is_ground(one)):
                found[one.start] = owner
            else:
                owner = ""
            continue
        first = lex.common.rest(whole)[0]
        owner, like = (first, alike) if whole.startswith(first) else ("", "")
        if owner and (firm := lex.shapes["shape.firm"].match(whole, len(owner))) is not None:
            owner += firm.group()
        if size is not None and size.start() == len(owner):
            like = "size"
        elif not (_is_ground(one) and lex.shapes["shape.owner"].search(owner) and _says_more(one, owner)):
            owner = ""
    return found


def _is_ground(one: Judged) -> bool:
    """Whether a name ends with a head that takes a place before it (中心, 物流园), whoever's it is."""
    return one.own is not None and one.own[1].body and one.own[1].naming == "common"


def _says_more(one: Judged, owner: str) -> bool:
    """Whether there is a common word between the place before a name and the end of its head."""
    return one.own is not None and len(one.whole) > len(owner) + 2


def courses(text: str, judged: list[Judged], lex: Lexicon) -> dict[int, str]:
    """Whose stretches are those that are but a direction: 青石路北延、〔南延〕, 柳塘街东、〔西段〕."""
    found: dict[int, str] = {}
    street = ""
    for one in judged:
        if street and lex.shapes["shape.course"].fullmatch(one.whole) is not None:
            found[one.start] = street
            continue
        end = lex.shapes["shape.coursed"].search(one.whole)
        street = text[one.start : one.start + end.start()] if end is not None else ""
    return found


_SENTENCE_ENDS = ("。", "；", ";", "\n", "！")

FARTHEST = 40
"""A phase named by its number alone belongs to a name at most so many characters before it."""


def is_phase(name: str, lex: Lexicon) -> bool:
    """Whether a name is but the number of a phase (二期)."""
    return lex.shapes["shape.phase"].fullmatch(name) is not None


def whose_phase(text: str, name: str, end: int, start: int, lex: Lexicon) -> str:
    """What the phase is one of that ``name`` before it in the same sentence is another phase of; empty if nothing.

    青石产业园 for 青石产业园一期, whether or not 项目 stands behind it.
    """
    if not 0 <= start - end <= FARTHEST or any(mark in text[end:start] for mark in _SENTENCE_ENDS):
        return ""
    head = own_head(name, lex)
    if head is not None and head[1].bare and not head[1].phase:
        name = name[: -len(head[0])]
        head = own_head(name, lex)
    return name[: -len(head[0])] if head is not None and head[1].phase else ""


def phases(text: str, judged: list[Judged], works: str, lex: Lexicon) -> dict[int, str]:
    """Whose phases are those without a name: 青石产业园一期、〔二期〕; those of ``works`` before the list."""
    found: dict[int, str] = {}
    for one in judged:
        phase = one.own is not None and one.own[1].phase
        if phase and works and is_phase(one.whole, lex):
            found[one.start] = works
        elif phase and one.own is not None and one.sure:
            works = text[one.start : one.end][: -len(one.own[0])]
        else:
            works = ""
    return found
