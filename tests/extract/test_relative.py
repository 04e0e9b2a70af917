"""Promises without a number: which indicators a clause names, and which it does not."""

from __future__ import annotations

import pytest

from govreport_nlp import parse

PLAN = "二、2024年工作安排\n"


def promised(text: str) -> list[tuple[str, str, str]]:
    return [(r.indicator, r.relation, r.reference) for r in parse(PLAN + text, year=2024).relative_targets]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("居民收入增长与经济增长同步。", [("居民收入", "=", "经济增长")]),
        (
            "地区生产总值、固定资产投资、进出口总额增幅均高于全市平均水平。",
            [(name, ">", "全市平均水平") for name in ("地区生产总值", "固定资产投资", "进出口总额")],
        ),
        (
            "茶叶加工、竹器编织产值均高于全市平均水平。",
            [(name, ">", "全市平均水平") for name in ("茶叶加工", "竹器编织产值")],
        ),
        ("道路保洁、街面亮化水平高于全市。", [("街面亮化水平", ">", "全市")]),
        ("社会消费品零售总额完成350亿元，增速高于全省平均水平。", [("社会消费品零售总额", ">", "全省平均水平")]),
        ("地区生产总值始终保持正增长。", [("地区生产总值", "positive", "")]),
        ("全面完成上级下达的各项约束性指标。", [("约束性指标", "assigned", "上级")]),
        ("节能减排完成国家、省下达的年度任务。", [("节能减排", "assigned", "国家、省")]),
        ("粮食产量高于2020年水平。", [("粮食产量", ">", "2020年水平")]),
        (
            "工业投资增速快于经济增速、民间投资增速快于面上投资。",
            [("工业投资", ">", "经济增速"), ("民间投资", ">", "面上投资")],
        ),
        (
            "地区生产总值、进出口总额等主要指标增速均高于全市平均水平。",
            [(name, ">", "全市平均水平") for name in ("地区生产总值", "进出口总额")],
        ),
        ("单位生产总值能耗不高于上年。", []),
        ("在思想上行动上同党中央保持高度一致。", []),
        ("同步推进供水管网改造。", []),
    ],
)
def test_each_indicator_of_a_clause_is_a_row(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert promised(text) == expected


def test_the_rows_of_a_list_share_their_words() -> None:
    report = parse(PLAN + "地区生产总值、固定资产投资增速均高于全市平均水平。", year=2024)
    first, second = report.relative_targets
    assert report.text[first.start : first.end] == first.text == second.text == "高于"
    assert (first.indicator_id, second.indicator_id) == ("gdp_growth", "fixed_investment_growth")
    assert first.status == second.status == "target"
