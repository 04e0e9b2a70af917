"""When two names are one project: names trimmed of what changes from year to year."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from govreport_nlp.extract.units import SCALES, UnitRule
from govreport_nlp.model import Meta
from govreport_nlp.rules import SHIPPED, Rule, Ruleset
from govreport_nlp.source import characters

FILE = "project_series.toml"
Size: TypeAlias = "tuple[float, str]"

_DIMENSIONS = ("mass", "power", "length", "area", "volume", "energy")
_NO_NAME = re.compile(r"[\W_]+")
_PHASES = re.compile(r"第?([一二三四五六七八九十]{1,3}|[0-9]{1,2})期")
_DIGITS = str.maketrans("123456789", "一二三四五六七八九")
_SHORTEST = 2
_SHORTEST_SUFFIX = 4
_LONGEST_BARE = 4
_LONGEST_OUT = 4
_TOLERANCE = 1.25


class SeriesRule(Rule, frozen=True, kw_only=True):
    """Words that come and go in a project's name, or that tell how far it is; see rules/project_series.toml."""

    role: Literal[
        "end", "quality", "works", "same", "part", "self", "nature", "unit", "apart", "partial", "carried", "open"
    ]
    words: tuple[str, ...]


class Identity(NamedTuple):
    """A project's name, trimmed.

    ``exact`` and ``near`` are the keys by which it is known again; ``near`` leaves out words for works too. ``phase``
    is 一, 二, … or empty, ``sizes`` the sizes that the name holds. ``bare`` is true for a name such as 石湾项目 that
    says nothing of what is built, ``part`` for one that names a part of a work.
    """

    exact: str
    near: str
    phase: str
    sizes: tuple[Size, ...]
    bare: bool
    part: bool


class Names:
    """Trims the names of one place's projects."""

    def __init__(self, place: Meta, rules: Ruleset = SHIPPED) -> None:
        self._words = words(rules)
        self._rules = rules
        own = [name for name in (place.region, place.county, place.prefecture, place.province) if name]
        # The longest first: 望河县 before 望河, and the level alone (县) last.
        self._self = (
            *dict.fromkeys(own),
            *dict.fromkeys(name[:-1] for name in own if len(name) > 2),
            *self._words["self"],
            *dict.fromkeys(name[-1] for name in own),
        )

    def read(self, name: str) -> Identity:
        """The identity that ``name`` tells.

        >>> names = Names(Meta(region="望河县"))
        >>> names.read("望河县石湾二期15万千瓦风电项目")[:4]
        ('石湾风电', '石湾风电', '二', ((150000.0, '千瓦'),))
        >>> names.read("县城第二水厂改扩建工程").near
        '第二水厂'
        """
        text, sizes = _take_sizes(characters.exchange(name, self._rules), self._rules)
        text = _NO_NAME.sub("", text)
        phases = "".join(match.group(1).translate(_DIGITS) for match in _PHASES.finditer(text))
        text = _PHASES.sub("", text)
        core, part = self._without_part(text)
        core, generic = self._without_end(core)
        own = self._without_self(core)
        bare = generic and len(core) <= _LONGEST_BARE and self._identifies(core)
        return Identity(own, self._near(own), phases, sizes, bare, part)

    def _identifies(self, core: str) -> bool:
        """Whether enough is left without ordinals and directions: 石湾 of 石湾项目, but not 一号 of 一号工程."""
        return sum(char not in self._words["apart"] for char in core) >= _SHORTEST

    def _without_part(self, text: str) -> tuple[str, bool]:
        for word in self._words["part"]:
            if text.endswith(word) and len(text) - len(word) > _SHORTEST:
                return text[: -len(word)], True
        return text, False

    def _without_end(self, text: str) -> tuple[str, bool]:
        """``text`` without generic words at its end and, before these, without words that only class it."""
        cut = _strip_end(text, self._words["end"])
        return (_strip_end(cut, self._words["quality"]), True) if cut != text else (text, False)

    def _without_self(self, text: str) -> str:
        for word in self._self:
            # 望河 is no owner of 桥 alone: what is left must be a name without words for works too.
            rest = text[len(word) :]
            if (
                text.startswith(word)
                and len(self._without_works(rest)) > _SHORTEST
                and not rest.startswith(self._words["nature"])
            ):
                text = rest
        return text

    def _without_works(self, text: str) -> str:
        for first, *others in self._words.same:
            for other in others:
                text = text.replace(other, first)
        return text[:1] + self._words.works.sub("", text[1:])

    def _near(self, text: str) -> str:
        kept = self._without_works(text)
        return kept if len(kept) >= _SHORTEST else text


