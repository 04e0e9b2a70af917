"""The year of a report, and days as ISO dates."""

from __future__ import annotations

import pytest

from govreport_nlp.rules import SHIPPED
from govreport_nlp.structure import years


@pytest.mark.parametrize(
    ("titles", "year"),
    [
        (["2030年工作回顾", "2031年工作安排"], 2031),
        (["2030年工作回顾", "今年工作安排"], 2031),
        (["过去五年工作回顾", "2031年重点任务"], 2031),
        (["“十四五”时期和2030年工作回顾"], 2031),
        (["过去五年工作回顾", "今后五年奋斗目标"], None),
        (["2030年工作回顾和2031年工作安排"], None),
        ([], None),
    ],
)
def test_parts_tell_the_year_of_the_plan(titles: list[str], year: int | None) -> None:
    assert years.of_parts(titles, SHIPPED) == year


@pytest.mark.parametrize(
    ("path", "year"),
    [
        ("hailin-2031.txt", 2031),
        ("2031年某省政府工作报告.docx", 2031),
        ("某省/2031/某市.txt", 2031),
        ("2030-2034.dta", None),
        ("20310105120000.html", None),
        ("<text>", None),
    ],
)
def test_a_path_tells_one_year_or_none(path: str, year: int | None) -> None:
    assert years.of_path(path) == year


@pytest.mark.parametrize(
    ("day", "iso"),
    [
        (("2031", "1", "5"), "2031-01-05"),
        (("二○三一", "十二", "二十"), "2031-12-20"),
        (("2031", "13", "1"), None),
        (("2031", "2", "29"), None),
    ],
)
def test_days_become_iso_dates_or_nothing(day: tuple[str, str, str], iso: str | None) -> None:
    assert years.iso_date(*day) == iso
