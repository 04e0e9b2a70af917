"""The known slogans of rules/slogan_lexicon.csv: looked up in quotes, and found where they stand without."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from govreport_nlp.extract.slogan_words import classes, either
from govreport_nlp.model import SloganKind
from govreport_nlp.rules.loader import Rule, Ruleset

FILE = "slogan_lexicon.csv"
_NOT_KEY = re.compile(r"[\s、，,；;。“”‘’「」『』\"'＂]+")
_LONGEST_KEY = 40
_LONGEST_HEAD = 4


class Entry(Rule, frozen=True, kw_only=True):
    """A known slogan.

    ``parts`` is its expansion, as many as the term counts, or empty. It has been in use since ``first`` and until
    ``last``. ``bare`` entries are found without quotes too, with ``heads`` only before one of them. ``definition``
    and ``parts`` hold in ``region`` (a province, without 省), and where one of ``contexts`` stands in the sentence,
    if these are given. Several entries may share a ``term``: its senses.
    """

    term: str
    kind: SloganKind
    level: Literal["national", "local"]
    definition: str
    parts: tuple[str, ...] = ()
    region: str = ""
    first: int | None = None
    last: int | None = None
    bare: bool = False
    heads: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()

    def means(self, sentence: str, province: str | None, year: int | None) -> bool:
        """Whether this sense of the term is meant in ``sentence`` of a report of ``province`` and ``year``."""
        return (
            (not self.contexts or any(word in sentence for word in self.contexts))
            and (not self.region or not province or province.startswith(self.region))
            and (self.first is None or year is None or year >= self.first)
        )


class Bare(NamedTuple):
    """A known slogan that stands without quotes, and its place."""

    start: int
    end: int
    term: str


def key(term: str) -> str:
    """``term`` as it is looked up: without punctuation, space and quotation marks.

    >>> key("双随机、一公开")
    '双随机一公开'
    """
    return term if term.isalnum() else _NOT_KEY.sub("", term)


class Lexicon:
    """The known slogans; made once a ruleset."""

    def __init__(self, rules: Ruleset) -> None:
        self._senses: dict[str, list[Entry]] = {}
        bare: dict[str, str] = {}
        for entry in rules.load(FILE, Entry):
            self._senses.setdefault(key(entry.term), []).append(entry)
            if entry.bare:
                for spelling in _spellings(entry.term):
                    bare.update((spelling + head, spelling) for head in entry.heads or ("",))
        words = classes(rules)
        self._head = re.compile(f"{either(words['known_head'])}$")
        self._lead = re.compile(either(words["known_lead"]))
        # Most terms have neither: one character tells it ($ stands before a newline too).
        self._head_closing = frozenset(word[-1] for word in words["known_head"]).union("\n")
        self._lead_opening = frozenset(word[0] for word in words["known_lead"])
        self._numeral = re.compile(either([*words["counting"], *words["magnitude"], *words["numeral_before"]]))
        self._terms = list(bare.values())
        self._scan = AhoCorasick(list(bare), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)

    def senses(self, plain: str, after: str = "") -> list[Entry]:
        """The entries of an expression, by its key, and of what follows it (“枫桥”经验), or none.

        >>> from govreport_nlp.rules import SHIPPED
        >>> lexicon(SHIPPED).senses("放管服改革")[0].parts
        ('简政放权', '放管结合', '优化服务')
        """
        if len(plain) > _LONGEST_KEY:
            return []
        for n in range(_LONGEST_HEAD, 1, -1):
            if senses := self._senses.get(plain + after[:n]):
                return senses
        senses = self._senses.get(plain) or []
        if not senses and plain[-1:] in self._head_closing and (head := self._head.search(plain)):
            senses = self._senses.get(plain[: head.start()]) or []
        if not senses and plain[:1] in self._lead_opening and (lead := self._lead.match(plain)):
            senses = self._senses.get(plain[lead.end() :]) or []
        return senses

    def bare(self, text: str) -> Iterator[Bare]:
        """The known slogans of ``text`` that may stand without quotes, leftmost first, the longest of each place."""
        for index, start, _ in self._scan.find_matches_as_indexes(text):
            term = self._terms[index]
            counted = self._numeral.match(term) is not None
            if not (counted and start and self._numeral.match(text, start - 1)):
                yield Bare(start, start + len(term), term)


@functools.cache
def lexicon(rules: Ruleset) -> Lexicon:
    """The lexicon of ``rules``."""
    return Lexicon(rules)


def _spellings(term: str) -> set[str]:
    return {term, term.replace("、", "，"), term.replace("、", ",")} if "、" in term else {term}