def words(rules: Ruleset) -> _Words:
    """The words of rules/project_series.toml by role."""
    return _words(rules)


class _Words:
    def __init__(self, rules: Ruleset) -> None:
        self._by_role: dict[str, tuple[str, ...]] = {}
        entries = rules.load(FILE, SeriesRule)
        for rule in entries:
            if rule.role != "same":
                self._by_role[rule.role] = (*self._by_role.get(rule.role, ()), *rule.words)
        for role, found in self._by_role.items():
            self._by_role[role] = tuple(sorted(found, key=len, reverse=True))
        # Of words that stand for one another the longest are exchanged first, so that 产业园区 leaves no 产业.
        self.same = [(r.words[0], *sorted(r.words[1:], key=len, reverse=True)) for r in entries if r.role == "same"]
        self.works = re.compile("|".join(map(re.escape, self["works"])))

    def __getitem__(self, role: str) -> tuple[str, ...]:
        return self._by_role.get(role, ())


@functools.lru_cache(maxsize=8)
def _words(rules: Ruleset) -> _Words:
    return _Words(rules)


def alike(one: Sequence[Size], other: Sequence[Size]) -> bool:
    """Whether two names may be one project by their sizes: one has none of the kind, or they are about the same.

    >>> alike([(60000.0, "平方米")], [(57000.0, "平方米")]), alike([(700000.0, "千瓦")], [(350000.0, "千瓦")])
    (True, False)
    """
    return all(max(a, b) <= _TOLERANCE * min(a, b) for a, unit in one for b, same in other if unit == same)


def may_shorten(short: Identity, long: Identity) -> bool:
    """Whether ``short`` may be a shortened name of ``long``, among others: 石湾项目 of 石湾抽水蓄能电站."""
    a, b = short.near, long.near
    if len(a) >= len(b) or short.phase not in ("", long.phase) or not alike(short.sizes, long.sizes):
        return False
    return a in b if short.bare else len(a) >= _SHORTEST_SUFFIX and _left_out(a, b) is not None


def shortens(short: Identity, long: Identity, rules: Ruleset = SHIPPED) -> bool:
    """Whether ``short`` is a shortened name of ``long``, if of no other: 疫苗基地 of 明远生物疫苗基地.

    What is left out must not be what tells two projects apart: 城东体育公园 is another than 体育公园.
    """
    if not may_shorten(short, long):
        return False
    out = _left_out(short.near, long.near) or ""
    apart = any(word in out for word in words(rules)["apart"])
    return short.bare or (short.phase == long.phase and 1 < len(out) <= _LONGEST_OUT and not apart)


def _left_out(short: str, long: str) -> str | None:
    """What ``short`` leaves out of ``long`` at its beginning or inside; None where it is not the rest of it."""
    if long.endswith(short):
        return long[: -len(short)]
    kept = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    out = long[kept : len(long) - (len(short) - kept)]
    # 红星综合体 of 红星商贸综合体: what comes before names it, what comes after says what it is.
    whole = short == long[:kept] + long[kept + len(out) :]
    return out if whole and _SHORTEST < kept <= len(short) - _SHORTEST else None


def _strip_end(text: str, ends: Sequence[str]) -> str:
    cut = True
    while cut:
        end = next((e for e in ends if text.endswith(e) and len(text) - len(e) >= _SHORTEST), "")
        cut = bool(end)
        text = text[: len(text) - len(end)]
    return text


@functools.lru_cache(maxsize=8)
def _size_pattern(rules: Ruleset) -> tuple[re.Pattern[str], dict[str, tuple[str, float]]]:
    units = {
        symbol: (rule.base, rule.factor)
        for rule in rules.load("units.csv", UnitRule)
        if rule.dimension in _DIMENSIONS
        for symbol in (rule.symbol, *rule.aliases)
    }
    units.update((word, (word, 1.0)) for word in words(rules)["unit"])
    unit = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    scale = "|".join(sorted(SCALES, key=len, reverse=True))
    number = r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?:[×xX*](?P<times>[0-9]+(?:\.[0-9]+)?))?"
    return re.compile(rf"{number}(?P<scale>{scale})?(?P<unit>{unit})级?"), units


def _take_sizes(name: str, rules: Ruleset) -> tuple[str, tuple[Size, ...]]:
    """The name without its sizes, and these in the unit's base: 15万千瓦, 110千伏, 2×35万千瓦."""
    pattern, units = _size_pattern(rules)
    sizes = []
    for match in pattern.finditer(name):
        base, factor = units[match["unit"]]
        number = float(match["number"]) * float(match["times"] or 1)
        sizes.append((number * SCALES.get(match["scale"] or "", 1.0) * factor, base))
    return pattern.sub("", name), tuple(sizes)
