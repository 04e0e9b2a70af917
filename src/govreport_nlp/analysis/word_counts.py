"""A report's body as it is counted: folded sentences with their scope, words found in them, words cut."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

from ahocorasick_rs import AhoCorasick, MatchKind

from govreport_nlp import source as sources
from govreport_nlp.model import Section
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED, Rule, Ruleset
from govreport_nlp.tables import words

Overlap: TypeAlias = Literal["longest", "longest_of_all", "every"]


class StopWords(Rule, frozen=True, kw_only=True):
    """Words of grammar; see rules/stopwords.toml."""

    words: tuple[str, ...]


@functools.lru_cache(maxsize=8)
def stop_words(rules: Ruleset = SHIPPED) -> frozenset[str]:
    """All stop words.

    >>> "的" in stop_words()
    True
    """
    return frozenset(word for rule in rules.load("stopwords.toml", StopWords) for word in rule.words)


class Line(NamedTuple):
    """A sentence: its text as the rules read it, its offset in the view, and its scope, where that is known."""

    text: str
    start: int
    scope: str | None
    section: str
    sentence: str


class Hit(NamedTuple):
    """An occurrence of the ``word`` of ``list`` in a line."""

    list: str
    word: str
    start: int
    end: int


class Body:
    """The sentences of a report without boilerplate and glossary."""

    def __init__(self, report: Report, rules: Ruleset = SHIPPED) -> None:
        kept = sources.Source(report.text, "txt", report.meta.file or "", boilerplate=report.boilerplate)
        self.view = sources.fold(kept, rules)
        self.lines = tuple(self._lines(report))

    def _lines(self, report: Report) -> Iterator[Line]:
        offsets, sections = self.view.offsets, report.sections
        scopes = [scope_of(section, sections) for section in sections]
        for s in report.sentences:
            section = None if s.section is None else sections[s.section]
            if section is not None and section.kind == "glossary":
                continue
            a, b = (s.start, s.end) if offsets is None else (bisect_left(offsets, s.start), bisect_left(offsets, s.end))
            scope = None if s.section is None else scopes[s.section]
            yield Line(self.view.text[a:b], a, scope, section.path if section else "", s.text)

    def span(self, line: Line, hit: Hit) -> tuple[int, int]:
        """The place of ``hit`` in the report's text."""
        return self.view.span(line.start + hit.start, line.start + hit.end)


def scope_of(section: Section, sections: tuple[Section, ...]) -> str | None:
    """Whether a section looks back ("review") or ahead ("plan"): by itself, else by what holds it.

    One on problems counts with the part that holds it; a main part of its own on problems looks back, since
    other reports close their review with them.
    """
    inner: Section | None = section
    troubled = False
    while inner is not None:
        if inner.scope in ("plan", "review"):
            return inner.scope
        troubled = troubled or inner.scope == "problems"
        inner = None if inner.parent is None else sections[inner.parent]
    return "review" if troubled else None


class Finder:
    """Finds the words of lists; made once for them."""

    def __init__(self, lists: dict[str, tuple[str, ...]], overlap: Overlap) -> None:
        self._overlap = overlap
        holders: dict[str, tuple[str, ...]] = {}
        for name, listed in lists.items():
            for word in listed:
                holders[word] = (*holders.get(word, ()), name)
        if overlap == "longest_of_all":
            self._scans = [_Scan(holders, overlap)]
        else:
            self._scans = [_Scan(dict.fromkeys(listed, (name,)), overlap) for name, listed in lists.items()]

    def hits(self, text: str) -> Iterator[Hit]:
        """The occurrences in ``text``, list by list.

        >>> finder = Finder({"green": ("环境", "环境保护", "保护")}, "longest")
        >>> [hit.word for hit in finder.hits("加强环境保护，改善环境")]
        ['环境保护', '环境']
        """
        for scan in self._scans:
            yield from scan.hits(text)


class _Scan:
    def __init__(self, holders: dict[str, tuple[str, ...]], overlap: Overlap) -> None:
        self._every = overlap == "every"
        self._words, self._holders = list(holders), list(holders.values())
        kind = MatchKind.Standard if self._every else MatchKind.LeftmostLongest
        self._automaton = AhoCorasick(self._words, matchkind=kind)

    def hits(self, text: str) -> Iterator[Hit]:
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=self._every):
            if not (_inside_letters(text, start) or _inside_letters(text, end)):
                for name in self._holders[index]:
                    yield Hit(name, self._words[index], start, end)


def _inside_letters(text: str, at: int) -> bool:
    """Whether ``at`` cuts a run of Latin letters and digits: 5G is no word of 15G or 5GW."""
    return 0 < at < len(text) and _latin(text[at - 1]) and _latin(text[at])


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


class Cutter:
    """Cuts text into words with jieba, which knows the lists' words."""

    def __init__(self, listed: Iterable[str], rules: Ruleset = SHIPPED) -> None:
        self._tokenizer: Any = words.tokenizer_with(tuple(sorted(set(listed))))
        self._stops = stop_words(rules)
        self.name = words.list_tokenizer_name()

    def count(self, text: str) -> tuple[int, int]:
        """How many words ``text`` has, and how many that are no stop words; punctuation is no word.

        >>> Cutter(("望朔快办",)).count("用好望朔快办的功能。")
        (5, 3)
        """
        tokens = [token for token in self._tokenizer.cut(text) if any(map(str.isalnum, token))]
        return len(tokens), sum(token not in self._stops for token in tokens)
