"""From the names that a report gives its region to a place: by the table of regions, else by the names' own endings."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from govreport_nlp.model import Level
from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.structure.gazetteer import Resolution, gazetteer
from govreport_nlp.structure.patterns import compiled

_LEVELS: tuple[Level, ...] = ("province", "prefecture", "county", "town")
_FILE = "region_suffixes.toml"


class SuffixRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How names of one level end; the keys are explained at the head of rules/region_suffixes.toml."""

    level: Level
    suffixes: tuple[str, ...]
    parts: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


class Region(NamedTuple):
    """Where a report is from. ``candidates`` are the adcodes that an ambiguous name may mean."""

    name: str | None = None
    level: Level | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    adcode: str | None = None
    candidates: tuple[str, ...] = ()


class Chain(NamedTuple):
    """A name taken apart by its suffixes: 岚江省泽阳市望朔县."""

    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    town: str | None = None

    @property
    def level(self) -> Level | None:
        """The level of the innermost unit named."""
        return next((level for level in reversed(_LEVELS) if getattr(self, level)), None)


class _Endings(NamedTuple):
    pattern: re.Pattern[str]
    parts: tuple[tuple[Level, re.Pattern[str]], ...]
    bare: dict[str, Level]


@functools.lru_cache(maxsize=8)
def _endings(rules: Ruleset) -> _Endings:
    levels = {rule.level: rule for rule in rules.load(_FILE, SuffixRule)}

    def unit(level: Level, longest: int) -> str:
        own = {suffix for rule in (levels[level],) for suffix in rule.suffixes}
        # 市 stands on two levels: behind the name of a prefecture it is a county's.
        shared = {"市"} if level == "county" else set()
        endings = "|".join(sorted(map(re.escape, own | shared), key=len, reverse=True))
        return rf"(?P<{level}>[\u4e00-\u9fff]{{1,{longest}}}?(?:{endings}))?"

    return _Endings(
        re.compile(unit("province", 8) + unit("prefecture", 14) + unit("county", 14) + unit("town", 8)),
        tuple((r.level, compiled(_FILE, r.id, "|".join(r.parts))) for r in levels.values() if r.parts),
        {word: rule.level for rule in levels.values() for word in rule.bare},
    )


def level_of_bare(word: str, rules: Ruleset) -> Level | None:
    """The level of a government that calls itself only by its kind (我代表县人民政府), or None for 市.

    >>> from govreport_nlp.rules import SHIPPED
    >>> level_of_bare("县", SHIPPED), level_of_bare("市", SHIPPED)
    ('county', None)
    """
    return _endings(rules).bare.get(word)


def is_finer(level: Level | None, than: str) -> bool:
    """Whether a level lies below another.

    >>> is_finer("county", "prefecture"), is_finer(None, "province"), is_finer("county", "county")
    (True, False, False)
    """
    return level in _LEVELS and than in _LEVELS and _LEVELS.index(level) > _LEVELS.index(than)


def take_apart(name: str, rules: Ruleset) -> Chain:
    """The units that ``name`` strings together, by their suffixes; empty where it is no region's name.

    >>> from govreport_nlp.rules import SHIPPED
    >>> take_apart("岚江省泽阳市望朔县", SHIPPED)
    Chain(province='岚江省', prefecture='泽阳市', county='望朔县', town=None)
    """
    endings = _endings(rules)
    match = endings.pattern.fullmatch(name)
    if match is None or name in endings.bare:
        return Chain()
    return Chain(**match.groupdict())


def resolve(names: Sequence[str], year: int | None, hints: Sequence[str], text: str, rules: Ruleset) -> Region:
    """The region that ``names`` mean, the most trusted name first.

    ``hints`` are words put beside the report (its path, what the caller knows), ``text`` its beginning: they may
    settle an ambiguous name. A name that the table of regions does not have is read by its endings.

    >>> from govreport_nlp.rules import SHIPPED
    >>> resolve(["兴平市"], 2022, (), "", SHIPPED)[:5]
    ('兴平市', 'county', '陕西省', '咸阳市', '兴平市')
    >>> resolve(["望朔县"], 2022, (), "", SHIPPED)[:2]
    ('望朔县', 'county')
    """
    places = gazetteer(rules)
    named = [name for name in dict.fromkeys(names) if name not in _endings(rules).bare]
    open_ones: list[Resolution] = []
    for name in named:
        found = places.resolve(name, year, hints, text=text)
        if found.adcode is not None:
            return _of_table(found)
        if found.region is not None:
            open_ones.append(found)
    if open_ones:
        return _of_table(open_ones[0])
    return _of_endings(named, text, rules)


def _of_table(found: Resolution) -> Region:
    return Region(found.region, found.level, found.province, found.prefecture, found.county, found.adcode, found.codes)


def _of_endings(names: Sequence[str], text: str, rules: Ruleset) -> Region:
    chains = [chain for name in names if (chain := take_apart(name, rules)).level]
    if not chains:
        return Region()
    chain = max(chains, key=lambda c: _LEVELS.index(c.level or "province"))
    for other in chains:
        chain = _fill(chain, other)
    level = chain.level
    if level == "prefecture" and chain.prefecture and chain.prefecture.endswith("市"):
        level = _level_by_parts(text, rules)
        if level == "county":
            chain = chain._replace(prefecture=None, county=chain.prefecture)
    own = chain.town or chain.county or chain.prefecture or chain.province
    return Region(own, level, chain.province, chain.prefecture, chain.county)


def _fill(chain: Chain, other: Chain) -> Chain:
    """``chain`` with the units above it that ``other`` names, where nothing of the two is at odds."""
    if any(a is not None and b is not None and a != b for a, b in zip(chain, other, strict=True)):
        return chain
    inner = _LEVELS.index(chain.level or "province")
    return Chain(*(a or b if i < inner else a for i, (a, b) in enumerate(zip(chain, other, strict=True))))


def _level_by_parts(text: str, rules: Ruleset) -> Level | None:
    """Whether a 市 is a prefecture or a county, by what it calls the units below it and the committee above it."""
    counts = {level: len(pattern.findall(text)) for level, pattern in _endings(rules).parts}
    prefecture, county = counts.get("prefecture", 0), counts.get("county", 0)
    if prefecture == county:
        return None
    return "prefecture" if prefecture > county else "county"
