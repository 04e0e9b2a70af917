"""What stands about a quoted expression; neighbours in a list share it (“甲”、“乙”等活动)."""

from __future__ import annotations

import functools
from typing import NamedTuple

from govreport_nlp.extract.quotes import Quote
from govreport_nlp.extract.slogan_words import classes
from govreport_nlp.rules.loader import Ruleset

REACH = 20
_LONGEST_JOINT = 2


class Surroundings(NamedTuple):
    """What precedes the first quote of a list of neighbours, and what follows the last, on their line."""

    before: str
    after: str


@functools.cache
def _joints(rules: Ruleset) -> frozenset[str]:
    return frozenset({"", *classes(rules)["run_joint"]})


def surroundings(text: str, quoted: list[Quote], rules: Ruleset) -> list[Surroundings]:
    """The surroundings of each quote of ``quoted``, which are in order.

    >>> from govreport_nlp.extract import quotes
    >>> from govreport_nlp.rules import SHIPPED
    >>> text = "举办“甲”、“乙”等活动"
    >>> surroundings(text, quotes.find(text), SHIPPED)[0]
    Surroundings(before='举办', after='等活动')
    """
    joints = _joints(rules)
    before = [text[max(0, q.open - REACH) : q.open].rpartition("\n")[2] for q in quoted]
    after = [text[q.close : q.close + REACH].partition("\n")[0] for q in quoted]
    opens = {q.open: i for i, q in enumerate(quoted)}
    neighbour = [_neighbour(text, q, opens, joints) for q in quoted]
    for i, n in enumerate(neighbour):
        if n is not None:
            before[n] = before[i]
    for i in reversed(range(len(quoted))):
        if (n := neighbour[i]) is not None:
            after[i] = after[n]
    return [Surroundings(b, a) for b, a in zip(before, after, strict=True)]


def _neighbour(text: str, quote: Quote, opens: dict[int, int], joints: frozenset[str]) -> int | None:
    """The index of the quote that follows right after, at most a joint between."""
    for length in range(_LONGEST_JOINT + 1):
        index = opens.get(quote.close + length)
        if index is not None:
            return index if text[quote.close : quote.close + length] in joints else None
    return None
