"""Frames have the declared columns and types, and their rows are the report's records."""

from __future__ import annotations

import pytest

from govreport_nlp import Report, parse
from govreport_nlp.tables import TABLES, errors, frame, report_id, rows, table

TEXT = """政府工作报告
各位代表：
一、2023年工作回顾
新建学校3所，地区生产总值增长6.5%。
二、2024年工作安排
（一）稳就业。城镇新增就业7200人以上，登记失业率控制在3.9%以内。
"""


@pytest.fixture(scope="module")
def report() -> Report:
    return parse(TEXT, year=2024, region="望朔县")


@pytest.mark.parametrize("name", TABLES)
def test_columns_and_types_are_the_declared_ones_with_rows_and_without(name: str, report: Report) -> None:
    declared = [(column.name, column.dtype) for column in table(name).columns]
    for made in (frame(name, [report]), frame(name, [])):
        assert [(c, str(made[c].dtype)) for c in made.columns] == declared


def test_rows_follow_the_reports(report: Report) -> None:
    other = parse(TEXT + "各位代表！\n", year=2023, region="望朔县")
    both = frame("sentences", [report, other])
    assert both["year"].tolist() == [2024] * len(report.sentences) + [2023] * len(other.sentences)
    assert both["index"].tolist() == [*range(len(report.sentences)), *range(len(other.sentences))]


def test_targets_are_the_quantities_that_are_promised(report: Report) -> None:
    targets, quantities = report.to_frame("targets"), report.to_frame("quantities")
    assert targets["text"].tolist() == ["7200人", "3.9%"]
    assert quantities.loc[quantities["status"] == "target"].reset_index(drop=True).equals(targets)
    assert targets[["region", "year"]].drop_duplicates().values.tolist() == [["望朔县", 2024]]


@pytest.mark.parametrize("name", ["quantities", "targets", "relative_targets", "slogans", "projects", "sentences"])
def test_text_is_what_stands_at_the_place(name: str, report: Report) -> None:
    for row in frame(name, [report]).itertuples():
        assert TEXT[row.start : row.end] == row.text


def test_sections_name_their_parents(report: Report) -> None:
    made = report.to_frame("sections")
    assert made["index"].tolist() == list(range(len(report.sections)))
    area = made[made["kind"] == "area"].iloc[0]
    assert (area["title"], area["number"], area["depth"]) == ("稳就业", 1, 2)
    assert made.loc[area["parent"], "title"] == "2024年工作安排"


def test_the_reports_table_counts(report: Report) -> None:
    row = report.to_frame("reports").iloc[0]
    assert row["n_chars"] == len(TEXT) - TEXT.count("\n")
    assert (row["n_targets"], row["n_quantities"]) == (2, 4)
    assert (row["n_sections"], row["n_sentences"]) == (len(report.sections), len(report.sentences))
    assert row["tokenizer"].startswith("rjieba 0.")
    assert "year=caller" in row["meta_source"].split("|")


def test_a_report_is_known_by_its_text(report: Report) -> None:
    again = parse(TEXT, year=1999)
    assert report.to_frame("reports")["report_id"][0] == again.to_frame("reports")["report_id"][0] == report_id(TEXT)
    assert report_id(TEXT + "\n") != report_id(TEXT)


def test_lists_are_one_cell() -> None:
    report = parse("各位代表：\n深化“放管服”改革。", year=2024)
    for slogan, row in zip(report.slogans, rows("slogans", report), strict=True):
        cells = dict(zip([column.name for column in table("slogans").columns], row, strict=True))
        assert cells["parts"] == "|".join(slogan.parts)


def test_an_unknown_table_is_refused(report: Report) -> None:
    with pytest.raises(ValueError, match="no table 'goals'"):
        report.to_frame("goals")


def test_errors_are_a_frame_too() -> None:
    made = errors([("a.txt", "empty", "the file is empty", "check it")])
    assert made.to_dict("records") == [
        {"file": "a.txt", "cause": "empty", "problem": "the file is empty", "remedy": "check it"}
    ]
    assert errors([]).columns.tolist() == ["file", "cause", "problem", "remedy"]
