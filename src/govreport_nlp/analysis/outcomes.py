"""What became of the targets: each joined with what the next year's report says was achieved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from govreport_nlp.analysis.gather import Reports, gather
from govreport_nlp.analysis.panel import panel_rows
from govreport_nlp.analysis.panel_columns import OUTCOMES
from govreport_nlp.errors import GovReportError
from govreport_nlp.model import Quantity
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED, Ruleset

if TYPE_CHECKING:
    import pandas as pd


def outcomes(reports: Reports, *, rules: Ruleset = SHIPPED) -> pd.DataFrame:
    """One row per region, indicator and year for which a target was set or an outcome reported.

    ``reports`` is a path or directory, a ``Corpus``, or reports already read. ``verdict`` is "met", "missed",
    "not_reported" (the next report is there and says nothing) or "no_target".
    Reports of one region are joined by ``adcode``, where that is null by the names of the region and its parents.

    >>> from govreport_nlp import parse
    >>> a = parse("今年主要预期目标是：粮食产量20万吨以上。", year=2023, region="望朔县")
    >>> b = parse("一、2023年工作回顾\\n粮食产量21万吨。", year=2024, region="望朔县")
    >>> outcomes([a, b])[["indicator_id", "verdict"]].values.tolist()
    [['grain_output', 'met']]
    """
    import pandas as pd

    by_place: dict[tuple[Any, ...], dict[int, Report]] = {}
    for report in gather(reports, rules):
        if isinstance(report, GovReportError) or report.meta.year is None:
            continue
        by_place.setdefault(_place(report), {}).setdefault(report.meta.year, report)
    rows: list[dict[str, Any]] = []
    for years in by_place.values():
        for year in sorted(set(years) | {y - 1 for y in years}):
            rows.extend(_year_rows(years.get(year), years.get(year + 1), year, rules))
    frame = pd.DataFrame(rows, columns=[c.name for c in OUTCOMES.columns])
    return frame.astype({"year": "Int64"})


def achieved(report: Report, indicator: str, year: int) -> Quantity | None:
    """What ``report`` says was achieved of ``indicator`` in ``year`` alone: no average, no total of several years."""
    rows = [
        q
        for q in report.quantities
        if q.indicator_id == indicator
        and q.status == "achievement"
        and not q.annual_average
        and q.period_end == year
        and q.period_start in (None, year)
    ]
    # The sum of the region stands in the first rows; a stated year beats a default one.
    return next(iter(rows), None)


def _year_rows(before: Report | None, after: Report | None, year: int, rules: Ruleset) -> Iterable[dict[str, Any]]:
    targets = {} if before is None else {r["indicator_id"]: r for r in panel_rows(before, rules=rules)}
    seen = set()
    for indicator, target in targets.items():
        if target["form"] != "numeric" or after is None:
            continue
        seen.add(indicator)
        done = achieved(after, indicator, year)
        yield _row(before, after, year, indicator, target, done)
    if after is None:
        return
    for indicator in dict.fromkeys(q.indicator_id for q in after.quantities if q.indicator_id):
        if indicator in seen or before is None:
            continue
        done = achieved(after, indicator, year)
        if done is not None:
            yield _row(before, after, year, indicator, None, done)


def _row(
    before: Report | None,
    after: Report,
    year: int,
    indicator: str,
    target: dict[str, Any] | None,
    done: Quantity | None,
) -> dict[str, Any]:
    meta = after.meta
    return {
        "region": meta.region,
        "adcode": meta.adcode,
        "indicator_id": indicator,
        "year": year,
        "target_file": None if before is None else before.meta.file,
        "target_value_base": target and target["value_base"],
        "target_value_max_base": target and target["value_max_base"],
        "target_bound": target and target["bound"],
        "outcome_file": meta.file,
        "outcome_value_base": done and _signed(done),
        "outcome_bound": done and done.bound,
        "unit_base": done.unit_base if done else target and target["unit_base"],
        "verdict": verdict(target, done),
        "target_sentence": target and target["sentence"],
        "outcome_sentence": done and done.sentence,
    }


def _signed(done: Quantity) -> float:
    """A fall counts as negative growth, except where falling is what the indicator measures."""
    if done.measure == "growth" and done.direction == "down" and done.indicator_id not in _FALLING:
        return -done.value_base
    return done.value_base


def verdict(target: dict[str, Any] | None, done: Quantity | None) -> str:
    """Whether ``done`` meets ``target``, by the target's bound; a range is met from its lower end on."""
    if target is None:
        return "no_target"
    if done is None:
        return "not_reported"
    value, goal = _signed(done), float(target["value_base"])
    if done.unit_base != target["unit_base"]:
        factor = _GRAIN.get((done.unit_base, target["unit_base"]))
        if factor is None:
            return "not_reported"
        value *= factor
    ceiling = target["bound"] in ("<=", "<") or done.indicator_id in _CEILINGS
    if ceiling:
        limit = float(target["value_max_base"] or goal)
        return "met" if value <= limit else "missed"
    return "met" if value >= goal or (target["bound"] == "~" and round(value, 6) >= goal) else "missed"


def _place(report: Report) -> tuple[Any, ...]:
    meta = report.meta
    if meta.adcode:
        return (meta.adcode,)
    return (meta.province, meta.region)


_FALLING = ("energy_intensity_cut", "carbon_intensity_cut")
_CEILINGS = ("surveyed_unemployment", "registered_unemployment", "cpi", "pm25", "deficit_ratio")
_GRAIN = {("吨", "斤"): 2000.0, ("斤", "吨"): 1 / 2000.0, ("公斤", "斤"): 2.0, ("公斤", "吨"): 1 / 1000.0}
