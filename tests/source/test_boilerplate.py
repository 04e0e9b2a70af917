"""Boilerplate by wording and place, in small plain texts."""

from __future__ import annotations

import pytest

from govreport_nlp import source as sources
from govreport_nlp.rules import SHIPPED
from govreport_nlp.source import boilerplate
from govreport_nlp.source.document import Source

TITLE = "望朔县2031年政府工作报告"
OPENING = "各位代表：\n现在，我代表县人民政府向大会报告工作，请予审议，并请县政协委员和列席会议的同志提出意见。"
BODY = "过去一年，全县地区生产总值增长6.3%，新建农村公路120公里，城镇新增就业3260人，各项事业全面发展。"
CLOSING = "各位代表！让我们同心同德、苦干实干，为加快建设富裕美丽幸福的新望朔而不懈奋斗！"


def cut(text: str) -> list[str]:
    source = sources.from_text(text)
    return [source.text[a:b] for a, b in source.boilerplate]


def test_what_stands_before_a_title_that_names_its_year() -> None:
    text = f"云上望朔\n要闻速递\n{TITLE}\n记者站供稿\n{OPENING}\n{BODY}"
    assert cut(text) == ["云上望朔", "要闻速递"]


def test_a_sentence_before_the_title_stays() -> None:
    note = "编者按：1月9日，县长在望朔县第十九届人民代表大会第一次会议上作了政府工作报告，现予全文刊发。"
    assert cut(f"首页\n{note}\n{TITLE}\n{OPENING}\n{BODY}") == ["首页"]


def test_a_bare_title_in_a_menu_is_not_the_title() -> None:
    text = f"首页\n政府工作报告\n统计公报\n政府工作报告\n——2031年1月9日在望朔县人民代表大会会议上\n{OPENING}\n{BODY}"
    assert cut(text) == ["首页", "政府工作报告", "统计公报"]


def test_title_occasion_and_speaker_are_never_cut() -> None:
    text = f"{TITLE}\n2031年1月9日在望朔县第十九届人民代表大会第一次会议上\n代县长　周知行\n{OPENING}\n{BODY}"
    assert cut(text) == []


def test_a_text_without_title_loses_nothing_unknown() -> None:
    assert cut(f"过去五年工作回顾\n望朔新貌\n{BODY}\n{BODY}") == []


def test_page_numbers_by_form_and_by_counting_on() -> None:
    assert cut(f"{OPENING}\n- 1 -\n{BODY}\n第2页\n{BODY}") == ["- 1 -", "第2页"]
    assert cut(f"{OPENING}\n7\n{BODY}\n8\n{BODY}\n9\n{BODY}") == ["7", "8", "9"]
    assert cut(f"{OPENING}\n7\n{BODY}\n12\n{BODY}") == []


def test_running_heads_beside_page_numbers_but_not_the_salutation() -> None:
    page = f"{BODY}\n文件汇编\n- {{}} -\n各位代表！"
    text = OPENING + "\n" + "\n".join(page.format(i) for i in range(1, 4)) + "\n" + CLOSING
    assert set(cut(text)) == {"文件汇编", "- 1 -", "- 2 -", "- 3 -"}


def test_after_the_end_labels_follow_what_is_known() -> None:
    text = f"{OPENING}\n{BODY}\n{CLOSING}\n责任编辑：周行\n热点聚焦\n望朔县召开座谈会"
    assert cut(text) == ["责任编辑：周行", "热点聚焦", "望朔县召开座谈会"]
    assert cut(f"{OPENING}\n{BODY}\n{CLOSING}\n望朔县召开座谈会") == []


def test_a_glossary_after_the_editors_line_stays() -> None:
    text = f"{OPENING}\n{BODY}\n{CLOSING}\n责任编辑：周行\n名词解释\n1.一户一码\n指为每户农户建立一个档案。"
    assert cut(text) == ["责任编辑：周行"]


def test_a_site_that_ends_takes_all_that_follows() -> None:
    notice = "版权声明：本站文章未经许可不得转载。\n本页面上的其他文字也不属于报告，虽然它们写成了完整的句子。"
    assert cut(f"{OPENING}\n{BODY * 12}\n{CLOSING}\n{notice}") == notice.split("\n")


def test_a_long_text_after_a_notice_is_not_taken_along() -> None:
    text = f"{OPENING}\n{BODY}\n版权声明：转载请注明出处。\n" + f"{BODY}\n" * 20
    assert BODY not in cut(text)


def test_marks_inside_lines() -> None:
    text = f"{OPENING}\n落实“五长制”[12]，建设两山银行②。（下转第四版）\n［12］五长制：指河长、林长等。\n{BODY}"
    assert cut(text) == ["[12]", "②", "（下转第四版）"]


def test_what_a_reader_found_is_kept_and_joined() -> None:
    source = Source(f"甲乙\n{OPENING}\n- 3 -\n{BODY}", "html", "a", boilerplate=((0, 2),))
    marked = boilerplate.mark(source, SHIPPED)
    assert [marked.text[a:b] for a, b in marked.boilerplate] == ["甲乙", "- 3 -"]


@pytest.mark.parametrize("text", ["", "\n", "首页", "各位代表：", "政府工作报告"])
def test_tiny_texts(text: str) -> None:
    assert sources.from_text(text).text == text


def test_facts_of_an_encyclopaedia_before_the_salutation_are_cut() -> None:
    assert cut(f"{TITLE}\n• 2030年财政支出：35亿元\n{OPENING}\n{BODY}") == ["• 2030年财政支出：35亿元"]


def test_items_of_a_text_that_addresses_nobody_stay() -> None:
    assert cut(f"{TITLE}\n• 财政支出：35亿元\n{BODY}") == []


def test_what_a_document_site_counts_is_cut_wherever_it_stands() -> None:
    text = f"{TITLE}\n{OPENING}\n{BODY}\n(第4/37页)\n共计30215个字，预计阅读时长101分钟\n加入收藏\n{BODY}\n{CLOSING}"
    assert cut(text) == ["(第4/37页)", "共计30215个字，预计阅读时长101分钟", "加入收藏"]
