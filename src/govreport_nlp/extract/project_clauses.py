"""Where in a clause a name can stand: between the verbs and predicates that could govern it."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from typing import NamedTuple

from govreport_nlp.extract.project_lexicon import (
    BRACKETED,
    BREAKS,
    LISTED,
    PLACED,
    QUOTATIONS,
    QUOTED,
    SIGNS,
    TALLIED,
    Governor,
    Lexicon,
    Word,
)

_HIDDEN = re.compile(
    r"“[^“”\n]{1,40}”|‘[^‘’\n]{1,40}’|「[^「」\n]{1,40}」|\"[^\"\n]{1,30}\"|《[^《》\n]{1,40}》"
    r"|（[^（()）\n]{1,40}[）)]|\([^（()）\n]{1,40}[）)]|〔\s?\d{1,3}\s?〕|［\s?\d{1,3}\s?］|\[\s?\d{1,3}\s?\]"
    r"|【\s?\d{1,3}\s?】"  # each begins with a character, which is searched for fast
)
_COMMAS = ("，", ",")
_CLOSING = "”’」"
_DEEDS = ("工程", "行动", "计划")
_OPENERS = "\n。；;：:！？"

ABOUT = "对于"
"""The verb that 对 is read as where a clause begins with it and a list of projects is all that follows."""

ALREADY = "已"

Token = tuple[int, int, int]
"""A word's index in ``Lexicon.words``, and where it stands."""


class Chain(NamedTuple):
    """Verbs and fillers that follow each other without a gap; ``words`` are the verbs among them.

    ``hard`` tells that one of them ends a name wherever it stands, ``cause`` that somebody else may be the builder,
    ``part`` that what they say is said of a part of the works.
    """

    start: int
    end: int
    words: tuple[Governor, ...]
    hard: bool
    cause: bool
    part: bool


class Slot(NamedTuple):
    """A place for names, ``start`` to ``end``, with what governs it from either side.

    ``clause`` is where its clause begins; ``carried`` tells that ``before`` stands in the clause before, whose list
    goes on here; ``last`` that nothing follows ``after``; ``headed`` that a head or 等 stands in it, ``quoted`` that a
    quotation does. Nothing is found where neither is.
    """

    clause: int
    start: int
    end: int
    before: Chain | None
    after: Chain | None
    carried: bool
    last: bool
    headed: bool
    quoted: bool


def mask(text: str, lex: Lexicon) -> str:
    """``text`` with the insides of quotations and all of brackets hidden, each character by one character.

    A programme's head at the end of a quotation stays to be seen (“…行动”); abbreviations of policies
    and words that tell a sort are hidden by a character of their own.
    """
    return _HIDDEN.sub(lambda found: _hidden(found[0], lex), text)


@functools.lru_cache(maxsize=4096)
def _hidden(span: str, lex: Lexicon) -> str:
    if span[0] in "（(〔［[【":
        return (PLACED if span[1:-1] in lex.places else BRACKETED) * len(span)
    inside = span[1:-1]
    head = lex.heads.of(inside)
    seen = head[0] if head is not None and head[1].kind != "construction" and len(head[0]) < len(inside) else ""
    if span[0] == "《" and lex.shapes["shape.plan_title"].search(inside) is None:
        # the title of a document, whatever it plans
        seen = ""
    plain = lex.shapes["shape.tally"].match(inside) or inside in lex.sorts.words
    cover = TALLIED if plain and inside not in lex.common.known else QUOTED
    return span[0] + cover * (len(inside) - len(seen)) + seen + span[-1]


class _Heads:
    """Where heads and 等 stand: asked whether a part of the text overlaps one."""

    __slots__ = ("_begins", "_ends")

    def __init__(self, marks: list[Token]) -> None:
        heads = [mark for mark in marks if mark[0] not in QUOTATIONS]
        self._begins = [a for _, a, _ in heads]
        self._ends = [b for _, _, b in heads]

    def within(self, start: int, end: int) -> bool:
        at = bisect_right(self._ends, start)
        return at < len(self._begins) and self._begins[at] < end


def slots(masked: str, lex: Lexicon) -> list[Slot]:
    """The places for names in a masked text, in order.

    Clauses in which neither a head ends nor a list or a quotation stands are passed over, and so are such places within
    a clause. A clause without a verb lends itself to the predicate that the next one begins with (…的工程，当年完成
    投资…), a list goes on over a comma under the verb that it began with.
    """
    numbering = lex.shapes["shape.numbering"].match
    words, joined, breaks = lex.words, lex.joined, len(BREAKS)
    matches = _tokens(masked, lex)
    matches.append((0, len(masked), len(masked) + 1))
    marks = lex.marks.find_matches_as_indexes(masked)
    promises = _promises(masked, marks, {a for _, a, _ in matches}, lex)
    promise = promises.pop()
    heads = _Heads(marks)
    found: list[Slot] = []
    start = first = 0
    idle: tuple[int, int] | None = None
    carried: Chain | None = None
    for at in [i for i, match in enumerate(matches) if match[0] < breaks]:
        _, a, b = matches[at]
        if promise > a and idle is None:
            start, first, carried = b, at + 1, None
            continue
        while promise <= a:
            promise = promises.pop()
        begin = start
        if not start or masked[start - 1] in _OPENERS:
            lead = numbering(masked, start, a)
            begin = lead.end() if lead else start
        chains = _chains(masked, begin, a, matches[first:at], words, joined) if at > first else []
        if chains and idle is not None and _predicative(chains[0]) and _at_once(masked, begin, chains[0], lex):
            headed, quoted = heads.within(*idle), masked.find(QUOTED, *idle) >= 0
            if headed or quoted:
                last = chains[0].end >= a
                found.append(Slot(idle[0], idle[0], idle[1], None, chains[0], False, last, headed, quoted))
        governed = any(chain.hard for chain in chains)
        if chains or carried is not None:
            before, left = None if governed else carried, begin
            for chain in (*chains, None):
                right = a if chain is None else chain.start
                if left < right:
                    headed, quoted = heads.within(left, right), masked.find(QUOTED, left, right) >= 0
                    if headed or quoted:
                        goes_on = before is not None and before is carried
                        last = chain is None or chain.end >= a or masked[chain.end] == LISTED
                        found.append(Slot(begin, left, right, before, chain, goes_on, last, headed, quoted))
                if chain is not None:
                    before, left = chain, chain.end
        comma = masked[a : a + 1] in _COMMAS
        if not comma:
            carried = None
        elif governed or (chains and chains[0].start <= begin + 1 and chains[0].words):
            carried = chains[-1] if chains[-1].end < a else None
        idle = (begin, a) if comma and not chains and begin < a else None
        if idle is not None and lex.shapes["shape.about"].match(masked, begin, a) is not None:
            # 对青石水库、柳塘大桥等项目，…: what is done for them stands in the next clauses
            found.append(Slot(begin, begin, a, _about(begin, lex), None, False, True, True, False))
            idle = None
        start, first = b, at + 1
    return found


