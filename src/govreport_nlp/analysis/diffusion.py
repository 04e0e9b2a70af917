"""How slogans spread: who used each first, who took it up after whom, what each place took up and dropped."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from govreport_nlp.analysis.columns import DIFFUSION
from govreport_nlp.analysis.gather import Reports
from govreport_nlp.analysis.places import Place, Ranks, placed
from govreport_nlp.analysis.slogan_follows import follow_rows
from govreport_nlp.extract import slogan_lexicon
from govreport_nlp.model import Slogan
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.source import characters
from govreport_nlp.tables import Row
from govreport_nlp.tables.frames import of_rows

if TYPE_CHECKING:
    import pandas as pd


class Diffusion(NamedTuple):
    """The tables of ``diffusion``; docs/analysis.md explains their columns.

    ``first``: one row per slogan; ``uses``: per slogan and report; ``years``: per slogan, year and level; ``lags``: per
    slogan and place; ``follows``: per pair of places; ``turnover``: per slogan and two reports of a place.
    """

    first: pd.DataFrame
    uses: pd.DataFrame
    years: pd.DataFrame
    lags: pd.DataFrame
    follows: pd.DataFrame
    turnover: pd.DataFrame


class First(NamedTuple):
    """A place's first use of a slogan, and its report before that one, which does not have it."""

    place: Place
    year: int
    before: int | None


class _Use(NamedTuple):
    slogan: str
    place: Place
    year: int
    file: str | None
    times: int


def diffusion(reports: Reports, *, rules: Ruleset = SHIPPED) -> Diffusion:
    """The spread of slogans (``is_slogan``) over the years and places of ``reports``.

    ``reports`` is a path or directory, a ``Corpus``, or reports already read. A slogan that the lexicon knows is
    counted under its name there, with quotes or without; others by their words without punctuation. Glossaries do
    not count. Reports without a year or a place are left out, and of several of one place and year all but the first.

    >>> from govreport_nlp import parse
    >>> said, silent = "推进“双碳”工作。", "抓好秋收。"
    >>> made = [("岚江省", 2022, said), ("望朔县", 2022, silent), ("望朔县", 2023, said)]
    >>> spread = diffusion([parse(text, region=region, year=year) for region, year, text in made])
    >>> spread.first[["slogan", "first_year", "first_regions", "n_regions"]].values.tolist()
    [['双碳', 2022, '岚江省', 2]]
    >>> spread.follows[["leader", "follower", "n_followed", "mean_lag"]].values.tolist()
    [['岚江省', '望朔县', 1, 1.0]]
    >>> turnover = diffusion("corpus/wangshuo-*.txt").turnover.set_index("slogan").change
    >>> turnover["千企升级"], turnover["枫桥经验"], turnover["双减"]
    ('kept', 'new', 'dropped')
    """
    made = zip(DIFFUSION, diffusion_rows(reports, rules=rules), strict=True)
    return Diffusion(*(of_rows(table, rows) for table, rows in made))


def diffusion_rows(reports: Reports, *, rules: Ruleset = SHIPPED) -> tuple[Iterable[Row], ...]:
    """The rows of the tables of ``diffusion``, in the order of ``columns.DIFFUSION``."""
    uses, seen, kinds = _gather(reports, rules)
    seen.sort(key=lambda one: (one[0].key, one[1]))
    places: dict[tuple[str, ...], Place] = {}
    years: dict[tuple[str, ...], list[int]] = {}
    for place, year in seen:
        places.setdefault(place.key, place)
        years.setdefault(place.key, []).append(year)
    ranks = Ranks(places.values())
    firsts = _firsts(uses, places, years)
    by_slogan: dict[str, list[_Use]] = {}
    for use in uses:
        by_slogan.setdefault(use.slogan, []).append(use)
    return (
        [_first_row(slogan, kinds[slogan], own, firsts[slogan]) for slogan, own in by_slogan.items()],
        [(u.slogan, kinds[u.slogan], u.year, u.place.level, *_region(u.place), u.file, u.times) for u in uses],
        list(_year_rows(by_slogan, kinds, seen)),
        [row for slogan, own in firsts.items() for row in _lag_rows(slogan, kinds[slogan], own, ranks)],
        list(follow_rows(list(places.values()), [list(own.values()) for own in firsts.values()], ranks)),
        list(_turnover_rows(uses, kinds, places, years)),
    )


