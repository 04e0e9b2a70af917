"""The panel, outcomes and gaps on texts of our own and on the shipped corpus."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from govreport_nlp import parse, read
from govreport_nlp.analysis import gaps, outcomes, panel, wide
from govreport_nlp.analysis.panel import ConstraintScheme
from govreport_nlp.analysis.panel_columns import PANEL
from govreport_nlp.errors import EmptyInputError
from govreport_nlp.extract.codebook import codebook
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
GRAIN = {("吨", "斤"): 2000.0, ("斤", "吨"): 1 / 2000.0}

PLAN = """望朔县2024年政府工作报告
一、2023年工作回顾
地区生产总值增长6.1%，城镇新增就业5400人。
二、2024年工作安排
今年经济社会发展主要预期目标是：地区生产总值增长6%—6.5%，规上工业增加值增长8%以上，城镇登记失业率控制在4%以内，\
居民收入增长与经济增长同步，节能减排完成省下达任务。
力争城镇新增就业5200人。
"""


def row(frame: pd.DataFrame, indicator: str) -> dict[str, object]:
    [found] = frame[frame.indicator_id == indicator].to_dict("records")
    return {str(k): v for k, v in found.items()}


def test_one_row_a_report_and_indicator() -> None:
    frame = panel([parse(PLAN, year=2024), parse(PLAN, year=2024)])
    assert list(frame.columns) == [column.name for column in PANEL.columns]
    assert len(frame) == 2 * len(codebook(SHIPPED).rules)


def test_headline_comes_from_the_main_targets_and_never_from_the_review() -> None:
    frame = panel([parse(PLAN, year=2024)])
    growth = row(frame, "gdp_growth")
    assert (growth["form"], growth["value"], growth["value_max"], growth["mid"]) == ("numeric", 6.0, 6.5, 6.25)
    assert (growth["bound"], growth["constraint"]) == ("range", "interval")
    industry = row(frame, "industrial_va_growth")
    assert (industry["value"], industry["bound"], industry["modifier"], industry["constraint"]) == (
        8,
        ">=",
        "以上",
        "hard",
    )
    assert row(frame, "registered_unemployment")["bound"] == "<="


def test_a_target_outside_the_passage_is_found_in_the_plan() -> None:
    jobs = row(panel([parse(PLAN, year=2024)]), "urban_new_jobs")
    assert (jobs["value"], jobs["commitment"]) == (5200, "aim")


def test_forms_of_what_is_not_a_number_are_told_apart() -> None:
    text = "今年没有提出全年经济增速具体目标。主要预期目标是：城镇新增就业900万人以上，居民收入增长与经济增长同步。"
    frame = panel([parse(text, year=2020), EmptyInputError("a.txt", "the file holds no text", "send it again")])
    assert row(frame, "gdp_growth")["form"] == "stated_absent"
    assert row(frame, "resident_income_growth")["form"] == "relative"
    assert row(frame, "resident_income_growth")["reference_id"] == "gdp_growth"
    assert row(frame, "pm25")["form"] == "not_found"
    [unreadable] = frame[frame.form == "unreadable"].to_dict("records")
    assert unreadable["file"] == "a.txt"
    assigned = panel([parse("今年单位地区生产总值能耗完成国家下达目标。", year=2024)])
    assert row(assigned, "energy_intensity_cut")["form"] == "assigned"


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        pytest.param(s, e, id=f"{s.id}-{i}")
        for s in SHIPPED.load("constraints.toml", ConstraintScheme)
        for i, e in enumerate(s.examples)
    ],
)
def test_constraint_schemes_prove_themselves(scheme: ConstraintScheme, text: str) -> None:
    sentence, expected = text.split("|")
    [found] = [
        r
        for r in panel([parse(f"今年{sentence}。", year=2024)], scheme=scheme.id).to_dict("records")
        if r["form"] == "numeric"
    ]
    assert found["constraint"] == expected
    assert found["constraint_scheme"] == scheme.id


def test_an_unknown_scheme_is_named() -> None:
    with pytest.raises(ValueError, match="unknown constraint scheme 'x'"):
        panel([parse(PLAN, year=2024)], scheme="x")


def test_wide_has_one_row_a_report() -> None:
    frame = wide(panel([parse(PLAN, year=2024, region="望朔县")]))
    assert len(frame) == 1
    assert frame.loc[0, "gdp_growth"] == 6.25
    assert frame.loc[0, "pm25_form"] == "not_found"


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [read(p) for p in sorted(CORPUS.iterdir()) if p.suffix in (".txt", ".html", ".docx")]


def gold(name: str) -> list[dict[str, str]]:
    with open(CORPUS / "gold" / name, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_panel_of_the_corpus_is_as_read_by_hand(reports: list[Report]) -> None:
    frame = panel(reports)
    found = {(Path(r["file"]).name, r["indicator_id"]): r for r in frame.to_dict("records")}
    right = 0
    rows = gold("panel.tsv")
    for g in rows:
        r = found[g["doc"], g["indicator_id"]]
        if r["form"] != "numeric" or r["bound"] not in g["bound"].split("|"):
            continue
        factor = GRAIN.get((r["unit_base"], g["unit_base"]), 1.0)
        high = float(g["value_max"]) if g["value_max"] else None
        same_high = (high is None) == pd.isna(r["value_max_base"]) and (
            high is None or r["value_max_base"] * factor == pytest.approx(high)
        )
        right += r["value_base"] * factor == pytest.approx(float(g["value"])) and same_high
    assert right / len(rows) >= 0.98


def test_outcomes_of_the_corpus_are_as_read_by_hand(reports: list[Report]) -> None:
    table = outcomes(reports)
    found = {(Path(r["outcome_file"]).name, r["indicator_id"]): r for r in table.to_dict("records")}
    rows = gold("outcomes.tsv")
    wrong = []
    for g in rows:
        r = found.get((g["doc"], g["indicator_id"]))
        value = None if r is None or pd.isna(r["outcome_value_base"]) else r["outcome_value_base"]
        expected = float(g["value"]) if g["value"] else None
        if (
            r is None
            or r["verdict"] != g["verdict"]
            or (value is None) != (expected is None)
            or (expected is not None and value != pytest.approx(expected))
        ):
            wrong.append(g)
    assert len(wrong) / len(rows) <= 0.03, wrong


def test_an_average_beside_the_year_is_not_its_outcome() -> None:
    before = parse("今年主要预期目标是：地区生产总值增长6%。", year=2023, region="望朔县")
    after = parse("一、2023年工作回顾\n地区生产总值五年年均增长7%，2023年增长5.8%。", year=2024, region="望朔县")
    [found] = outcomes([before, after]).to_dict("records")
    assert (found["outcome_value_base"], found["verdict"]) == (5.8, "missed")


def test_verdicts() -> None:
    def verdict_of(target: str, done: str) -> str:
        before = parse(f"今年主要预期目标是：{target}。", year=2023, region="望朔县")
        after = parse(f"一、2023年工作回顾\n{done}。", year=2024, region="望朔县")
        return str(outcomes([before, after]).verdict.tolist()[0])

    assert verdict_of("城镇登记失业率控制在4%以内", "城镇登记失业率3.6%") == "met"
    assert verdict_of("居民消费价格涨幅3%左右", "居民消费价格上涨3.4%") == "missed"
    assert verdict_of("外贸进出口增长5%", "外贸进出口下降2%") == "missed"
    assert verdict_of("粮食产量20亿斤", "粮食产量102万吨") == "met"
    assert verdict_of("森林覆盖率达到41%", "全县面貌一新") == "not_reported"


def test_gaps_to_parent_nation_and_year_before() -> None:
    texts = [
        ("national", {}, 2023, "5%"),
        ("national", {}, 2024, "5%"),
        ("province", {"province": "岚江省"}, 2024, "6%"),
        ("prefecture", {"province": "岚江省", "prefecture": "岚州市"}, 2024, "6.5%"),
        ("county", {"province": "岚江省", "prefecture": "岚州市", "county": "松屏县"}, 2023, "7%"),
        ("county", {"province": "岚江省", "prefecture": "岚州市", "county": "松屏县"}, 2024, "8%"),
    ]
    reports = [
        parse(f"今年主要预期目标是：地区生产总值增长{v}。", year=y, level=level, **names)
        for level, names, y, v in texts
    ]
    frame = gaps(panel(reports))
    frame = frame[frame.indicator_id == "gdp_growth"].reset_index(drop=True)
    assert frame.loc[2, "gap_parent"] == 1.0
    assert frame.loc[3, "gap_parent"] == 0.5
    assert frame.loc[5, ["gap_parent", "gap_national", "gap_previous"]].tolist() == [1.5, 3.0, 1.0]
    assert pd.isna(frame.loc[0, "gap_parent"])
