"""The cue words of a text, found in one scan: verbs, adverbs, time words, protected names."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable

import ahocorasick_rs
import msgspec

from govreport_nlp.extract.bounds import BoundRule
from govreport_nlp.rules import Rule, Ruleset

ROLES = (
    *("lead", "verb", "strong", "tail", "noun", "stop", "up", "down", "to", "gap"),
    *("new", "cut", "act", "rate", "annual", "firm", "aim", "each", "amount"),
    *("when", "own"),
)
LEAD, VERB, STRONG, TAIL, NOUN, STOP, UP, DOWN, TO, GAP = (1 << i for i in range(10))
NEW, CUT, ACT, RATE, ANNUAL, FIRM, AIM, EACH, AMOUNT, WHEN, OWN = (1 << i for i in range(10, 21))


class WordRule(Rule, frozen=True, kw_only=True):
    """A class of words; ``roles`` say what they do around a number (see the head of words.toml).

    A prefix of ``prefixes`` before any of the words makes a word that adds (新 + 招收).
    """

    roles: tuple[str, ...]
    words: tuple[str, ...]
    prefixes: tuple[str, ...] = ()


class Cue(msgspec.Struct, frozen=True, gc=False):
    """A cue word in the view; ``roles`` is a bit set."""

    start: int
    end: int
    roles: int


class Lexicon:
    """All cue words of a rule set in one automaton (leftmost, longest word first)."""

    def __init__(self, ruleset: Ruleset) -> None:
        roles: dict[str, int] = {}
        for rule in ruleset.load("words.toml", WordRule):
            bits = 0
            for role in rule.roles:
                bits |= 1 << ROLES.index(role)
            for word in rule.words:
                roles[word] = roles.get(word, 0) | bits
                for prefix in rule.prefixes:
                    roles[prefix + word] = roles.get(prefix + word, 0) | NEW | STRONG | VERB | TAIL
        for bound in ruleset.load("bounds.toml", BoundRule):
            for word in bound.words if bound.place == "before" else ():
                roles[word] = roles.get(word, 0) | TAIL
        self.words = tuple(roles)
        self._bits = tuple(b if not b & NOUN else b & (NOUN | NEW) for b in roles.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(self.words),
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.DFA,
        )

    def scan(self, text: str, spans: Iterable[tuple[int, int]] | None = None) -> Cues:
        """The cues of ``text`` in order, or of ``spans`` of it alone (in order, apart)."""
        bits, find = self._bits, self._automaton.find_matches_as_indexes
        items: list[Cue] = []
        for start, end in spans if spans is not None else ((0, len(text)),):
            part = text[start:end]
            found = find(part)
            if "率" in part:
                # A verb before 率 is a name: 化解率 resolves nothing.
                found = [match for match in found if part[match[2] : match[2] + 1] != "率"]
            items += [Cue(start + a, start + b, bits[i]) for i, a, b in found]
        return Cues(items)


class Cues:
    """Cues in order, with ranges by offset."""

    __slots__ = ("_starts", "items")

    def __init__(self, items: list[Cue]) -> None:
        self.items = items
        self._starts = [c.start for c in items]

    def between(self, start: int, end: int) -> list[Cue]:
        """The cues that lie wholly between two offsets."""
        starts, items = self._starts, self.items
        i = bisect_left(starts, start)
        j = bisect_left(starts, end, i)
        if j > i and items[j - 1].end > end:
            j -= 1
        return items[i:j]


def roles_of(found: Iterable[Cue]) -> int:
    """All roles that any of ``found`` has."""
    roles = 0
    for cue in found:
        roles |= cue.roles
    return roles


@functools.lru_cache(maxsize=8)
def lexicon(ruleset: Ruleset) -> Lexicon:
    """The lexicon of a rule set, made once."""
    return Lexicon(ruleset)
