"""The table of administrative divisions: what stood when, under whom, and what became of it."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import ahocorasick_rs
import msgspec

from govreport_nlp.rules import Rule, Ruleset


class Division(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of rules/regions.csv: a division under one code and one name, and the years that it stood.

    ``valid_from`` is the year of the act that made it (None: before 1984), ``valid_to`` the year of the act that ended
    it (None: it stands); old and new share that year. ``short`` is the bare name where it has one (望朔 for 望朔县),
    ``parent`` the code of the prefecture, or of the province where there is none between, ``successors`` the codes of
    what took its place, where that is known.
    """

    adcode: str
    name: str
    short: str = ""
    level: Literal["province", "prefecture", "county"]
    kind: str
    valid_from: int | None = None
    valid_to: int | None = None
    parent: str = ""
    successors: tuple[str, ...] = ()

    def stood_in(self, year: int | None) -> bool:
        """Whether it stood at some time of that year; true without a year."""
        return year is None or (self.valid_from or year) <= year <= (self.valid_to or year)


class Alias(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of rules/region_aliases.csv: another way to write ``name``."""

    alias: str
    name: str


class Words(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list of rules/region_words.toml; what each is for stands at the head of the file."""

    words: tuple[str, ...]


class Mention(NamedTuple):
    """A place in a text, ``text[start:end]``, and the divisions that the name may mean."""

    start: int
    end: int
    name: str
    divisions: tuple[Division, ...]


class Divisions:
    """The table with its indexes: by code, by full name, by bare or short form.

    >>> from govreport_nlp.rules import SHIPPED
    >>> [(d.adcode, d.name) for d in divisions(SHIPPED).named("海拉尔", 1995)]
    [('152101', '海拉尔市')]
    """

    def __init__(self, ruleset: Ruleset) -> None:
        self.rows = ruleset.table("regions.csv", Division)
        self.words = {rule.id: rule.words for rule in ruleset.load("region_words.toml", Words)}
        self._codes: defaultdict[str, list[Division]] = defaultdict(list)
        self._names: defaultdict[str, list[Division]] = defaultdict(list)
        self._forms: defaultdict[str, list[Division]] = defaultdict(list)
        for row in self.rows:
            self._codes[row.adcode].append(row)
            self._names[row.name].append(row)
            if short := row.short:
                for form in {short, short + row.name[-1], short + row.kind}:
                    if form != row.name:
                        self._forms[form].append(row)
        for entry in ruleset.table("region_aliases.csv", Alias):
            self._forms[entry.alias] += self._names[entry.name]

    def known(self, name: str) -> bool:
        """Whether any division was ever called so, in full or for short."""
        return name in self._names or name in self._forms

    def named_in_full(self, name: str) -> bool:
        """Whether any division was ever called so in full."""
        return name in self._names

    def named(self, name: str, year: int | None = None) -> tuple[Division, ...]:
        """The divisions called so that stood in the year: by full name; where none is, by bare or short name."""
        full = tuple(d for d in self._names.get(name, ()) if d.stood_in(year))
        return full or tuple(d for d in self._forms.get(name, ()) if d.stood_in(year))

    def heirs(self, name: str, year: int) -> tuple[Division, ...]:
        """What stood in the year in place of the divisions that were called so before or after it."""
        rows = self._names.get(name) or self._forms.get(name) or []
        return tuple({heir.adcode: heir for row in rows for heir in self._follow(row, year)}.values())

    def at(self, adcode: str, year: int | None = None) -> Division | None:
        """The division with this code in the year: where it changed, as at its beginning; without a year, the last."""
        rows = [d for d in self._codes.get(adcode, ()) if d.stood_in(year)]
        if not rows:
            return None
        return rows[-1] if year is None else next((d for d in rows if d.valid_to == year), rows[-1])

    def under(self, prefix: str, year: int | None = None) -> tuple[Division, ...]:
        """All divisions whose codes begin with ``prefix`` ("61", "6104") that stood in the year."""
        return tuple(d for d in self.rows if d.adcode.startswith(prefix) and d.stood_in(year))

    def above(self, division: Division, year: int | None = None) -> tuple[Division, ...]:
        """The division's parents in the year, the nearest first."""
        year = year if year is not None else division.valid_to
        parent = self.at(division.parent, year) if division.parent else None
        return () if parent is None else (parent, *self.above(parent, year))

    def mentions(self, text: str, year: int | None = None) -> tuple[Mention, ...]:
        """The places named in a text, from left to right: all by full name, prefectures and provinces also for short.

        >>> from govreport_nlp.rules import SHIPPED
        >>> [m.name for m in divisions(SHIPPED).mentions("我们与无锡、昆山市一道，学习深圳经验。")]
        ['无锡', '昆山市', '深圳']
        """
        automaton, patterns = self._automaton
        found = []
        for index, start, end in automaton.find_matches_as_indexes(text):
            name = patterns[index]
            rows = self._names.get(name) or [d for d in self._forms[name] if d.level != "county"]
            if places := tuple(d for d in rows if d.stood_in(year)):
                found.append(Mention(start, end, name, places))
        return tuple(found)

    @functools.cached_property
    def _automaton(self) -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
        loose = set(self.words.get("loose", ()))
        shorts = {d.short for d in self.rows if d.level != "county"}
        patterns = sorted((self._names.keys() | shorts) - loose - {""})
        return ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), patterns

    @functools.cached_property
    def _forerunners(self) -> dict[str, list[Division]]:
        forerunners = defaultdict(list)
        for row in self.rows:
            for code in row.successors:
                forerunners[code].append(row)
        return forerunners

    def _follow(self, division: Division, year: int, steps: int = 12) -> Iterator[Division]:
        """What stood in the year where the division stood in its own time; nothing where that is not known."""
        if division.stood_in(year) or not steps:
            if steps:
                yield division
            return
        for row in self._next(division, year):
            yield from self._follow(row, year, steps - 1)

    def _next(self, division: Division, year: int) -> Iterable[Division]:
        if division.valid_from is not None and year < division.valid_from:
            return (d for d in self._forerunners.get(division.adcode, ()) if d.valid_to == division.valid_from)
        end = division.valid_to or year
        rows = (d for code in division.successors for d in self._codes.get(code, ()))
        return (d for d in rows if (d.valid_from or end) <= end and (d.valid_to is None or d.valid_to > end))


@functools.lru_cache(maxsize=8)
def divisions(ruleset: Ruleset) -> Divisions:
    """The table of a rule set, read when first asked for."""
    return Divisions(ruleset)
