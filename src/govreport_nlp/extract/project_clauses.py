"""Where in a clause a name can stand: between the verbs and predicates that could govern it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile
from typing import NamedTuple

from govreport_nlp.extract.project_lexicon import BRACKETED, QUOTED, SIGNS, TALLIED, Lexicon, Word
from govreport_nlp.extract.project_rules import VerbRule

_HIDDEN = re.compile(
    r"“[^“”\n]{1,40}”|‘[^‘’\n]{1,40}’|「[^「」\n]{1,40}」|\"[^\"\n]{1,30}\"|《[^《》\n]{1,40}》"
    r"|[（(][^（()）\n]{1,40}[）)]"
)
_COMMAS = ("，", ",")
_OPENERS = "\n。；;：:！？"

Token = tuple[int, int, Word]
Governor = tuple[Word, VerbRule]
"""A verb as it stands there, with its rule."""


class Chain(NamedTuple):
    """Verbs and fillers that follow each other without a gap; ``words`` are the verbs among them.

    ``hard`` tells that one of them ends a name wherever it stands, ``cause`` that somebody else may be the builder.
    """

    start: int
    end: int
    words: tuple[Governor, ...]
    hard: bool
    cause: bool


class Slot(NamedTuple):
    """A place for names, ``start`` to ``end``, with what governs it from either side.

    ``clause`` is where its clause begins; ``carried`` tells that ``before`` stands in the clause before, whose list
    goes on here; ``last`` that nothing follows ``after``.
    """

    clause: int
    start: int
    end: int
    before: Chain | None
    after: Chain | None
    carried: bool
    last: bool


def mask(text: str, lex: Lexicon) -> str:
    """``text`` with the insides of quotations and all of brackets hidden, each character by one character.

    A programme's head at the end of a quotation stays to be seen (“…行动”); abbreviations of policies are hidden by a
    character of their own.
    """
    tally = lex.shapes["shape.tally"].match

    def hide(found: re.Match[str]) -> str:
        span = found.group()
        if span[0] in "（(":
            return BRACKETED * len(span)
        inside = span[1:-1]
        head = lex.heads.of(inside)
        seen = head[0] if head is not None and head[1].kind != "construction" and len(head[0]) < len(inside) else ""
        cover = TALLIED if tally(inside) else QUOTED
        return span[0] + cover * (len(inside) - len(seen)) + seen + span[-1]

    return _HIDDEN.sub(hide, text)


def slots(masked: str, lex: Lexicon) -> Iterator[Slot]:
    """The places for names in a masked text, in order.

    Clauses in which neither a head ends nor a list or a quotation stands are passed over. A clause without a verb
    lends itself to the predicate that the next one begins with (…的工程，当年完成投资…), a list goes on over a comma
    under the verb that it began with.
    """
    words, numbering = lex.words, lex.shapes["shape.numbering"].match
    matches = lex.scan.find_matches_as_indexes(masked)
    marks = _marks(masked, {a for _, a, _ in matches}, lex)
    mark = marks.pop()
    tokens: list[Token] = []
    start = 0
    idle: tuple[int, int] | None = None
    carried: Chain | None = None
    matches.append((0, len(masked), len(masked) + 1))
    for index, a, b in matches:
        word = words[index]
        if word is not None:
            if word.role != "inert" and not (word.role == "time" and masked[a - 1].isdigit()):
                tokens.append((a, b, word))
            continue
        if mark > a and idle is None:
            tokens, start, carried = [], b, None
            continue
        while mark <= a:
            mark = marks.pop()
        lead = numbering(masked, start, a) if not start or masked[start - 1] in _OPENERS else None
        begin = lead.end() if lead else start
        chains = _chains(masked, begin, a, tokens, lex) if tokens else []
        if chains and idle is not None and chains[0].start == begin and _predicative(chains[0]):
            yield Slot(idle[0], idle[0], idle[1], None, chains[0], False, chains[0].end >= a)
        governed = any(chain.hard for chain in chains)
        if chains:
            yield from _clause(begin, a, chains, None if governed else carried)
        elif carried is not None and begin < a:
            yield Slot(begin, begin, a, carried, None, True, True)
        comma = masked[a : a + 1] in _COMMAS
        if not comma:
            carried = None
        elif governed or (chains and chains[0].start <= begin + 1 and chains[0].words):
            carried = chains[-1] if chains[-1].end < a else None
        idle = (begin, a) if comma and not chains and begin < a else None
        tokens, start = [], b


def _marks(masked: str, words: set[int], lex: Lexicon) -> list[int]:
    """Where heads end that no further noun follows, and where lists and quotations stand: the first of them last.

    Before them all there is one past the end of the text.
    """
    open_end = f"{masked}\n"
    followers = lex.followers
    found = [
        end
        for index, _, end in lex.marks.find_matches_as_indexes(masked)
        if index < len(SIGNS) or end in words or open_end[end] in followers or not open_end[end].isalpha()
    ]
    found.append(len(masked) + 2)
    found.reverse()
    return found


def _predicative(chain: Chain) -> bool:
    """Whether a clause that begins so says what became of the thing named in the clause before."""
    return bool(chain.words) and (chain.words[0][1].side == "after" or chain.words[0][1].built)


def _clause(start: int, end: int, chains: list[Chain], carried: Chain | None) -> Iterator[Slot]:
    before = carried
    at = start
    for chain in chains:
        if chain.start > at:
            yield Slot(
                start, at, chain.start, before, chain, before is not None and before is carried, chain.end >= end
            )
        before, at = chain, chain.end
    if at < end:
        yield Slot(start, at, end, before, None, False, True)


def _chains(masked: str, start: int, end: int, tokens: list[Token], lex: Lexicon) -> list[Chain]:
    """The runs of words that end a name: those with a verb that no name holds, and those at the clause's edges."""
    found: list[Chain] = []
    run: list[Token] = []
    for token in [*tokens, None]:
        if token is not None and token[0] < start:
            continue
        if run:
            gap = -1 if token is None else token[0] - run[-1][1]
            if token is not None and (gap == 0 or (gap == 1 and masked[token[0] - 1] in lex.joined)):
                run.append(token)
                continue
            chain = _chain(run, start, end)
            if chain is not None:
                found.append(chain)
        run = [] if token is None else [token]
    return found


def _chain(run: list[Token], start: int, end: int) -> Chain | None:
    at_start = run[0][0] <= start + 1
    at_end = run[-1][1] >= end
    if not at_start:
        # what was done to a thing is a part of its name: 青石路|改造, 稳步推进
        run = list(dropwhile(_done, run))
        if not run:
            return None
    hard = any(word.hard for _, _, word in run)
    if not (at_start or at_end or hard):
        return None
    words = tuple([(w, w.verb) for _, _, w in run if w.verb is not None])
    return Chain(run[0][0], run[-1][1], words, hard, any(verb.cause for _, verb in words))


def _done(token: Token) -> bool:
    return token[2].verb is not None and token[2].verb.act