def _gather(reports: Reports, rules: Ruleset) -> tuple[list[_Use], list[tuple[Place, int]], dict[str, str]]:
    """All uses in order of year, all reports' places and years, and the kind of each slogan."""
    terms = {entry.id: entry.term for entry in rules.load(slogan_lexicon.FILE, slogan_lexicon.Entry)}
    spellings: dict[str, Counter[str]] = {}
    kinds: dict[str, Counter[str]] = {}
    found: list[tuple[str, Place, int, str | None, int]] = []
    seen = []
    for place, year, report in placed(reports, rules):
        seen.append((place, year))
        times: Counter[str] = Counter()
        for s in _slogans(report):
            name = terms.get(s.rule) or characters.exchange(s.text, rules)
            key = slogan_lexicon.key(name)
            times[key] += 1
            spellings.setdefault(key, Counter())[name] += 1
            kinds.setdefault(key, Counter())[s.kind] += 1
        found += [(key, place, year, report.meta.file, n) for key, n in times.items()]
    names = {key: _commonest(own) for key, own in spellings.items()}
    found.sort(key=lambda one: (one[2], one[1].key))
    uses = [_Use(names[key], place, year, file, n) for key, place, year, file, n in found]
    return uses, seen, {names[key]: _commonest(own) for key, own in kinds.items()}


def _commonest(counted: Counter[str]) -> str:
    return min(counted, key=lambda one: (-counted[one], one))


def _slogans(report: Report) -> Iterator[Slogan]:
    glossaries = [(s.start, s.end) for s in report.sections if s.kind == "glossary"]
    for s in report.slogans:
        if s.is_slogan and not any(a <= s.start < b for a, b in glossaries):
            yield s


def _firsts(
    uses: Sequence[_Use], places: dict[tuple[str, ...], Place], years: dict[tuple[str, ...], list[int]]
) -> dict[str, dict[tuple[str, ...], First]]:
    """For each slogan its places in order of their first use."""
    firsts: dict[str, dict[tuple[str, ...], First]] = {}
    for use in uses:
        own = firsts.setdefault(use.slogan, {})
        if use.place.key not in own:
            before = max((y for y in years[use.place.key] if y < use.year), default=None)
            own[use.place.key] = First(places[use.place.key], use.year, before)
    return firsts


def _region(place: Place) -> tuple[str, str | None]:
    return place.region, place.adcode


def _first_row(slogan: str, kind: str, uses: Sequence[_Use], firsts: dict[tuple[str, ...], First]) -> Row:
    year = uses[0].year
    leaders = [first for first in firsts.values() if first.year == year]
    return (
        *(slogan, kind, year),
        "|".join(first.place.region for first in leaders),
        "|".join(dict.fromkeys(first.place.level or "" for first in leaders)),
        any(first.before is None for first in leaders),
        *(uses[-1].year, len(firsts), len(uses), sum(use.times for use in uses)),
    )


def _year_rows(
    by_slogan: dict[str, list[_Use]], kinds: dict[str, str], seen: Sequence[tuple[Place, int]]
) -> Iterator[Row]:
    all_reports = Counter((year, place.level) for place, year in seen)
    for slogan, uses in by_slogan.items():
        reports = Counter((use.year, use.place.level) for use in uses)
        times: Counter[tuple[int, str | None]] = Counter()
        for use in uses:
            times[use.year, use.place.level] += use.times
        for (year, level), n in reports.items():
            of_all = all_reports[year, level]
            yield (slogan, kinds[slogan], year, level, times[year, level], n, of_all, n / of_all)


def _lag_rows(slogan: str, kind: str, firsts: dict[tuple[str, ...], First], ranks: Ranks) -> Iterator[Row]:
    earliest = min(first.year for first in firsts.values())
    national = min((first.year for first in firsts.values() if first.place.level == "national"), default=None)
    starts = sorted(first.year for first in firsts.values())
    for first in firsts.values():
        above = next((firsts[key] for key in ranks.above(first.place) if key in firsts), None)
        # Not before their first use, it still had a report without: so it came after them, however sparse its reports.
        followed = 0 if first.before is None else bisect_right(starts, first.before)
        yield (
            *(slogan, kind, *_region(first.place), first.place.level, first.year, first.before),
            first.year - earliest,
            None if national is None or first.place.level == "national" else first.year - national,
            None if above is None else first.year - above.year,
            None if above is None else above.place.region,
            followed,
        )


def _turnover_rows(
    uses: Sequence[_Use],
    kinds: dict[str, str],
    places: dict[tuple[str, ...], Place],
    years: dict[tuple[str, ...], list[int]],
) -> Iterator[Row]:
    times: dict[tuple[tuple[str, ...], int], dict[str, int]] = {}
    for use in uses:
        times.setdefault((use.place.key, use.year), {})[use.slogan] = use.times
    for key, place in places.items():
        ever: set[str] = set()
        for before, after in zip(years[key], years[key][1:], strict=False):
            old, new = times.get((key, before), {}), times.get((key, after), {})
            for slogan in dict.fromkeys((*old, *new)):
                change = "kept" if slogan in old and slogan in new else "new" if slogan in new else "dropped"
                counts = (old.get(slogan, 0), new.get(slogan, 0))
                head = (*_region(place), place.level, before, after)
                yield (*head, slogan, kinds[slogan], change, slogan in ever, *counts)
            ever |= old.keys()
