"""The words that projects are found by, compiled once a ruleset: verbs, fillers, heads, common words, shapes."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

from govreport_nlp.extract.project_rules import (
    CommonRule,
    FillRule,
    HeadRule,
    KnownRule,
    PatternRule,
    Role,
    VerbRule,
)
from govreport_nlp.model import Stage
from govreport_nlp.rules import Ruleset

BREAKS = "，,。；;：:\n！!？?"
"""The characters that end a clause."""

COMMA, LISTED, AND_SO_ON, OF = "，", "、", "等", "的"
"""The marks of the grammar: between clauses, between members, after the last of them, before what is named."""

QUOTED, BRACKETED, TALLIED, PLACED = "\ue000", "\ue001", "\ue002", "\ue003"
"""What hides, in a masked text, the inside of a quotation, a bracket, a policy's abbreviation in quotation marks, and a
bracket that holds a place."""

SIGNS = (AND_SO_ON, *(opening + cover for opening in '“‘「《"' for cover in (QUOTED, TALLIED)))
"""What promises a project where no head does: a list, the beginning of a quotation."""

QUOTATIONS = range(1, len(SIGNS))
"""Which of ``SIGNS`` are quotations."""

_BLANK = " 　·.+-—0123456789%×“”‘’「」" + LISTED + BRACKETED + TALLIED + PLACED
_SWEEPING = ("shape.vague", "shape.count")
_PRAISE = ("shape.part", "shape.first", "shape.when", "shape.sum", "shape.renewed", "shape.rounds", "shape.used")


class Governor(NamedTuple):
    """A verb as it stands there, with its rule and the stage it tells: ``achieved`` in what a review looks back on."""

    text: str
    verb: VerbRule
    stage: Stage | None
    achieved: Stage | None


class Word(NamedTuple):
    """What one word of a clause does: a verb, or a filler; ``timely`` is one that no digit may precede.

    ``part`` is one that names a part of the works (征地).
    """

    governor: Governor | None = None
    inert: bool = False
    timely: bool = False
    part: bool = False


class WordSet:
    """Common words and the known names among them, told apart: what no common word covers may be a name.

    >>> words = WordSet(["流域", "生态", "修复"], ["长江"], "和")
    >>> words.rest("青石河流域生态修复"), words.rest("长江和生态")
    (['青石河'], ['长江'])
    """

    __slots__ = ("_blank", "_lengths", "known", "words")

    def __init__(self, words: Iterable[str], known: Iterable[str], blank: str) -> None:
        self.known = frozenset(known)
        self.words = frozenset(words) | self.known
        self._blank = frozenset(blank)
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}

    def rest(self, text: str) -> list[str]:
        """The runs of ``text`` that no common word covers, the longest word first from the left.

        A known name is a run of its own; blanks break a run and are no part of one.
        """
        runs: list[str] = []
        words, known, lengths = self.words, self.known, self._lengths
        at, size, since = 0, len(text), -1
        while at < size:
            for length in lengths.get(text[at], ()):
                word = text[at : at + length]
                if word in words:
                    if since >= 0:
                        runs.append(text[since:at])
                        since = -1
                    if word in known:
                        runs.append(word)
                    at += length
                    break
            else:
                if text[at] in self._blank:
                    if since >= 0:
                        runs.append(text[since:at])
                        since = -1
                elif since < 0:
                    since = at
                at += 1
        if since >= 0:
            runs.append(text[since:])
        return runs


class Endings:
    """Heads that are asked for the longest of them that a name ends with."""

    __slots__ = ("_lengths", "heads")

    def __init__(self, heads: dict[str, HeadRule]) -> None:
        self.heads = heads
        lengths: dict[str, set[int]] = {}
        for head in heads:
            lengths.setdefault(head[-1], set()).add(len(head))
        self._lengths = {last: tuple(sorted(sizes, reverse=True)) for last, sizes in lengths.items()}

    def of(self, name: str) -> tuple[str, HeadRule] | None:
        """The longest head that ``name`` ends with, with its rule."""
        for size in self._lengths.get(name[-1:], ()):
            rule = self.heads.get(name[-size:])
            if rule is not None and size <= len(name):
                return name[-size:], rule
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All of the project rules in the shape in which they are looked up.

    ``scan`` finds ``words`` (None: the end of a clause), ``marks`` the heads and ``SIGNS``. ``acts`` are the verbs
    that a name may hold, ``deeds`` those among them that end one, ``singles`` heads of which there is one in a
    county. ``sweeping`` is how a name of many things begins, ``praise`` what may stand before a name. Of single
    characters, ``leading`` stand between verb and name, ``trailing`` between name and verb, ``joints`` between two
    names, ``joined`` between two verbs, ``followers`` behind a head; ``partners`` behind a verb begin what is no
    name.
    """

    scan: ahocorasick_rs.AhoCorasick
    words: tuple[Word | None, ...]
    verbs: dict[str, Governor]
    marks: ahocorasick_rs.AhoCorasick
    leading: str
    trailing: str
    joints: str
    joined: str
    followers: str
    partners: str
    heads: Endings
    list_heads: Endings
    common: WordSet
    sorts: WordSet
    known: re.Pattern[str]
    places: frozenset[str]
    leads: frozenset[str]
    ranks: frozenset[str]
    where: frozenset[str]
    social: re.Pattern[str]
    physical: re.Pattern[str]
    acts: frozenset[str]
    deeds: tuple[str, ...]
    singles: tuple[str, ...]
    shapes: dict[str, re.Pattern[str]]
    sweeping: re.Pattern[str]
    praise: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def lexicon(rules: Ruleset) -> Lexicon:
    """The compiled words of a ruleset."""
    verbs = rules.load("project_verbs.toml", VerbRule)
    fills = rules.load("project_fill.toml", FillRule)
    heads = rules.load("project_heads.toml", HeadRule)
    common = rules.load("project_common.toml", CommonRule) + rules.load("project_sorts.toml", CommonRule)
    shapes = {rule.id: rule.pattern for rule in rules.load("project_patterns.toml", PatternRule)}
    named = rules.load("project_known.toml", KnownRule)
    known = [w for rule in named for w in rule.words]
    particles = {rule.id: "".join(rule.words) for rule in fills if rule.role == "particle"}
    governors = {w: Governor(w, rule, rule.stage, rule.achieved) for rule in verbs for w in rule.words}
    words = {w: _filler(rule.role) for rule in fills if rule.role != "particle" for w in rule.words}
    words |= {w: Word(governor) for w, governor in governors.items()}
    own = {w: head for head in heads if not head.shared for w in head.words}
    ends = {w: head for w, head in own.items() if head.naming != "never"}
    after_list = {w: head for head in heads if head.shared for w in head.words}
    acts = frozenset(w for rule in verbs if rule.inner for w in rule.words)
    blank = _BLANK + particles["fill.blank"]
    covered = {*acts, *(w for w in own if len(w) > 1), *(w for rule in common for w in rule.words)}

    def marked(flag: str) -> tuple[str, ...]:
        return tuple(w for rule in common if getattr(rule, flag) for w in rule.words)

    return Lexicon(
        scan=_automaton([*BREAKS, *words]),
        words=(*[None] * len(BREAKS), *words.values()),
        verbs=governors,
        marks=_automaton([*SIGNS, *dict.fromkeys([*ends, *_grown([w for w in ends if not ends[w].act])])]),
        leading=particles["fill.after_verb"] + particles["fill.joint"] + OF,
        trailing=particles["fill.before_verb"],
        joints=particles["fill.joint"],
        joined=particles["fill.after_verb"] + particles["fill.before_verb"] + particles["fill.joint"],
        followers=particles["fill.after_head"],
        partners=particles["fill.partner"],
        heads=Endings(own),
        list_heads=Endings({**ends, **after_list}),
        common=WordSet(covered, known, blank),
        sorts=WordSet(marked("sorts"), known, blank),
        known=_any_of(known),
        places=frozenset(w for rule in named if rule.place for w in rule.words),
        leads=frozenset(marked("lead")),
        ranks=frozenset(marked("rank")),
        where=frozenset(marked("where")),
        social=_any_of(marked("social")),
        physical=_any_of(marked("physical")),
        acts=acts,
        deeds=tuple(w for rule in verbs if rule.act for w in rule.words),
        singles=tuple(w for head in heads if head.single for w in head.words),
        shapes={name: re.compile(pattern) for name, pattern in shapes.items()},
        sweeping=re.compile("|".join(shapes[name] for name in _SWEEPING)),
        praise=re.compile("".join(f"(?:{shapes[name]})?" for name in _PRAISE)),
    )


def _grown(heads: list[str]) -> list[str]:
    """What two heads that share a character make: 合作园 and 园区 make 合作园区, in which only 合作园 would be seen."""
    begun: dict[str, list[str]] = {}
    for head in heads:
        if len(head) > 1:
            begun.setdefault(head[0], []).append(head[1:])
    return [head + rest for head in heads if len(head) > 1 for rest in begun.get(head[-1], ())]


def _filler(role: Role) -> Word:
    return Word(inert=role == "inert", timely=role == "time", part=role == "part")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def _automaton(words: list[str]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        words,
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.DFA,
    )
