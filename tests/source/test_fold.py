"""The folded view, by the fixtures tests/golden/fold.txt and wraps.txt, and its way back to the source."""

from __future__ import annotations

import pytest

from govreport_nlp import source as sources
from govreport_nlp.source import Source, fold, wraps
from tests.golden import cases

ALL = [*cases("fold.txt"), *cases("wraps.txt")]


@pytest.mark.parametrize(("title", "given", "expected"), ALL, ids=[title for title, _, _ in ALL])
def test_fold(title: str, given: str, expected: str) -> None:
    assert fold(sources.from_text(given)).text.rstrip("\n") == expected


@pytest.mark.parametrize(("title", "given", "expected"), ALL, ids=[title for title, _, _ in ALL])
def test_folding_again_changes_nothing(title: str, given: str, expected: str) -> None:
    once = fold(sources.from_text(given)).text
    if "\n" in once.rstrip("\n") and "width" not in title:
        assert fold(sources.from_text(once)).text == once


def test_spans_lead_back() -> None:
    source = sources.from_text("　　1 9 9 3 年，增長 １９·５ ％。")
    view = fold(source)
    assert view.text == "1993年，增长19.5%。"
    at = view.text.index("19.5%")
    assert view.original(at, at + 5) == "１９·５ ％"
    assert view.span(0, 5) == (2, 11)


def test_a_plain_text_needs_no_offsets() -> None:
    assert fold(Source("各位代表：\n增长5%。", "txt", "a")).offsets is None
    assert fold(Source("各位代表：\n增长５％。", "txt", "a")).offsets is None


def test_an_empty_text() -> None:
    assert fold(Source("", "txt", "a")).text == ""
    assert fold(Source(" \n\u3000\n", "txt", "a")).text == ""


def test_line_ends_of_all_kinds() -> None:
    view = fold(Source("一。\r\n二。\r三。\x0b四。\u2028五。\x0c六。", "txt", "a"))
    assert view.text.split("\n") == ["一。", "二。", "三。", "四。", "五。", "六。"]


def test_boilerplate_of_the_reader_is_cut() -> None:
    view = fold(Source("首页\n增长5%[1]。\n版权", "html", "a", boilerplate=((0, 2), (7, 10), (12, 14))))
    assert view.text.strip() == "增长5%。"
    assert view.original(0, 5) == "增长5%[1]。"


@pytest.mark.parametrize("width", [24, 32, 38, 44])
@pytest.mark.parametrize("mode", ["indent", "blank"])
def test_paragraphs_set_to_a_width_are_found_again(width: int, mode: str) -> None:
    """A report is set to a width as a typewriter would; its paragraphs come back as they were."""
    paragraphs = [
        "各位代表：",
        "现在，我代表县人民政府向大会报告工作，请予审议，并请县政协委员和列席会议的同志提出意见。",
        "一、2030年工作回顾",
        "过去一年，面对错综复杂的外部环境和艰巨繁重的改革发展任务，我们坚持稳中求进，全县地区生产总值增长6.3%，"
        "一般公共预算收入达到12.5亿元，城镇新增就业3260人，登记失业率控制在3.8%以内。",
        "（一）产业发展迈上新台阶",
        "大力实施工业强县战略，新增规模以上工业企业14家，园区标准化厂房建成8.6万平方米，入驻率达到92%。"
        "二是培育壮大特色农业，发展高山蔬菜5.4万亩、中药材2.1万亩。三是加快发展文旅产业，接待游客430万人次。",
        "（二）城乡面貌展现新气象",
        "完成老旧小区改造21个、惠及居民3400户，新建城市公园3处，新改建农村公路186公里，治理水土流失48平方公里。",
        "二、2031年主要任务",
        "今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，固定资产投资增长8%，粮食总产量稳定在15万吨以上。",
        "各位代表！让我们更加紧密地团结起来，同心同德、苦干实干，为加快建设富裕美丽幸福的新家园而不懈奋斗！",
    ]
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += _set(paragraph, width, "　　" if mode == "indent" else "")
        lines += [""] if mode == "blank" else []
    view = fold(sources.from_text("\n".join(lines)))
    assert [p for p in view.text.split("\n") if p] == paragraphs


def _set(text: str, width: int, indent: str) -> list[str]:
    lines, line, used = [], indent, 2 * len(indent)
    for char in text:
        columns = 1 if char.isascii() else 2
        if used + columns > 2 * width and char not in "，。、；：！？）》”%":
            lines.append(line)
            line, used = "", 0
        line, used = line + char, used + columns
    return [*lines, line]


def test_wraps_has_a_pattern_for_every_role() -> None:
    assert all(pattern.pattern != "(?:(?!))" for pattern in wraps.patterns())


def test_real_reports_lose_no_sentence_end(shared: object) -> None:
    """In every shared report, each line of the view that is no heading ends as a sentence does."""
    from pathlib import Path

    assert isinstance(shared, Path)
    for path in sorted((shared / "reports").glob("*.txt")):
        view = fold(sources.read(path))
        assert view.text.count("\n\n") == 0
        long = [line for line in view.text.split("\n") if len(line) > 80]
        ended = sum(line[-1] in "。！？：；”" for line in long)
        assert ended >= 0.97 * len(long), path.name
