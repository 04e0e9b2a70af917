"""Many reports as one: lazy, in order, and no file stops another."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import govreport_nlp.batch.work as work
from govreport_nlp import Corpus, GovReportError, Report, read
from govreport_nlp.batch.work import Failure, Job, read_report, tabulate
from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.tables import TABLES

REPORT = """{place}{year}年政府工作报告
各位代表：
现在，我代表{place}人民政府，向大会报告工作，请予审议。
一、{before}年工作回顾
新建学校3所。
二、{year}年工作安排
城镇新增就业7200人以上。
"""


def put(path: Path, place: str = "望朔县", year: int = 2024) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(REPORT.format(place=place, year=year, before=year - 1), encoding="utf-8")
    return path


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for year in (2022, 2023, 2024):
        put(tmp_path / f"county-{year}.txt", year=year)
    return tmp_path


@pytest.fixture
def mixed(reports: Path) -> Path:
    (reports / "county-2023a.txt").write_bytes(b"")
    (reports / "county-2021.txt").write_bytes(b"\xff\xfe\xfd\x80 broken \x81")
    return reports


def test_reports_come_in_the_order_of_the_files(reports: Path) -> None:
    corpus = Corpus(reports)
    assert len(corpus) == 3
    assert [report.meta.year for report in corpus] == [2022, 2023, 2024]
    assert [report.meta.file for report in corpus.reports] == list(corpus.files)
    assert all(isinstance(report, Report) for report in corpus.reports)


def test_nothing_is_read_before_it_is_asked_for(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def counting(file: str, **how: Any) -> Report:
        seen.append(file)
        return read(file, **how)

    monkeypatch.setattr(work, "read", counting)
    corpus = Corpus(reports)
    assert seen == []
    next(iter(corpus))
    assert len(seen) == 1
    assert corpus.reports is corpus.reports
    assert len(seen) == 4


@pytest.mark.parametrize("name", TABLES)
def test_frames_are_those_of_the_reports_one_after_the_other(name: str, reports: Path) -> None:
    corpus = Corpus(reports)
    single = pd.concat([report.to_frame(name) for report in corpus], ignore_index=True)
    pd.testing.assert_frame_equal(corpus.to_frame(name), single)
    assert len(corpus.reports) == 3
    pd.testing.assert_frame_equal(corpus.to_frame(name), single)


@pytest.mark.parametrize("name", TABLES)
def test_two_workers_give_the_same_rows(name: str, mixed: Path) -> None:
    one, two = Corpus(mixed, workers=1), Corpus(mixed, workers=2)
    pd.testing.assert_frame_equal(one.to_frame(name), two.to_frame(name))
    pd.testing.assert_frame_equal(one.errors, two.errors)
    assert [r.to_json() for r in one] == [r.to_json() for r in two]


def test_broken_files_are_listed_and_stop_nothing(mixed: Path) -> None:
    corpus = Corpus(mixed)
    errors = corpus.errors
    assert [Path(file).name for file in errors["file"]] == ["county-2021.txt", "county-2023a.txt"]
    assert errors["cause"].tolist()[1] == "empty"
    assert errors[["problem", "remedy"]].map(len).min().min() > 5
    assert [report.meta.year for report in corpus] == [2022, 2023, 2024]
    assert corpus.to_frame("reports")["year"].tolist() == [2022, 2023, 2024]


def test_a_path_that_does_not_exist_is_a_row_of_the_errors(reports: Path) -> None:
    corpus = Corpus([*reports.iterdir(), reports / "gone.txt"])
    assert corpus.errors[["cause"]].values.tolist() == [["not_found"]]
    assert len(corpus.reports) == 3


def test_a_fault_of_the_library_costs_one_file_and_is_named(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(file: str, **how: Any) -> Report:
        if "2023" in file:
            raise ZeroDivisionError("division by zero")
        return read(file, **how)

    monkeypatch.setattr(work, "read", faulty)
    corpus = Corpus(reports)
    assert len(corpus.reports) == 2
    row = corpus.errors.iloc[0]
    assert row["cause"] == "internal"
    assert "ZeroDivisionError at test_corpus.py:" in row["problem"]


def test_a_fault_of_the_rules_stops_all(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    directory = tmp_path_factory.mktemp("rules")
    (directory / "units.csv").write_text("id,nonsense\na,b\n")
    with pytest.raises(GovReportError, match=r"units\.csv"):
        Corpus(reports, rules=Ruleset((directory,))).to_frame("targets")


def test_meta_holds_for_every_report(reports: Path) -> None:
    assert {report.meta.year for report in Corpus(reports, year=1999)} == {1999}


def test_no_files_at_all_are_an_error_that_names_the_place(tmp_path: Path) -> None:
    with pytest.raises(GovReportError, match="there is no report here") as caught:
        Corpus(tmp_path)
    assert str(tmp_path) in str(caught.value)
    with pytest.raises(GovReportError):
        Corpus([])


def test_an_unknown_table_is_refused_before_anything_is_read(reports: Path) -> None:
    with pytest.raises(ValueError, match="no table 'goals'"):
        Corpus(reports).to_frame("goals")


def test_what_workers_are_given_and_give_can_be_pickled(mixed: Path) -> None:
    for file in Corpus(mixed).files:
        job = Job(file, SHIPPED, {"year": 2024}, tuple(TABLES))
        again = pickle.loads(pickle.dumps(job))
        for do in (read_report, tabulate):
            result = do(again)
            assert pickle.loads(pickle.dumps(result)) == result
            assert isinstance(result, Failure) == ("2021" in file or "2023a" in file)


def test_a_file_name_that_is_no_text_still_has_a_row(tmp_path: Path) -> None:
    name = b"\xb1\xa8\xb8\xe6.txt".decode("utf-8", "surrogateescape")
    put(tmp_path / name)
    (tmp_path / ("x" + name)).write_bytes(b"")
    corpus = Corpus(tmp_path)
    for column in (corpus.to_frame("reports")["file"], corpus.errors["file"]):
        assert column[0].encode("utf-8").endswith(b".txt")
