"""Projects followed through reports of our own, the shipped corpus and a real series of a county."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from govreport_nlp import Corpus, parse
from govreport_nlp.analysis import ProjectSeries, projects_over_time
from govreport_nlp.analysis.columns import PROJECT_PATHS, PROJECT_REPORTS
from govreport_nlp.errors import EmptyInputError
from govreport_nlp.report import Report
from govreport_nlp.tables import report_id

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
SHARED = ROOT / "../shared/reports"


def report(year: int, review: str, plan: str, region: str = "望河县") -> Report:
    text = f"各位代表：\n一、{year - 1}年工作回顾\n{review}\n二、{year}年工作安排\n{plan}"
    return parse(text, region=region, year=year)


def path(series: ProjectSeries, name: str) -> dict[str, object]:
    [row] = series.paths[series.paths.name == name].to_dict("records")
    return {str(k): v for k, v in row.items()}


SERIES = [
    report(2022, "全县上下同心。", "开工建设石湾大桥。规划云台水库。新建望岭小学。"),
    report(2023, "石湾大桥开工建设。", "建成石湾大桥。规划云台水库。"),
    report(2024, "石湾大桥项目建成通车。", "开工云台水库工程。"),
]


def test_a_project_is_followed_from_plan_to_completion() -> None:
    series = projects_over_time(SERIES)
    bridge = path(series, "石湾大桥项目")
    assert bridge["path"] == "2022 planned > 2023 started > 2024 completed"
    assert bridge["promises"] == "2022 start; 2023 complete"
    assert (bridge["completed"], bridge["stalled"], bridge["vanished"]) == (True, False, False)
    rows = series.reports[series.reports.project_id == bridge["project_id"]]
    assert rows.match.tolist() == ["first", "exact", "exact"]
    assert rows.n_mentions.tolist() == [1, 2, 1]
    assert rows.report_id.tolist() == [report_id(report.text) for report in SERIES]


def test_what_is_named_no_more_has_vanished_unless_it_was_completed() -> None:
    series = projects_over_time(SERIES)
    school = path(series, "望岭小学")
    assert (school["vanished"], school["vanished_year"], school["stage"]) == (True, 2023, "planned")
    assert path(series, "云台水库工程")["vanished"] is False


def test_the_order_of_reports_does_not_matter_and_other_places_do_not_mix() -> None:
    other = report(2023, "石湾大桥竣工。", "开工建设石湾水库。", "云岭县")
    series, turned = (projects_over_time(list(r)) for r in ((*SERIES, other), (other, *reversed(SERIES))))
    keys = ["region", "name", "path"]
    assert sorted(series.paths[keys].values.tolist()) == sorted(turned.paths[keys].values.tolist())
    assert len(series.paths[series.paths.names.str.contains("石湾大桥")]) == 2


def test_reports_that_cannot_be_placed_are_left_out_and_a_second_of_a_year_too() -> None:
    error = EmptyInputError("a.txt", "the file holds no text", "send it again")
    nowhere = parse("二、2024年工作安排\n建成石湾大桥。")
    twice = report(2022, "石湾大桥竣工。", "")
    series = projects_over_time([*SERIES, error, nowhere, twice])
    assert path(series, "石湾大桥项目")["n_reports"] == 3


def test_nothing_gives_empty_tables_with_their_columns() -> None:
    series = projects_over_time([])
    assert list(series.reports.columns) == [column.name for column in PROJECT_REPORTS.columns]
    assert list(series.paths.columns) == [column.name for column in PROJECT_PATHS.columns]


def test_a_list_that_names_more_than_it_claims_is_flagged() -> None:
    series = projects_over_time([report(2024, "", "建成石湾大桥、云台大桥、望岭大桥等2个项目。")])
    assert series.reports[["group_size", "n_listed", "group_mismatch"]].values.tolist() == [[2, 3, True]] * 3
    assert series.paths.group_mismatch.all()


@pytest.fixture(scope="module")
def corpus() -> tuple[Report, ...]:
    return Corpus(
        [str(file) for file in sorted(CORPUS.glob("*.*")) if file.suffix in (".txt", ".html", ".docx")]
    ).reports


def check(series: ProjectSeries, reports: tuple[Report, ...]) -> None:
    """What always holds: every row of the projects tables is in one path, and the two tables agree."""
    rows, paths = series
    assert rows.n_mentions.sum() == sum(len(report.projects) for report in reports)
    assert paths.project_id.is_unique
    assert set(rows.project_id) == set(paths.project_id)
    assert not rows.duplicated(["project_id", "year"]).any()
    order = pd.Categorical(rows.stage, ["planned", "started", "completed"], ordered=True).codes
    for _, own in rows.assign(order=order).groupby("project_id"):
        assert own.year.is_monotonic_increasing
        assert own.order.is_monotonic_increasing
    assert not (paths.completed & (paths.vanished | paths.stalled)).any()
    assert (paths.late | ~paths.stalled).all()
    assert (paths.vanished == paths.vanished_year.notna()).all()
    found = {(report_id(r.text), p.start, p.end) for r in reports for p in r.projects}
    assert {(row.report_id, row.start, row.end) for row in rows.itertuples()} <= found


def test_the_corpus(corpus: tuple[Report, ...]) -> None:
    series = projects_over_time(corpus)
    check(series, corpus)
    paths = series.paths.set_index(["region", "name"]).path
    assert paths["望朔县", "青甘公路"] == "2023 planned > 2024 started"
    assert paths["岚州市", "岚江二桥"] == "2023 planned > 2024 completed"
    assert paths["岚江省", "岚州西绕城高速"] == "2023 planned > 2024 completed"
    late = series.paths[series.paths.stalled].set_index(["region", "name"])
    assert ("岚江省", "清漪河口船闸") in late.index
    assert ("望朔县", "朔阳冷链物流园") in late.index
    assert (series.paths.n_reports == 2).sum() > 80


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")
def test_a_county_series() -> None:
    reports = Corpus(str(SHARED / "hailar-*.txt")).reports
    series = projects_over_time(reports)
    check(series, reports)
    paths = series.paths.set_index("name")
    assert paths.loc["学府路中学", "n_reports"] == 4
    assert paths.loc["学府路中学", ["completed", "late"]].tolist() == [True, True]
    assert "2014 completed" in paths.loc["机场快速路", "path"]
    assert paths.loc["众和地壹街", "path"] == "2012 started > 2013 completed"
    assert (paths.n_reports > 1).sum() >= 45
