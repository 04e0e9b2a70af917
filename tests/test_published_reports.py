"""Published reports that are no part of the project: what must come out of them. Skipped where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from govreport_nlp import Report, read

REPORTS = Path(__file__).parents[1].parent / "shared" / "reports"

pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the published reports are not here")


@pytest.fixture(scope="module")
def xingping() -> Report:
    return read(REPORTS / "xingping-2022.txt")


def test_the_tree_of_a_fragment(xingping: Report) -> None:
    areas = [s for s in xingping.sections if s.kind == "area"]
    assert [(a.number, a.title[:6]) for a in areas] == [(6, "以更严要求狠"), (7, "以更深层次实"), (8, "以更优质量保")]
    leads = [s.title for s in xingping.sections if s.kind == "subsection"]
    assert (len(leads), leads[0], leads[-1]) == (10, "守牢生态底线", "统筹推进社会治理")


def test_menus_and_donation_lines_give_no_records(xingping: Report) -> None:
    body = (xingping.text.index("六是"), xingping.text.index("本文仅代表"))
    for table in (xingping.quantities, xingping.slogans, xingping.projects, xingping.relative_targets):
        assert all(body[0] <= record.start and record.end <= body[1] for record in table)
    assert not any("打赏" in s.text or "导航" in s.text for s in xingping.sentences)


def test_quoted_expressions_are_all_there(xingping: Report) -> None:
    assert sum(s.quoted for s in xingping.slogans) == 22


@pytest.mark.parametrize(
    ("indicator", "bound", "value", "unit"),
    [
        ("城镇新增就业", "=", 7200, "人"),
        ("登记失业率", "<=", 3.9, "%"),
        ("全社会科技研发投入占GDP比重", "=", 2, "%"),
        ("高新技术企业", "=", 5, "户"),
        ("科技型中小企业", "=", 30, "户"),
        ("瞪羚企业", "=", 2, "户"),
        ("科技成果", "=", 10, "项"),
        ("民办学校学生占比", "=", 8.5, "%"),
    ],
)
def test_targets_of_the_year(xingping: Report, indicator: str, bound: str, value: float, unit: str) -> None:
    found = [t for t in xingping.targets if t.indicator == indicator]
    assert [(t.bound, t.value, t.unit, t.period_end) for t in found] == [(bound, value, unit, 2022)]


def test_shared_heads_are_restored(xingping: Report) -> None:
    names = [p.name for p in xingping.projects if p.name.endswith("道路绿化提升改造项目")]
    assert names == [f"{road}道路绿化提升改造项目" for road in ("金城路", "中心大街", "槐里西路")]


@pytest.mark.parametrize(
    ("name", "region", "level", "year", "areas"),
    [
        ("hailar-2012.txt", "海拉尔区", "county", 2012, 10),
        ("2025年安徽省政府工作报告.docx", "安徽省", "province", 2025, 10),
        ("national-1998.txt", "全国", "national", 1998, 5),
    ],
)
def test_other_forms_and_times(name: str, region: str, level: str, year: int, areas: int) -> None:
    report = read(REPORTS / name)
    assert (report.meta.region, report.meta.level, report.meta.year) == (region, level, year)
    assert sum(s.kind == "area" for s in report.sections) >= areas
    assert len(report.targets) >= 3
    assert len(report.quantities) >= 50
    for table in (report.quantities, report.slogans, report.projects):
        assert all(report.text[r.start : r.end] == r.text for r in table)


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.docx")) + sorted(REPORTS.glob("*.txt")), ids=lambda p: p.name)
def test_every_report_is_read_with_its_place_and_year(path: Path) -> None:
    meta = read(path).meta
    year = next(int(path.name[i : i + 4]) for i in range(len(path.name)) if path.name[i : i + 4].isdigit())
    place = path.name.partition("-")[0] if path.suffix == ".txt" else path.name[5:].partition("政府")[0]
    expected = {"national": "national", "hailar": "county", "xingping": "county"}.get(place, "province")
    assert (meta.year, meta.level) == (year, expected)
    if path.suffix == ".docx":
        assert meta.region is not None
        assert meta.region.startswith(place[:2])
