"""Where sentences end, and that they cover the body."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_nlp.structure.sentences import split
from tests.structure.trees import document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长5.5%左右。城镇新增就业3千人！", ["增长5.5%左右。", "城镇新增就业3千人！"]),
        ("能否办好？能。", ["能否办好？", "能。"]),
        ("建学校；修水渠；种果树。", ["建学校；修水渠；种果树。"]),
        ("他说：“办得好。”大家鼓掌。", ["他说：“办得好。”", "大家鼓掌。"]),
        (
            "落实“能办的马上办。难办的想法办”的要求。下一步抓紧。",
            ["落实“能办的马上办。难办的想法办”的要求。", "下一步抓紧。"],
        ),
        ("（以上数字均为快报数。）全年工作圆满。", ["（以上数字均为快报数。）", "全年工作圆满。"]),
        ("一、工作回顾\n全年平稳。", ["一、工作回顾", "全年平稳。"]),
        ("全年平稳。  \n  新年新气象", ["全年平稳。", "新年新气象"]),
        ("让我们奋斗！！\n。", ["让我们奋斗！！", "。"]),
        ("引号“没有收住。下一句还是下一句。", ["引号“没有收住。", "下一句还是下一句。"]),
        ("各位代表!加油干!", ["各位代表!", "加油干!"]),
        ("", []),
        (" \n\u3000", []),
    ],
)
def test_sentences_end_at_their_marks_and_at_line_ends(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end, _ in split(text, ())] == expected


def test_a_heading_in_mid_sentence_begins_a_sentence() -> None:
    doc = document("**一、今年安排**\n**抓农业**。保收成；**抓工业**。上项目。**抓商贸**。办节会。")
    text = doc.view.text
    assert [text[a:b] for a, b, _ in doc.sentences] == [
        "一、今年安排",
        "抓农业。",
        "保收成；",
        "抓工业。",
        "上项目。",
        "抓商贸。",
        "办节会。",
    ]


def test_each_sentence_knows_its_innermost_section() -> None:
    doc = document("前言。\n一、今年安排\n总的要求。\n（一）抓农业。保收成。\n（二）抓工业。上项目。")
    held = [None if s.section is None else doc.nodes[s.section].path for s in doc.sentences]
    assert held == [None, "一", "一", "一/一", "一/一", "一/二", "一/二"]


@settings(deadline=None)
@given(st.text(alphabet="甲乙，；。！？“”）\n 　5.%", max_size=80))
def test_sentences_cover_all_that_is_not_space_and_do_not_overlap(text: str) -> None:
    spans = split(text, ())
    for a, b, _ in spans:
        assert text[a:b].strip() == text[a:b] != ""
        assert "\n" not in text[a:b]
    for before, after in pairwise(spans):
        assert before.end <= after.start
    covered = "".join(text[a:b] for a, b, _ in spans)
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize("piece", ["“", "。", "“a", "”。", "“。", "甲“乙。”", " \n"])
def test_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(text: str) -> float:
        taken = []
        for _ in range(3):
            start = time.process_time()
            split(text, ())
            taken.append(time.process_time() - start)
        return min(taken)

    split(piece * 100, ())
    assert seconds(piece * 40_000) < 40 * (seconds(piece * 4_000) + 0.002)
