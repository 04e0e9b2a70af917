"""Bold spans of the source in the offsets of the view."""

from __future__ import annotations

from array import array

from govreport_nlp.rules import SHIPPED
from govreport_nlp.source.document import Source, View
from govreport_nlp.structure import bold, build
from govreport_nlp.structure.paragraphs import split


def folded(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[Source, View]:
    """A source, and a view of it without its spaces."""
    kept = [i for i, char in enumerate(text) if char not in " \u3000"]
    view = View("".join(text[i] for i in kept), text, array("i", kept))
    return Source(text, "docx", "a.docx", bold=spans), view


def test_spans_are_mapped_into_the_view() -> None:
    source, view = folded("　　甲 乙丙。\n　　丁戊", ((0, 5), (9, 11)))
    assert view.text == "甲乙丙。\n丁戊"
    runs = bold.runs(view, source.bold or (), split(view.text))
    assert [(r.paragraph, view.text[r.start : r.end]) for r in runs] == [(0, "甲乙"), (1, "丁")]


def test_a_span_over_several_paragraphs_is_cut_and_touching_spans_are_joined() -> None:
    text = "甲乙\n丙丁"
    runs = bold.runs(View(text, text), ((0, 1), (1, 5)), split(text))
    assert [(r.paragraph, text[r.start : r.end]) for r in runs] == [(0, "甲乙"), (1, "丙丁")]


def test_titles_and_offsets_are_right_where_the_view_is_folded() -> None:
    text = "　　一、今年 安排\n　　抓好 农业。种粮。\n　　抓好工业。上项目。\n　　抓好商贸。办节会。"
    at = [text.index(title) for title in ("抓好 农业", "抓好工业", "抓好商贸")]
    source, view = folded(text, ((at[0], at[0] + 5), (at[1], at[1] + 4), (at[2], at[2] + 4)))
    doc = build(source, view, SHIPPED, {})
    assert [n.title for n in doc.nodes] == ["今年安排", "抓好农业", "抓好工业", "抓好商贸"]
    assert [view.span(n.start, n.title_end)[0] for n in doc.nodes[1:]] == at


def test_paragraphs_set_as_headings_are_headings_like_bold_ones() -> None:
    text = "今年工作安排\n抓农业\n种好粮。\n抓工业\n上项目。\n抓商贸\n办节会。"
    spans = tuple((text.index(t), text.index(t) + len(t)) for t in ("今年工作安排", "抓农业", "抓工业", "抓商贸"))
    doc = build(Source(text, "docx", "a.docx", heading=spans), View(text, text), SHIPPED, {})
    assert [(n.kind, n.title, n.depth) for n in doc.nodes] == [
        ("part", "今年工作安排", 1),
        ("subsection", "抓农业", 2),
        ("subsection", "抓工业", 2),
        ("subsection", "抓商贸", 2),
    ]
