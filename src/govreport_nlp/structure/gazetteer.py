"""From a region's name to its division: the one that is meant, or all that may be, never a guess.

>>> from govreport_nlp.rules import SHIPPED
>>> places = gazetteer(SHIPPED)
>>> places.resolve("临安市", 2016).adcode, places.resolve("临安区", 2018).adcode
('330185', '330112')
>>> places.resolve("鼓楼区", 2020).adcode is None
True
>>> places.resolve("鼓楼区", 2020, hints=["江苏/南京/2020.txt"]).adcode
'320106'
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from govreport_nlp.model import Level
from govreport_nlp.rules import Ruleset
from govreport_nlp.structure.divisions import Division, Divisions, Mention, divisions

_LONGEST = 40
_NOW = 9999
_FIELDS = ("region", "province", "prefecture", "county", "level")
_HAN = re.compile(r"[\u4e00-\u9fff]{1,40}")
_SEPARATORS = re.compile(r"[\W_]+")


class Zone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of rules/zones.csv: an area without a code of its own and the code of the division that it lies in."""

    name: str
    parent: str
    valid_from: int | None = None
    valid_to: int | None = None
    note: str = ""


class Resolution(NamedTuple):
    """What a name means. Where it stays open, ``adcode`` is None and ``candidates`` has all that it may mean.

    ``region`` is the name that the division had in the year; ``province``, ``prefecture`` and ``county`` are the
    division itself or above it, also where all candidates share them. ``settled_by`` is "name" where the name alone
    says it, "lineage" where it is of another time (``region`` is then what stood in the year), "parent", "hints" or
    "text" where these settled it.

    A zone (开发区, 高新区, 新区) has the level county, a town the level town; both have no adcode, but their parents.
    """

    adcode: str | None = None
    region: str | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    level: Level | None = None
    candidates: tuple[Division, ...] = ()
    settled_by: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The adcodes of the candidates."""
        return tuple(dict.fromkeys(d.adcode for d in self.candidates))


class Gazetteer:
    """The places that reports are from."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.divisions: Divisions = divisions(ruleset)
        self.zones = ruleset.table("zones.csv", Zone)
        words = self.divisions.words
        self._zone, self._town = words.get("zone", ()), words.get("town", ())
        self._offices = sorted(words.get("office", ()), key=len, reverse=True)
        self._loose = frozenset(words.get("loose", ()))
        self._corps = sorted(words.get("corps", ()), key=len, reverse=True)

    def lookup(self, name: str, year: int | None = None) -> tuple[Division, ...]:
        """All divisions of the year that a full, bare or short name (望城区, 望城, 陕) may mean; () where none may."""
        return self.divisions.named(name, year)

    def mentions(self, text: str, year: int | None = None) -> tuple[Mention, ...]:
        """The places named in a text; see ``Divisions.mentions``."""
        return self.divisions.mentions(text, year)

    def resolve(
        self, name: str, year: int | None = None, hints: Iterable[str] = (), parent: str | None = None, text: str = ""
    ) -> Resolution:
        """The region that ``name`` means in ``year``: a name for itself or with those above it (陕西咸阳兴平市).

        ``parent`` is the name or adcode of a division above it: nothing that lies elsewhere is meant. ``hints`` are
        words that were put beside the report (folders, file names, what the caller knows): one that speaks for one
        candidate settles it. ``text`` is the report, or its beginning: it settles where it speaks of one candidate's
        surroundings thrice as often as of any other's. A name that the year does not have is followed to what stood
        in its place. Where nothing is known of the name, the result is empty but for the level of zones and towns.
        """
        name = _SEPARATORS.sub("", name)
        for office in self._offices:
            if name.endswith(office) and len(name) > len(office) + 1:
                name = name.removesuffix(office)
                break
        name = self._without_corps(name)
        if not 0 < len(name) <= _LONGEST:
            return Resolution()
        hints = tuple(hints)
        for chain in self._chains(name):
            own, above = chain[-1], chain[:-1] if parent is None else (parent, *chain[:-1])
            found, settled = self._candidates(own, year)
            inside = [d for d in found if self._lies_in(d, above, year)]
            if inside:
                if parent is not None and len(inside) == 1 < len(found):
                    settled = "parent"
                return self._settle(own, inside, year, hints, text, settled)
            if not found and (part := self._part(chain, above, year, hints, text)) is not None:
                return part
        return Resolution()

    def _without_corps(self, name: str) -> str:
        """The city of a name that puts its division of the army of reclamation before it (兵团第一师阿拉尔市)."""
        rest = name
        while corps := next((word for word in self._corps if rest.startswith(word)), ""):
            rest = rest.removeprefix(corps)
        return rest if self.divisions.known(rest) else name

    def _chains(self, name: str, depth: int = 4) -> Iterator[tuple[str, ...]]:
        """The name as a whole, then taken apart into the names that it strings together, the longest first."""
        whole = self.divisions.known(name) or bool(self._zones(name, None))
        if whole:
            yield (name,)
        if depth > 1:
            for cut in range(len(name) - 1, 1, -1):
                if self.divisions.known(name[:cut]):
                    for rest in self._chains(name[cut:], depth - 1):
                        yield (name[:cut], *rest)
        if not whole and self._level_of_part(name):
            yield (name,)

    def _candidates(self, name: str, year: int | None) -> tuple[tuple[Division, ...], str]:
        """What the name may mean, and whether by its own right ("name") or by lineage."""
        found = self.divisions.named(name, year)
        if year is None:
            last = max((d.valid_to or _NOW for d in found), default=0)
            return tuple(d for d in found if (d.valid_to or _NOW) == last), "name"
        if not found:
            # 新区 or 市区 by itself is a word of the report, not what became of the one that was named so.
            other = name in self._zone or name in self._loose or bool(self._zones(name, year))
            return () if other else self.divisions.heirs(name, year), "lineage"
        # In the year of a change a name may mean the old and the new: what stood when the year began.
        codes = {code for d in found if d.valid_to == year for code in (*d.successors, d.adcode)}
        return tuple(d for d in found if not (d.adcode in codes and d.valid_from == year)) or found, "name"

    def _zones(self, name: str, year: int | None) -> list[Zone]:
        return [
            zone
            for zone in self.zones
            if zone.name == name and (year is None or (zone.valid_from or year) <= year <= (zone.valid_to or year))
        ]

    def _lies_in(self, division: Division, above: Sequence[str], year: int | None) -> bool:
        if not above:
            return True
        codes = {d.adcode for d in self.divisions.above(division, year)}
        return all(name in codes or not codes.isdisjoint(self._codes(name, year)) for name in above)

    def _codes(self, name: str, year: int | None) -> set[str]:
        found = self.divisions.named(name, year) or (self.divisions.heirs(name, year) if year is not None else ())
        return {d.adcode for d in found}

    def _settle(
        self, name: str, found: list[Division], year: int | None, hints: tuple[str, ...], text: str, settled: str
    ) -> Resolution:
        if len(found) > 1 and hints:
            weights = self._weigh(found, self._hinted(hints, year), year)
            best = self._best(found, weights, least=1, times=2)
            if len(best) < len(found):
                found, settled = best, "hints"
        if len(found) > 1:
            found = self._first_of_name(name, found)
        if len(found) > 1 and text:
            best = self._best(found, self._weigh(found, self.mentions(text, year), year), least=3, times=3)
            if len(best) == 1:
                found, settled = best, "text"
        if len(found) == 1:
            return self._resolution(found[0], year, settled)
        return self._open(found, year)

    def _first_of_name(self, name: str, found: list[Division]) -> list[Division]:
        """What a bare name means by usage: the province (吉林), and the prefecture before its own county (长沙)."""
        for level in ("province", "prefecture"):
            first = [d for d in found if d.level == level and d.name != name]
            inside = [d for d in found if d.level != level]
            if len(first) == 1 and (level == "province" or all(d.parent == first[0].adcode for d in inside)):
                return first
        return found

    def _hinted(self, hints: tuple[str, ...], year: int | None) -> list[Mention]:
        """The places in the hints: words that are a name or begin with one, and names inside them."""
        found: list[Mention] = []
        for word in (word for hint in hints for word in _HAN.findall(hint)):
            inside = self.mentions(word, year)
            name = next(
                (word[:n] for n in range(len(word), min(1, len(word) - 1), -1) if self.lookup(word[:n], year)), ""
            )
            if len(name) > (inside[0].end if inside and inside[0].start == 0 else 0):
                inside = (Mention(0, len(name), name, self.lookup(name, year)), *inside)
            found += inside
        return found

    def _weigh(self, found: Sequence[Division], mentions: Iterable[Mention], year: int | None) -> list[int]:
        """For each candidate, how often its surroundings are named: its own name, its parent, what else is near."""
        mentions = list(mentions)
        counts = Counter(code for m in mentions for code in {d.adcode for d in m.divisions})
        near = Counter(m.divisions[0].parent for m in mentions if len(m.divisions) == 1)
        pairs = Counter(
            (code, b.name)
            for a, b in itertools.pairwise(mentions)
            if a.end == b.start
            for code in {d.adcode for d in a.divisions}
        )
        # Its own full name speaks for a candidate where the others are called otherwise.
        alone = Counter(m.name for m in mentions) if len({d.name for d in found}) == len(found) else Counter[str]()
        weights = []
        for division in found:
            above = [d.adcode for d in self.divisions.above(division, year)]
            itself = 3 * sum(pairs[code, division.name] for code in above) + 2 * alone[division.name]
            weights.append(itself + sum(counts[code] for code in above) + (counts[above[0]] if above else 0))
            weights[-1] += near[division.parent]
        return weights

    def _best(self, found: list[Division], weights: Sequence[int], least: int, times: int) -> list[Division]:
        """The candidates that outweigh all others by so much, or all where none does."""
        top = max(weights)
        best = [d for d, weight in zip(found, weights, strict=True) if weight * times > top]
        return best if top >= least else found

    def _level_of_part(self, name: str) -> Level | None:
        zone = max((len(word) for word in self._zone if name.endswith(word)), default=0)
        town = max((len(word) for word in self._town if name.endswith(word) and name != word), default=0)
        return None if zone == town == 0 else "county" if zone > town else "town"

    def _part(
        self, chain: Sequence[str], above: Sequence[str], year: int | None, hints: tuple[str, ...], text: str
    ) -> Resolution | None:
        """A zone or a town: no division itself, but with one above it."""
        name = chain[-1]
        zones = self._zones(name, year)
        level: Level | None = "county" if zones else self._level_of_part(name)
        if level is None:
            return None
        over = Resolution()
        if above:
            *outer, last = above
            # A bare name is read in its own time only: 江东新区 is not in what became of 江东区.
            full = self.divisions.named_in_full(last)
            known = self.divisions.at(last, year)
            found = (known,) if known else self._candidates(last, year)[0] if full else self.lookup(last, year)
            inside = [d for d in found if self._lies_in(d, outer, year)]
            if not inside:
                return None
            over = self._settle(last, inside, year, hints, text, "name")
        elif len(zones) == 1 and (division := self.divisions.at(zones[0].parent, year)) is not None:
            over = self._resolution(division, year, "name")
        # 西安高新区 is a name, 陕西省西咸新区 two.
        if len(chain) > 1 and (name in self._zone or not self.divisions.named_in_full(chain[-2])):
            name = chain[-2] + name
        county = name if level == "county" else over.county
        return over._replace(adcode=None, region=name, county=county, level=level)

    def _resolution(self, division: Division, year: int | None, settled_by: str) -> Resolution:
        names = {d.level: d.name for d in (division, *self.divisions.above(division, year))}
        return Resolution(
            division.adcode,
            division.name,
            names.get("province"),
            names.get("prefecture"),
            names.get("county"),
            division.level,
            (),
            settled_by,
        )

    def _open(self, found: Sequence[Division], year: int | None) -> Resolution:
        """What all candidates share."""
        first, *others = (self._resolution(d, year, "") for d in found)
        shared = {f: getattr(first, f) for f in _FIELDS if all(getattr(o, f) == getattr(first, f) for o in others)}
        return Resolution(**shared, candidates=tuple(found))


@functools.lru_cache(maxsize=8)
def gazetteer(ruleset: Ruleset) -> Gazetteer:
    """The gazetteer of a rule set, made when first asked for."""
    return Gazetteer(ruleset)
