"""The spread of slogans through reports of our own, the shipped corpus and a real series."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from govreport_nlp import Corpus, parse
from govreport_nlp.analysis import Diffusion, diffusion
from govreport_nlp.analysis.columns import DIFFUSION
from govreport_nlp.errors import EmptyInputError
from govreport_nlp.extract.slogan_lexicon import key
from govreport_nlp.report import Report

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
SHARED = ROOT / "../shared/reports"

WITH, WITHOUT = "推进“放管服”改革。", "抓好秋收秋种。"


def report(year: int, text: str, **meta: Any) -> Report:
    return parse(f"各位代表：\n{text}", year=year, **meta)


def county(year: int, text: str, name: str = "松屏县") -> Report:
    names = {"province": "岚江省", "prefecture": "岚州市", "county": name}
    return report(year, text, level="county", region=name, **names)


def city(year: int, text: str) -> Report:
    return report(year, text, level="prefecture", region="岚州市", province="岚江省", prefecture="岚州市")


def province(year: int, text: str) -> Report:
    return report(year, text, level="province", region="岚江省", province="岚江省")


def nation(year: int, text: str) -> Report:
    return report(year, text, level="national", region="全国")


def rows(frame: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return frame[list(columns)].astype(object).where(frame[list(columns)].notna(), None).values.tolist()


SPREAD = [
    nation(2020, WITH),
    *(province(year, text) for year, text in ((2020, WITHOUT), (2021, WITH), (2022, WITH))),
    *(city(year, text) for year, text in ((2020, WITHOUT), (2021, WITHOUT), (2022, WITH + WITH))),
    *(county(year, text) for year, text in ((2021, WITHOUT), (2022, WITHOUT), (2023, WITH))),
    county(2022, WITH, "望朔县"),
]


def test_the_columns_are_the_declared_ones_also_where_there_is_nothing() -> None:
    for frame, table in zip(diffusion([]), DIFFUSION, strict=True):
        assert list(frame.columns) == [column.name for column in table.columns]
        assert frame.empty


def test_first_use() -> None:
    spread = diffusion(SPREAD)
    assert rows(
        spread.first, "slogan", "kind", "first_year", "first_regions", "maybe_older", "last_year", "n_regions", "n_uses"
    ) == [["放管服", "abbreviation", 2020, "全国", True, 2023, 5, 7]]


def test_uses_by_report_and_by_year_and_level() -> None:
    spread = diffusion(SPREAD)
    assert rows(spread.uses[spread.uses.region == "岚州市"], "year", "n_uses") == [[2022, 2]]
    assert rows(
        spread.years[spread.years.level == "county"], "year", "n_uses", "n_reports", "n_reports_all", "share"
    ) == [
        [2022, 1, 1, 2, 0.5],
        [2023, 1, 1, 1, 1.0],
    ]


def test_lags_behind_the_first_the_nation_and_the_parent() -> None:
    lags = diffusion(SPREAD).lags
    columns = ("region", "first_year", "year_before", "lag", "lag_national", "lag_parent", "parent", "followed")
    assert rows(lags, *columns) == [
        ["全国", 2020, None, 0, None, None, None, 0],
        ["岚江省", 2021, 2020, 1, 1, 1, "全国", 1],
        ["岚州市", 2022, 2021, 2, 2, 1, "岚江省", 2],
        ["望朔县", 2022, None, 2, 2, 0, "岚州市", 0],
        ["松屏县", 2023, 2022, 3, 3, 1, "岚州市", 4],
    ]


def test_who_follows_whom_is_said_only_where_it_is_sure() -> None:
    follows = diffusion(SPREAD).follows
    found = {(r.leader, r.follower): (r.relation, r.mean_lag) for r in follows.itertuples()}
    assert found == {
        ("全国", "岚江省"): ("above", 1.0),
        ("全国", "岚州市"): ("above", 2.0),
        ("全国", "松屏县"): ("above", 3.0),
        ("岚江省", "岚州市"): ("above", 1.0),
        ("岚江省", "松屏县"): ("above", 2.0),
        ("岚州市", "松屏县"): ("above", 1.0),
        ("望朔县", "松屏县"): ("same_level", 1.0),
    }


def test_a_gap_in_a_series_leaves_open_who_was_first() -> None:
    gap = [county(2020, WITHOUT), county(2024, WITH), county(2021, WITHOUT, "望朔县"), county(2022, WITH, "望朔县")]
    assert diffusion(gap).follows.empty


def test_counts_of_pairs() -> None:
    a, b = "推进“放管服”改革。", "弘扬“枫桥经验”。"
    made = [
        *(county(2022, text, name) for name, text in (("松屏县", a), ("望朔县", b))),
        *(county(2023, a + b + "落实“双减”政策。", name) for name in ("松屏县", "望朔县")),
    ]
    assert rows(diffusion(made).follows, "leader", "n_shared", "n_followed", "n_reverse", "n_same_year") == [
        ["望朔县", 3, 1, 1, 1],
        ["松屏县", 3, 1, 1, 1],
    ]


def test_new_kept_and_dropped() -> None:
    made = [
        county(2021, "推进“放管服”改革。落实“双减”政策。"),
        county(2022, "推进“放管服”改革。弘扬“枫桥经验”。"),
        county(2024, "落实“双减”政策。"),
    ]
    turnover = diffusion(made).turnover
    assert rows(turnover, "year_before", "year", "slogan", "change", "ever_before", "n_before", "n_after") == [
        [2021, 2022, "放管服", "kept", False, 1, 1],
        [2021, 2022, "双减", "dropped", False, 1, 0],
        [2021, 2022, "枫桥经验", "new", False, 0, 1],
        [2022, 2024, "放管服", "dropped", True, 1, 0],
        [2022, 2024, "枫桥经验", "dropped", False, 1, 0],
        [2022, 2024, "双减", "new", True, 0, 1],
    ]


def test_a_slogan_is_one_however_it_is_written() -> None:
    made = [
        county(2022, "推行“双随机、一公开”。"),
        county(2023, "推行“双随机一公開”监管。"),
        county(2024, "推行双随机、一公开监管。"),
    ]
    assert diffusion(made).first.n_reports.tolist() == [3]


def test_what_is_no_slogan_and_what_stands_in_a_glossary_does_not_count() -> None:
    text = "上线“望朔快办”小程序。\n名词解释\n1.“放管服”：简政放权、放管结合、优化服务。\n2.“双减”：减轻学生负担。"
    assert diffusion([county(2024, text)]).uses.empty


def test_reports_that_cannot_be_placed_are_left_out() -> None:
    error = EmptyInputError("a.txt", "the file holds no text", "send it again")
    assert diffusion([error, parse(WITH), county(2024, WITH), county(2024, WITH)]).uses.n_uses.tolist() == [1]


@pytest.fixture(scope="module")
def corpus() -> tuple[Report, ...]:
    return Corpus(
        [str(file) for file in sorted(CORPUS.glob("*.*")) if file.suffix in (".txt", ".html", ".docx")]
    ).reports


def check(spread: Diffusion, reports: tuple[Report, ...]) -> None:
    """What always holds between the tables."""
    first, uses, years, lags, follows, turnover = spread
    assert uses.n_uses.sum() == first.n_uses.sum() == years.n_uses.sum()
    assert len(uses) == first.n_reports.sum() == years.n_reports.sum()
    assert len(lags) == first.n_regions.sum()
    assert (first.first_year <= first.last_year).all()
    assert (lags.lag >= 0).all()
    assert (years.share <= 1).all()
    assert (lags.followed > 0).sum() > 0
    assert (follows.n_followed > 0).all()
    assert (follows.n_followed + follows.n_reverse + follows.n_same_year <= follows.n_shared).all()
    assert lags.followed.sum() == follows.n_followed.sum()
    assert ((turnover.change == "kept") == ((turnover.n_before > 0) & (turnover.n_after > 0))).all()
    placed = {(r.meta.region, r.meta.year) for r in reports}
    pairs = len(placed) - len({region for region, _ in placed})
    assert turnover.groupby(["region", "year"]).ngroups == pairs


def test_the_corpus(corpus: tuple[Report, ...]) -> None:
    spread = diffusion(corpus)
    check(spread, corpus)
    turnover = spread.turnover.set_index(["region", "slogan"]).change
    assert turnover["望朔县", "千企升级"] == "kept"
    assert turnover["望朔县", "枫桥经验"] == "new"
    assert turnover["望朔县", "双减"] == "dropped"


def test_the_corpus_against_its_gold(corpus: tuple[Report, ...]) -> None:
    """Slogans that the hand labels have in one year or in both, within what these labels cover, are so here."""
    turnover = diffusion(corpus).turnover
    wrong = []
    labelled: dict[tuple[str, int], set[str]] = {}
    for report in corpus:
        assert report.meta.file
        assert report.meta.region
        assert report.meta.year
        gold = json.loads((CORPUS / "gold" / f"{Path(report.meta.file).stem}.json").read_text(encoding="utf-8"))
        own = {key(s["text"]) for s in gold["slogans"] if s["is_slogan"]}
        labelled[report.meta.region, report.meta.year] = own
    for row in turnover.itertuples():
        before, after = (key(row.slogan) in labelled[row.region, year] for year in (row.year_before, row.year))
        if before and after and row.change != "kept":
            wrong.append((row.region, row.slogan))
        if (before and row.change == "new") or (after and row.change == "dropped"):
            wrong.append((row.region, row.slogan))
    assert wrong == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")
def test_a_real_series() -> None:
    reports = Corpus([str(SHARED / "hailar-*.txt"), str(SHARED / "national-*.txt")]).reports
    spread = diffusion(reports)
    check(spread, reports)
    silk = spread.first.set_index("slogan").loc["一带一路"]
    assert (silk.first_year, silk.n_regions) == (2016, 2)
    ahead = spread.follows.set_index(["leader", "follower"]).n_followed
    assert ahead["全国", "海拉尔区"] > 3
