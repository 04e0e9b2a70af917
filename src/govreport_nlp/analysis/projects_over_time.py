"""Projects over time: the same project in the reports of several years, from plan to completion."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from govreport_nlp.analysis.columns import PROJECT_PATHS, PROJECT_REPORTS
from govreport_nlp.analysis.gather import Reports
from govreport_nlp.analysis.places import Place, placed
from govreport_nlp.analysis.project_groups import clusters
from govreport_nlp.analysis.project_identity import Identity, Names
from govreport_nlp.analysis.project_stages import Appearance, Group, appearance, followed, groups
from govreport_nlp.model import Project
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.tables import Row, report_id
from govreport_nlp.tables.frames import of_rows

if TYPE_CHECKING:
    import pandas as pd

_MATCHES = ("first", "exact", "near", "short")


class ProjectSeries(NamedTuple):
    """The tables of ``projects_over_time``; docs/analysis.md explains their columns.

    ``reports``: one row per project and report; ``paths``: one row per project.
    """

    reports: pd.DataFrame
    paths: pd.DataFrame


class _Head(NamedTuple):
    """What the rows of a report begin with, kept without the report itself."""

    year: int
    row: Row


class _Mention(NamedTuple):
    """A row of the table ``projects`` in a report, with the list that it stands in."""

    head: _Head
    project: Project
    group: Group
    identity: Identity


def projects_over_time(reports: Reports, *, rules: Ruleset = SHIPPED) -> ProjectSeries:
    """Each project of a place followed through its reports: planned, started, completed, or lost from sight.

    ``reports`` is a path or directory, a ``Corpus``, or reports already read. Names are compared without spaces,
    brackets, the place's own name and generic words at their end (项目, 工程, 建设), and then without words for
    works (改造, 扩建); phases (一期) and sizes tell projects apart. ``match`` says how a project was known again.
    Reports without a year or a place are left out, and of several of one place and year all but the first.

    >>> from govreport_nlp import parse
    >>> texts = {2023: "一、2023年工作安排\\n开工建设望河大桥。", 2024: "一、2023年工作回顾\\n望河大桥项目建成通车。"}
    >>> made = [parse(text, region="望河县", year=year) for year, text in texts.items()]
    >>> projects_over_time(made).paths[["name", "path", "completed"]].values.tolist()
    [['望河大桥项目', '2023 planned > 2024 completed', True]]
    >>> paths = projects_over_time("corpus/wangshuo-*.txt").paths.set_index("name")
    >>> paths.loc["青甘公路", ["path", "promises"]].tolist()
    ['2023 planned > 2024 started', '2023 start; 2024 complete']
    """
    rows = project_rows(reports, rules=rules)
    return ProjectSeries(of_rows(PROJECT_REPORTS, rows[0]), of_rows(PROJECT_PATHS, rows[1]))


def project_rows(reports: Reports, *, rules: Ruleset = SHIPPED) -> tuple[Iterable[Row], Iterable[Row]]:
    """The rows of the two tables of ``projects_over_time``."""
    places: dict[tuple[str, ...], Place] = {}
    years: dict[tuple[str, ...], list[int]] = {}
    mentions: dict[tuple[str, ...], list[_Mention]] = {}
    for place, year, report in placed(reports, rules):
        places.setdefault(place.key, place)
        years.setdefault(place.key, []).append(year)
        mentions.setdefault(place.key, []).extend(_mentions(year, report, rules))
    by_report: list[Row] = []
    by_project: list[Row] = []
    for key, place in places.items():
        own = sorted(mentions[key], key=lambda m: m.head.year)
        for project in _projects(own, rules):
            rows, path = _follow(place, project, sorted(years[key]), rules)
            by_report += rows
            by_project.append(path)
    return by_report, by_project


def _mentions(year: int, report: Report, rules: Ruleset) -> Iterator[_Mention]:
    meta = report.meta
    head = _Head(year, (report_id(report.text), meta.file, meta.region, meta.adcode, year))
    names = Names(meta, rules)
    for project, group in zip(report.projects, groups(report, rules), strict=True):
        yield _Mention(head, project, group, names.read(project.name))


def _projects(mentions: Sequence[_Mention], rules: Ruleset) -> list[list[_Mention]]:
    found: dict[int, list[_Mention]] = {}
    for mention, head in zip(mentions, clusters([m.identity for m in mentions], rules), strict=True):
        found.setdefault(head, []).append(mention)
    return list(found.values())


def _follow(place: Place, mentions: Sequence[_Mention], years: Sequence[int], rules: Ruleset) -> tuple[list[Row], Row]:
    """The rows of one project: one a report, and its path."""
    by_year: dict[int, list[_Mention]] = {}
    for mention in mentions:
        by_year.setdefault(mention.head.year, []).append(mention)
    appearances = [
        appearance(year, [(m.project, m.identity.part) for m in own], rules) for year, own in by_year.items()
    ]
    course = followed(appearances)
    matches = _matches(list(by_year.values()))
    name = _fullest(mentions)
    identity = _id(place, mentions[0].identity)
    rows = [
        _report_row(identity, own, match, seen, stage)
        for own, match, seen, stage in zip(by_year.values(), matches, appearances, course.stages, strict=True)
    ]
    last = appearances[-1].year
    gone = next((year for year in years if year > last), None)
    vanished = gone is not None and not course.completed
    path = (
        *(identity, place.region, place.adcode, name, "|".join(dict.fromkeys(m.project.name for m in mentions))),
        Counter(m.project.kind for m in mentions).most_common(1)[0][0],
        *(appearances[0].year, last, len(appearances)),
        " > ".join(f"{seen.year} {stage}" for seen, stage in zip(appearances, course.stages, strict=True)),
        "; ".join(f"{seen.year} {seen.promised}" for seen in appearances if seen.promised),
        *(course.stages[-1], course.completed, course.stalled, course.late),
        *(vanished, gone if vanished else None, course.reopened),
        max(matches, key=_MATCHES.index),
        any(m.group.mismatch for m in mentions),
    )
    return rows, path


def _report_row(identity: str, mentions: Sequence[_Mention], match: str, seen: Appearance, stage: str) -> Row:
    first = mentions[0].project
    grouped = next((m.group for m in mentions if m.group.claimed is not None), mentions[0].group)
    paid = next((m.project for m in mentions if m.project.investment is not None), first)
    return (
        *(identity, *mentions[0].head.row, _fullest(mentions), match),
        Counter(m.project.kind for m in mentions).most_common(1)[0][0],
        *(stage, seen.reached, seen.promised, len(mentions)),
        "|".join(dict.fromkeys(m.project.action for m in mentions if m.project.action)),
        grouped.claimed,
        grouped.listed if grouped.claimed is not None else None,
        any(m.group.mismatch for m in mentions),
        *(paid.investment, paid.investment_unit, first.section, first.sentence, first.start, first.end),
    )


def _matches(reports: Sequence[Sequence[_Mention]]) -> list[str]:
    """How the project was known again in each report after the first, by its names in those before."""
    exact: set[str] = set()
    near: set[str] = set()
    found = []
    for own in reports:
        if not exact:
            found.append("first")
        elif any(m.identity.exact in exact for m in own):
            found.append("exact")
        else:
            found.append("near" if any(m.identity.near in near for m in own) else "short")
        exact |= {m.identity.exact for m in own}
        near |= {m.identity.near for m in own}
    return found


def _fullest(mentions: Sequence[_Mention]) -> str:
    return max((m.project.name for m in mentions), key=len)


def _id(place: Place, identity: Identity) -> str:
    told = "|".join((*place.key, identity.near, identity.phase, *(f"{n:g}{unit}" for n, unit in identity.sizes)))
    return "p" + hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:10]
