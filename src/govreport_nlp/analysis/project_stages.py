"""How far a project is: what each report says it reached and plans for it, and what became of the plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from govreport_nlp.analysis.project_identity import words
from govreport_nlp.model import Project, Stage
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED, Ruleset

_ORDER: tuple[Stage, ...] = ("planned", "start", "ongoing", "complete")
# What may follow a list: further names that were not found, a word that leaves it open, the count.
_CLAUSE = re.compile(r"[^，。；！？\n]{0,60}")


class Appearance(NamedTuple):
    """What one report says of a project: how far it is, and what is planned for it."""

    year: int
    reached: Stage | None
    promised: Stage | None


class Course(NamedTuple):
    """A project's way through the reports; ``stages`` has "planned", "started" or "completed" for each of them."""

    stages: tuple[str, ...]
    completed: bool
    stalled: bool
    late: bool
    reopened: bool


class Group(NamedTuple):
    """The list that a name stands in: how many the text claims, how many it names, whether the two disagree."""

    claimed: int | None
    listed: int
    mismatch: bool


def appearance(year: int, mentions: Sequence[tuple[Project, bool]], rules: Ruleset = SHIPPED) -> Appearance:
    """What the ``mentions`` of a project in the report of ``year`` say together; each with whether it names a part.

    A completion counts as under way where the verb completes a part only (主体封顶), where the name is that of a
    part, or where the same report still plans the completion. A plan to go on (续建) tells that it has begun.
    """
    own = words(rules)
    promised = _furthest([m.stage for m, _ in mentions if m.status == "target"])
    reached = _furthest([_so_far(m, part, own["partial"]) for m, part in mentions if m.status == "achievement"])
    if reached == "complete" and promised == "complete":
        reached = "ongoing"
    plans = [m.action for m, _ in mentions if m.status == "target" and m.stage == "ongoing"]
    if reached is None and any(word in action for action in plans for word in own["carried"]):
        reached = "ongoing"
    return Appearance(year, reached, promised)


def followed(appearances: Sequence[Appearance]) -> Course:
    """The way through reports in order of their years.

    >>> plan, work = Appearance(2023, None, "complete"), Appearance(2024, "ongoing", "complete")
    >>> followed([plan, work])
    Course(stages=('planned', 'started'), completed=False, stalled=True, late=True, reopened=False)
    """
    best, reopened = 0, False
    levels = []
    for i, seen in enumerate(appearances):
        reached, promised = _level(seen.reached), _level(seen.promised)
        if best == _COMPLETE and (0 < reached < _COMPLETE or promised > 1):
            reopened = True
        before = _level(appearances[i - 1].promised) if i else 0
        if _START <= before < promised:
            # What was to start last year and is to go on now has started, though no report says so.
            reached = max(reached, _START)
        best = max(best, reached)
        levels.append(best)
    plans = [_level(seen.promised) for seen in appearances]
    due = [plan in (_START, _COMPLETE) for plan in plans]
    completed = best == _COMPLETE
    late = any(due[i] and levels[j] < plans[i] for i, j in pairwise(range(len(plans))))
    stalled = not completed and any(d and best < plan for d, plan in zip(due[:-1], plans[:-1], strict=True))
    return Course(tuple(map(_stage, levels)), completed, stalled, late, reopened)


def groups(report: Report, rules: Ruleset = SHIPPED) -> list[Group]:
    """For each project of ``report`` the list that it stands in: names in one sentence under one verb and one count."""
    runs: list[list[Project]] = []
    for project in report.projects:
        if runs and _listed_together(runs[-1][-1], project):
            runs[-1].append(project)
        else:
            runs.append([project])
    return [_group(run, report.text, words(rules)["open"]) for run in runs for _ in run]


def _group(run: Sequence[Project], text: str, open_: Sequence[str]) -> Group:
    claimed = run[0].group_size
    end = max(project.end for project in run)
    after = _CLAUSE.match(text, end)
    left_open = after is not None and any(word in after.group() for word in open_)
    mismatch = claimed is not None and (len(run) > claimed or (len(run) < claimed and not left_open))
    return Group(claimed, len(run), mismatch)


def _listed_together(one: Project, other: Project) -> bool:
    return one.group_size is not None and (
        (one.group_size, one.sentence, one.action) == (other.group_size, other.sentence, other.action)
    )


def _so_far(mention: Project, part: bool, partial: Sequence[str]) -> Stage | None:
    if mention.stage == "complete" and (part or any(word in mention.action for word in partial)):
        return "ongoing"
    return mention.stage


def _furthest(stages: Sequence[Stage | None]) -> Stage | None:
    found = max(map(_level, stages), default=0)
    return _ORDER[found - 1] if found else None


def _level(stage: Stage | None) -> int:
    return 0 if stage is None else _ORDER.index(stage) + 1


def _stage(level: int) -> str:
    return "planned" if level < _START else "started" if level < _COMPLETE else "completed"


_START, _COMPLETE = _level("start"), _level("complete")
