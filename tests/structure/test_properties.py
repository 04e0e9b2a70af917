"""What holds of every tree, whatever the text."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_nlp.rules import SHIPPED
from govreport_nlp.source import fold, from_text
from govreport_nlp.structure import build
from govreport_nlp.structure.outline import Document
from tests.structure.trees import document

PIECES = """
政府工作报告/|各位代表：/|各位代表！|一、2030年工作回顾/|二、2031年安排/|三、/|（一）稳就业。|（二）|1.强教育。|2.|一是|二要
——|第一，|①|守牢生态底线。|加强乡村治理。|名词解释/|附件1/|1.两张网：河网和路网。/|“|”|，|。|；|/|//|　　|**
全年增长5.5%|工作安排|第一部分 |㈠
"""
WORDS = [piece.replace("/", "\n") for piece in PIECES.strip().replace("\n", "|").split("|")]
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=50).map("".join)


def check(doc: Document) -> None:
    text = doc.view.text
    for index, node in enumerate(doc.nodes):
        assert 0 <= node.start <= node.title_start < node.title_end <= node.end <= len(text)
        assert node.title == node.title.strip() != ""
        assert node.title[-1] != "。"
        if node.parent is not None:
            above = doc.nodes[node.parent]
            assert node.parent < index
            assert above.start <= node.start
            assert node.end <= above.end
            assert index in above.children
        for a, b in pairwise(node.children):
            assert doc.nodes[a].end <= doc.nodes[b].start
    starts = [n.start for n in doc.nodes]
    assert starts == sorted(set(starts))
    for before, after in pairwise(doc.sentences):
        assert before.end <= after.start
    covered = "".join(text[a:b] for a, b, _ in doc.sentences)
    assert "".join(covered.split()) == "".join(text.split())
    for start, end, section in doc.sentences:
        inner = [i for i, n in enumerate(doc.nodes) if n.start <= start < n.end]
        assert section == (inner[-1] if inner else None)
        assert all(not start < n.start < end for n in doc.nodes)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_sections_nest_and_sentences_cover_the_body(text: str) -> None:
    check(document(text))


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_the_same_holds_on_a_folded_view(text: str) -> None:
    source = from_text(text.replace("**", ""))
    view = fold(source)
    doc = build(source, view, SHIPPED, {})
    check(doc)
    for node in doc.nodes:
        start, end = view.span(node.start, node.end)
        assert 0 <= start < end <= len(source.text)


def test_long_hostile_texts_take_time_by_their_length_only() -> None:
    for piece in [
        "一、",
        "（一）甲。\n",
        "一是甲。\n",
        "甲。乙\n",
        "——",
        "“",
        "注释\n",
        "第",
        " \n",
        "1.1\n",
        "**甲。**乙。",
        "甲乙丙丁。\n",
    ]:
        began = time.process_time()
        document(piece * (120_000 // len(piece)))
        assert time.process_time() - began < 3