def _tokens(masked: str, lex: Lexicon) -> list[Token]:
    """The words of the text; none of them in a street's name that begins with a verb (启动|建设路)."""
    matches: list[Token] = lex.scan.find_matches_as_indexes(masked)
    matches = _done_to(masked, matches, lex)
    found: list[Token] = []
    at = 0
    for street in lex.shapes["shape.street"].finditer(masked):
        start, end = street.span()
        while at < len(matches) and matches[at][2] <= start:
            found.append(matches[at])
            at += 1
        while at < len(matches) and matches[at][1] < end:
            _, a, _ = matches[at]
            found += [(i, a + b, a + c) for i, b, c in lex.scan.find_matches_as_indexes(masked[a:start])]
            at += 1
    return found + matches[at:] if found or at else matches


def _done_to(masked: str, matches: list[Token], lex: Lexicon) -> list[Token]:
    """The words, with 完成 alone where a sum is but an attribute of what was completed (完成|投资3亿元的柳塘大桥)."""
    sums = [found.end() for found in lex.shapes["shape.invested"].finditer(masked)]
    if not sums:
        return matches
    begins = [a for _, a, _ in matches]
    found: list[Token] = list(matches)
    for money in sums:
        at = bisect_right(begins, money) - 1
        if at >= 0 and (token := matches[at])[1] < money < token[2]:
            words = lex.scan.find_matches_as_indexes(masked[token[1] : money])
            if len(words) == 1 and words[0][2] == money - token[1]:
                found[at] = (words[0][0], token[1], money)
    return found


def _promises(masked: str, marks: list[Token], words: set[int], lex: Lexicon) -> list[int]:
    """Where heads end that no further noun follows, and where lists and quotations stand: the first of them last.

    Before them all there is one past the end of the text.
    """
    open_end = f"{masked}\n"
    followers, signs = lex.followers, len(SIGNS)
    found = [
        end
        for index, _, end in marks
        if index < signs or not (after := open_end[end]).isalpha() or after in followers or end in words
    ]
    found.append(len(masked) + 2)
    found.reverse()
    return found


def _about(start: int, lex: Lexicon) -> Chain:
    """对 as a verb that tells no stage."""
    governor = lex.verbs.get(ABOUT)
    return Chain(start, start + 1, () if governor is None else (governor,), True, False, False)


def _at_once(masked: str, begin: int, chain: Chain, lex: Lexicon) -> bool:
    """Whether nothing but a date or a particle stands before a clause's predicate: 6月底前|投产, 已|竣工."""
    if chain.start == begin:
        return True
    dated = lex.shapes["shape.when"].match(masked, begin, chain.start)
    at = dated.end() if dated is not None else begin
    return at == chain.start or (at + 1 == chain.start and masked[at] == ALREADY)


def _predicative(chain: Chain) -> bool:
    """Whether a clause that begins so says what became of the thing named in the clause before."""
    return bool(chain.words) and (chain.words[0].verb.side == "after" or chain.words[0].verb.built)


def _chains(
    masked: str, start: int, end: int, tokens: list[Token], words: tuple[Word | None, ...], joined: str
) -> list[Chain]:
    """The runs of words that end a name: those with a verb that no name holds, and those at the clause's edges.

    What was done to a thing is a part of its name (青石路|改造, 稳步推进): no run begins with it within a clause.
    """
    found: list[Chain] = []
    governors: list[Governor] = []
    first, last = -1, -2
    hard = cause = part = False
    for index, a, b in tokens:
        word = words[index]
        if word is None or a < start or word.inert or (word.timely and masked[a - 1].isdigit()):
            continue
        if masked[a - 1] in _CLOSING and masked[b : b + 2] in _DEEDS:
            # “清风”塑造|工程
            continue
        if a != last and (a != last + 1 or masked[last] not in joined):
            if first >= 0 and (hard or first <= start + 1):
                found.append(Chain(first, last, tuple(governors), hard, cause, part))
            first, hard, cause, part = -1, False, False, False
            governors = []
        last = b
        governor = word.governor
        if governor is None:
            part = part or word.part
            if first < 0:
                first = a
            continue
        verb = governor.verb
        if first < 0:
            if verb.act and a > start + 1:
                continue
            first = a
        governors.append(governor)
        hard = hard or not verb.inner
        cause = cause or verb.cause
    if first >= 0 and (hard or first <= start + 1 or last >= end):
        found.append(Chain(first, last, tuple(governors), hard, cause, part))
    return found
