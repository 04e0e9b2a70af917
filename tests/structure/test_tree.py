"""What holds what, where sections end, and how their paths read."""

from __future__ import annotations

from govreport_nlp import parse
from tests.structure.trees import document

TEXT = """一、2031年工作回顾
过去一年不平凡。
（一）农业更稳。总产12万吨。
（二）工业更强。新增企业7家。
（三）城乡更美。修路30公里。
同时，民族、统计等工作取得新成绩。
各位代表！成绩来之不易。
二、2032年工作安排
（一）守牢底线
守好耕地红线。补充耕地900亩。
守好生态红线。造林2万亩。"""


def held(text: str, title: str) -> str:
    doc = document(text)
    node = next(n for n in doc.nodes if n.title == title)
    return doc.view.text[node.start : node.end]


def test_a_section_ends_with_all_that_it_holds() -> None:
    assert held(TEXT, "2032年工作安排").endswith("造林2万亩。")
    assert held(TEXT, "守牢底线") == "（一）守牢底线\n守好耕地红线。补充耕地900亩。\n守好生态红线。造林2万亩。"
    assert held(TEXT, "守好耕地红线") == "守好耕地红线。补充耕地900亩。"


def test_a_run_of_one_paragraph_sections_ends_with_the_paragraph_of_its_last() -> None:
    assert held(TEXT, "城乡更美") == "（三）城乡更美。修路30公里。"
    assert held(TEXT, "2031年工作回顾").endswith("来之不易。")


def test_a_section_of_several_paragraphs_keeps_them() -> None:
    text = "一、今年安排\n（一）抓农业\n种好粮。\n养好猪。\n（二）抓工业\n上项目。\n育企业。"
    assert held(text, "抓农业") == "（一）抓农业\n种好粮。\n养好猪。"
    assert held(text, "抓工业") == "（二）抓工业\n上项目。\n育企业。"


def test_paths_name_numbers_in_chinese_and_else_titles() -> None:
    paths = [node.path for node in document(TEXT).nodes]
    assert paths == ["一", "一/一", "一/二", "一/三", "二", "二/一", "二/一/守好耕地红线", "二/一/守好生态红线"]


def test_markers_are_as_written() -> None:
    markers = [node.marker for node in document("一、今年安排\n(十一)抓农业\n第一， 抓春耕。要早。").nodes]
    assert markers == ["一、", "(十一)", "第一，"]


def test_titles_are_in_the_source_s_own_characters_without_its_gaps() -> None:
    report = parse("一、今年工作安排\n（一）發展農業２０ 項。新建水渠30公里。\n（二）發展工業。技改企业5家。")
    assert [section.title for section in report.sections] == ["今年工作安排", "發展農業２０項", "發展工業"]


def test_parents_children_and_depths_agree() -> None:
    doc = document(TEXT)
    for index, node in enumerate(doc.nodes):
        assert node.depth == (1 if node.parent is None else doc.nodes[node.parent].depth + 1)
        for child in node.children:
            assert doc.nodes[child].parent == index


def test_scopes_come_down_from_the_part() -> None:
    doc = document(TEXT + "\n（二）认清存在的问题\n短板还有不少。")
    assert [n.scope for n in doc.nodes] == ["review"] * 4 + ["plan"] * 4 + ["problems"]


def test_an_empty_text_has_no_sections() -> None:
    doc = document("")
    assert (doc.nodes, doc.sentences) == ((), ())


def test_thousands_of_headings_take_time_by_their_number_only() -> None:
    text = "\n".join(f"（{'一二三四五六七八九'[i % 9]}）抓好第{i}件事。\n一是干。\n二是干。" for i in range(5000))
    assert len(document(text).nodes) > 5000
