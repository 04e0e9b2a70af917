"""What the columns of a data set say of a report."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from govreport_nlp.batch.columns import is_missing, meta_of, text_column
from govreport_nlp.batch.row import Row
from govreport_nlp.errors import NotAReportError
from govreport_nlp.rules import SHIPPED


@pytest.mark.parametrize(
    ("cells", "meta"),
    [
        ({"year": "2024"}, {"year": 2024}),
        ({"Year": 2024.0}, {"year": 2024}),
        ({"年份": "２０２４年"}, {"year": 2024}),
        ({"年度": datetime.datetime(2024, 1, 1)}, {"year": 2024}),
        ({"year": None, "年份": 2021}, {"year": 2021}),
        ({"year": 2020, "年份": 2021}, {"year": 2020}),
        ({"year": float("nan")}, {}),
        ({"adcode": 310000.0}, {"adcode": "310000"}),
        ({"行政区划代码": "310000000000"}, {"adcode": "310000"}),
        ({"report_date": "2024/1/5"}, {"date": "2024-01-05"}),
        ({"报告日期": "2024年1月5日"}, {"date": "2024-01-05"}),
        ({"报告日期": datetime.datetime(2024, 1, 5)}, {"date": "2024-01-05"}),
        ({"报告日期": 20240105}, {"date": "2024-01-05"}),
        ({"area": 632.5, "province": "East", "地区": "东部"}, {}),
        ({"省份": "岚江省"}, {"province": "岚江省"}),
        ({"省份": "岚江省", "城市": "泽阳市"}, {"province": "岚江省", "region": "泽阳市"}),
        ({"地区": "岚江省", "城市": "泽阳市"}, {"province": "岚江省", "region": "泽阳市"}),
        (
            {"省": "岚江省", "市": "泽阳市", "县": "望朔县"},
            {"province": "岚江省", "prefecture": "泽阳市", "region": "望朔县"},
        ),
        ({"region": "望朔县", "city": "泽阳市"}, {"region": "望朔县", "prefecture": "泽阳市"}),
        ({"县": "", "市": "泽阳市"}, {"region": "泽阳市"}),
        (
            {"标题": "望朔县政府工作报告", "报告人": "陆怀舟", "gdp": 5},
            {"title": "望朔县政府工作报告", "speaker": "陆怀舟"},
        ),
    ],
)
def test_cells(cells: dict[str, Any], meta: dict[str, Any]) -> None:
    assert meta_of(cells, SHIPPED) == meta


@pytest.mark.parametrize("cells", [{"year": "24"}, {"adcode": "31"}, {"报告日期": "2024-13-45"}, {"报告日期": "昨天"}])
def test_cells_that_do_not_say_what_they_ought_to(cells: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"its column .* holds .*, which is no"):
        meta_of(cells, SHIPPED)


def test_missing() -> None:
    import pandas as pd

    assert all(map(is_missing, (None, float("nan"), pd.NaT, pd.NA, "", " ", "NaN", ".")))
    assert not any(map(is_missing, (0, "0", "无锡市", datetime.date(2024, 1, 1))))


def test_titles_and_sentences_are_no_reports() -> None:
    cells = {"title": "望朔县2024年政府工作报告", "sentence": "全面推进乡村振兴，加快建设现代化产业体系。"}
    with pytest.raises(NotAReportError, match="they are title, sentence"):
        text_column([Row(1, cells)] * 5, None, "a.csv", SHIPPED)


def test_half_of_the_cells_must_read_like_reports() -> None:
    report = "各位代表：\n现在，我代表县人民政府，向大会报告政府工作，请予审议。\n" * 10
    rows = [Row(1, {"a": report, "b": report}), Row(2, {"a": report, "b": "x"}), Row(3, {"a": None, "b": "y"})]
    assert text_column(rows, None, "a.csv", SHIPPED) == "a"


def test_many_columns_are_not_all_named() -> None:
    cells = {f"c{i}": i for i in range(100)}
    with pytest.raises(NotAReportError, match="c29 and 70 more"):
        text_column([Row(1, cells)], None, "a.csv", SHIPPED)
