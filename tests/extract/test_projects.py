"""Projects: the golden cases, what always holds, and linear time however the text runs."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_nlp.model import Project
from govreport_nlp.rules import Ruleset
from tests.extract.projects_of import projects_of
from tests.golden import cases
from tests.marks import unmark

WORDS = (
    *"、，。；和与及等的“”（）至",
    *("建成", "开工", "推进", "建设", "改造", "前期工作", "投产", "确保", "总投资3亿元", "年产5万吨", "6个", "两条"),
    *("青石", "柳塘", "金石", "重大", "农村", "生态", "项目", "工程", "水库", "路", "产业园", "行动", "一期", "东"),
    *("《", "》", "”“", "和平路", "二期", "2条", "“三大攻坚”", "水利工程", "征地", "强化"),
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


def shown(project: Project) -> str:
    parts = [project.name, project.kind, project.stage or "-", project.head]
    if project.group_size is not None:
        parts.append(f"group={project.group_size}")
    if project.investment is not None:
        parts.append(f"investment={project.investment:g}{project.investment_unit}")
    if project.capacity is not None:
        parts.append(f"capacity={project.capacity}")
    return " | ".join(parts)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*c[1:], id=c[0]) for c in cases("projects.txt")])
def test_golden(text: str, expected: str) -> None:
    plain, spans = unmark(text)
    found = projects_of(plain)
    assert [(p.start, p.end) for p in found] == spans
    assert [shown(p) for p in found] == ([] if expected == "none" else expected.splitlines())


@given(TEXTS)
def test_records_are_in_order_and_are_what_the_text_has(text: str) -> None:
    found = projects_of(text)
    for p in found:
        assert text[p.start : p.end] == p.text
        assert p.text in p.name
        assert p.head in p.name
        assert 0 < p.confidence <= 1
        assert "等" not in re.sub(r"（.*）|“.*”", "", p.text)
        assert p.rule.count("+") == 1
    assert [p.start for p in found] == sorted({p.start for p in found})


@pytest.mark.parametrize(
    "text", ["高速建成青石和柳塘（”“三大攻坚”纵", "建设”“三大攻坚”前期工作完成三期工程", "推进”“、青石路等项目"]
)
def test_quotations_that_do_not_close_do_no_harm(text: str) -> None:
    assert all(text[p.start : p.end] == p.text for p in projects_of(text))


@given(TEXTS, TEXTS)
def test_paragraphs_do_not_meddle(first: str, second: str) -> None:
    apart = [p.name for p in (*projects_of(first), *projects_of(second))]
    assert [p.name for p in projects_of(f"{first}\n{second}")] == apart


@pytest.mark.parametrize(
    "unit",
    [
        "青石水库、",
        "青石水库和",
        "等",
        "“",
        "“甲”",
        "（",
        "改造",
        "建成项目",
        "的",
        "青石至柳塘",
        "3个",
        "推进青石、",
        "总投资",
        "6",
        "东",
        "项目，",
        "开工因",
    ],
)
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = "建成" + unit * (size // len(unit))
        best = float("inf")
        for _ in range(3):
            began = time.process_time()
            projects_of(text)
            best = min(best, time.process_time() - began)
        return best

    short = seconds(20_000)
    assert seconds(80_000) < 10 * short + 0.05


def test_a_users_own_words_are_used(tmp_path: Path) -> None:
    (tmp_path / "project_heads.toml").write_text(
        '[[rule]]\nid = "mine"\nnaming = "proper"\nkind = "construction"\nwords = ["风雨廊桥"]\n'
        'examples = ["建成〔青石风雨廊桥〕。"]\n',
        encoding="utf-8",
    )
    text = "建成青石风雨廊桥。"
    assert [p.head for p in projects_of(text)] == ["桥"]
    mine = projects_of(text, Ruleset((tmp_path,)))
    assert [(p.head, p.rule) for p in mine] == [("风雨廊桥", "verb.erected+mine")]
