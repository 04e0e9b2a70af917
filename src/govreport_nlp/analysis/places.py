"""Which reports are of one place, and which place is over another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govreport_nlp.analysis.gather import Reports, gather
from govreport_nlp.errors import GovReportError
from govreport_nlp.model import Level, Meta
from govreport_nlp.report import Report
from govreport_nlp.rules import Ruleset


class Place(NamedTuple):
    """A place whose government reports: known by its code, where it has none by its own and its province's name."""

    key: tuple[str, ...]
    region: str
    adcode: str | None
    level: Level | None
    province: str | None
    prefecture: str | None


def place_of(meta: Meta) -> Place | None:
    """The place of a report, or None where the report does not say whose it is.

    >>> place_of(Meta(region="望朔县", province="岚江省", level="county")).key
    ('岚江省', '望朔县')
    """
    if meta.region is None:
        return None
    key = (meta.adcode,) if meta.adcode else (meta.province or "", meta.region)
    return Place(key, meta.region, meta.adcode, meta.level, meta.province, meta.prefecture)


def placed(reports: Reports, rules: Ruleset) -> Iterator[tuple[Place, int, Report]]:
    """Each readable report with its place and its year; the first of several of one place and year."""
    seen = set()
    for report in gather(reports, rules):
        if isinstance(report, GovReportError):
            continue
        place, year = place_of(report.meta), report.meta.year
        if place is None or year is None or (place.key, year) in seen:
            continue
        seen.add((place.key, year))
        yield place, year, report


class Ranks:
    """The places of a corpus by their rank, so that one finds what is over another."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_names = {_names(place): place.key for place in places}

    def above(self, place: Place) -> list[tuple[str, ...]]:
        """The keys of the places over ``place`` that the corpus has, the nearest first."""
        over: dict[str, list[tuple[str | None, ...]]] = {
            "county": [("prefecture", place.province, place.prefecture), ("province", place.province), ("national",)],
            "prefecture": [("province", place.province), ("national",)],
            "province": [("national",)],
        }
        found = (self._by_names.get(names) for names in over.get(place.level or "", []))
        return [key for key in found if key is not None]


def _names(place: Place) -> tuple[str | None, ...]:
    if place.level == "national":
        return ("national",)
    if place.level == "province":
        return ("province", place.province or place.region)
    if place.level == "prefecture":
        return ("prefecture", place.province, place.prefecture or place.region)
    return (place.level, *place.key)
