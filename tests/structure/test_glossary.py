"""The appended glossary: where it begins and ends, and its terms."""

from __future__ import annotations

import pytest

from tests.structure.trees import document, drawn


@pytest.mark.parametrize("title", ["名词解释", "名词说明：", "注释", "《政府工作报告》名词解释", "附：有关名词注释"])
def test_the_title_line_opens_it(title: str) -> None:
    doc = document(f"一、今年安排\n办好实事。\n{title}\n1.两张网：河网和路网。\n2.三块田：粮田、菜田、果田。")
    assert [n.kind for n in doc.nodes] == ["part", "glossary", "glossary", "glossary"]
    assert [n.title for n in doc.nodes[2:]] == ["两张网", "三块田"]
    assert {n.scope for n in doc.nodes[1:]} == {None}


def test_an_entry_of_several_lines_is_one_term() -> None:
    doc = document("正文。\n名词解释\n1.两张网：河网和路网。\n河网长90公里。\n2.三块田：粮田、菜田、果田。")
    first = doc.nodes[1]
    assert doc.view.text[first.start : first.end].endswith("河网长90公里。")


def test_a_page_that_goes_on_below_is_no_part_of_it() -> None:
    doc = document("正文。\n名词解释\n1.两张网：河网和路网。\n责任编辑：某某\n相关报道：会议开幕")
    assert doc.view.text[doc.nodes[0].start : doc.nodes[0].end].endswith("河网和路网。")


def test_a_title_without_terms_is_no_glossary() -> None:
    assert drawn(
        document("一、今年安排\n办好实事。\n注释\n以上数据均为快报数，最终数据以统计公报为准，特此说明。")
    ).startswith("part")
    assert all(n.kind != "glossary" for n in document("注释\n以上数据均为快报数。").nodes)


def test_many_empty_titles_are_no_burden() -> None:
    assert document("注释\n" * 3000).nodes == ()
