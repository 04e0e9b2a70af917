"""Quantities: the golden cases, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_nlp import parse
from govreport_nlp.model import Quantity
from tests.golden import cases
from tests.marks import unmark

PLAN, REVIEW = "二、2024年工作安排\n", "一、2023年工作回顾\n"
WORDS = (
    *"、，。；和与的“”（）至—",
    *("增长", "达到", "分别", "新增", "由", "提高到", "其中", "全年"),
    *("以上", "左右", "近", "突破", "比上年", "力争", "占"),
    *("5%", "3.2亿元", "12个", "7户", "两", "三十五万吨", "2025年", "0.6个百分点"),
    *("翻一番", "三分之二", "60岁", "１２％"),
    *("城乡居民收入", "粮食产量", "企业", "道路", "项目", "工程", "失业率", "城镇新增就业"),
)


def shown(q: Quantity) -> str:
    def number(low: float, high: float | None) -> str:
        return f"{low:.12g}" if high is None else f"{low:.12g} to {high:.12g}"

    parts = [
        q.indicator,
        f"{number(q.value, q.value_max)} {q.unit}",
        f"{q.bound} {q.measure} {q.direction or '-'}",
        f"{q.status} {q.period_end or '-'}",
    ]
    if (q.value_base, q.unit_base) != (q.value, q.unit):
        parts.append(f"{number(q.value_base, q.value_max_base)} {q.unit_base}")
    return " | ".join(parts)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*c[1:], id=c[0]) for c in cases("quantities.txt")])
def test_golden(text: str, expected: str) -> None:
    head = REVIEW if text.startswith("回顾：") else PLAN
    plain, spans = unmark(text.removeprefix("回顾："))
    found = parse(head + plain, year=2024).quantities
    assert [(q.start - len(head), q.end - len(head)) for q in found] == spans
    assert [shown(q) for q in found] == ([] if expected == "none" else expected.splitlines())


@pytest.mark.parametrize(
    ("text", "commitment"),
    [
        ("争取旅游收入突破3亿元。", "aim"),
        ("争取新增就业5000人。", "aim"),
        ("争取上级资金3亿元。", "plain"),
        ("积极向上争取专项债券3亿元。", "plain"),
        ("经过积极争取，建成水厂2座。", "plain"),
        ("努力扩大融资，新建学校2所。", "plain"),
        ("努力实现粮食总产3亿斤。", "aim"),
        ("确保了资金不断链，新建学校2所。", "plain"),
        ("加强斗争，新建学校2所。", "plain"),
        ("力争粮食产量3亿斤。", "aim"),
        ("确保粮食产量3亿斤。", "firm"),
    ],
)
def test_a_word_that_can_be_a_verb_promises_only_before_another(text: str, commitment: str) -> None:
    [quantity] = parse(PLAN + text, year=2024).quantities
    assert quantity.commitment == commitment


FIVE = "一、过去五年工作回顾\n"
PLAN_PERIOD = "一、“十三五”回顾\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建学校16所。", [(2019, 2023)]),
        ("税收由2018年的3亿元增加到2023年的6亿元，年均增长14.9%。", [(2018, 2018), (2023, 2023), (2019, 2023)]),
        ("2023年税收6亿元，是2020年的2倍，年均增长26%。", [(2023, 2023), (2023, 2023), (2021, 2023)]),
        ("2023年税收6亿元，年均增长9%。", [(2023, 2023), (2019, 2023)]),
        ("税收由3亿元增加到6亿元。", [(None, None), (2023, 2023)]),
        ("全年税收6亿元，增长8%。", [(2023, 2023), (2023, 2023)]),
        ("税收比上年增长8%。", [(2023, 2023)]),
        ("产值由“十二五”末的12亿元增加到19亿元。", [(2015, 2015), (2023, 2023)]),
        ("增长14.6%，为五年来最高。", [(2019, 2023)]),
        ("三年实施工程15项。", [(2021, 2023)]),
    ],
)
def test_years_in_a_part_on_five(text: str, expected: list[tuple[int | None, int | None]]) -> None:
    found = parse(FIVE + text, year=2024).quantities
    assert [(q.period_start, q.period_end) for q in found] == expected


def test_a_part_on_a_plan_period_is_on_five_years() -> None:
    [quantity] = parse(PLAN_PERIOD + "新建学校16所。", year=2021).quantities
    assert (quantity.period_start, quantity.period_end) == (2016, 2020)


@pytest.mark.parametrize(
    ("text", "first_years"),
    [
        (
            "一、“十三五”时期和2020年工作回顾\n新建学校16所。\n各位代表，刚刚过去的2020年，成绩很大。\n修路9公里。\n",
            [2016, 2020],
        ),
        ("一、2020年和“十三五”时期工作回顾\n新建学校16所。\n“十三五”时期是起飞的五年。\n修路9公里。\n", [2020, 2016]),
        (
            "一、2020年和过去五年工作回顾\n五年来，新建学校16所。\n（一）兴修水利\n修渠9公里。\n一年来，修路9公里。\n",
            [2016, 2016, 2020],
        ),
    ],
)
def test_years_in_a_part_on_a_year_and_five(text: str, first_years: list[int]) -> None:
    found = parse("2021年宁水县政府工作报告\n" + text, year=2021).quantities
    assert [(q.period_start, q.period_end) for q in found] == [(first, 2020) for first in first_years]


@pytest.mark.parametrize(
    ("text", "indicator_id"),
    [
        ("财政总收入增长8%", "total_fiscal_revenue_growth"),
        ("全部财政收入增长8%", "total_fiscal_revenue_growth"),
        ("一般公共预算收入可比增长8%", "budget_revenue_growth"),
        ("县级一般公共预算收入增长8%", "budget_revenue_growth"),
        ("望朔县生产总值增长8%", "gdp_growth"),
        ("青石市生产总值增长8%", None),
        ("财政收入（不含基金）增长8%", "budget_revenue_growth"),
        ("全社会研发经费支出相当于全县生产总值的比例达到2%", "rd_intensity"),
        ("地区生产总值比2018年增长60%", None),
        ("地区生产总值比2023年增长6%", "gdp_growth"),
        ("脱贫村农村居民人均可支配收入增长9%", None),
    ],
)
def test_standard_indicators_of_the_report_s_own_region(text: str, indicator_id: str | None) -> None:
    [quantity] = parse(PLAN + text + "。", year=2024, region="望朔县", level="county").quantities
    assert quantity.indicator_id == indicator_id


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_records_are_in_order_and_are_what_the_text_has(text: str) -> None:
    report = parse(text, year=2024)
    last = 0
    for q in report.quantities:
        assert report.text[q.start : q.end] == q.text
        assert q.start >= last
        last = q.end
        assert 0 < q.confidence <= 1
        assert q.rule.count("/") == 4
        assert (q.value_max is None) == (q.bound != "range")
        assert (q.direction is None) or q.measure != "level"
        assert q.period_start is None or q.period_end is None or q.period_start <= q.period_end


@given(st.floats(0.01, 99999), st.sampled_from(["元", "亿元", "万亩", "户", "吨"]))
def test_values_are_read_as_written(value: float, unit: str) -> None:
    written = f"{value:.2f}"
    [found] = parse(f"完成指标{written}{unit}。", year=2024).quantities
    assert (found.value, found.unit, found.text) == (float(written), unit, written + unit)
