"""Marks in running text, by the fixture tests/golden/page.txt, and whatever spans there are."""

from __future__ import annotations

import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_nlp.page.inline import Inline
from govreport_nlp.page.marks import Entry, Mark
from govreport_nlp.tables.links import anchor
from tests.golden import cases

ALL = cases("page.txt")
TABLES = ("slogans", "projects", "quantities")


def marked(start: int, end: int, table: str) -> Mark:
    return Mark(start, end, anchor(table, start, end), (Entry(table, "", ()),))


@pytest.mark.parametrize(("title", "given", "expected"), ALL, ids=[title for title, _, _ in ALL])
def test_marks(title: str, given: str, expected: str) -> None:
    text, *spans = given.splitlines()
    marks = []
    for span in spans:
        table, words = span[1:-1].split(": ", 1)
        start = text.index(words)
        marks.append(marked(start, start + len(words), table))
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    html = Inline(text, marks).write(0, len(text))
    assert re.sub(r' (tabindex|title)="[^"]*"', "", html) == expected


SPAN = st.tuples(st.integers(0, 19), st.integers(1, 20), st.sampled_from(TABLES)).filter(lambda s: s[0] < s[1])
STYLES = (
    st.lists(st.integers(0, 20), unique=True)
    .map(sorted)
    .map(lambda ends: list(zip(ends[::2], ends[1::2], strict=False)))
)


@given(st.sets(SPAN, max_size=12), STYLES, STYLES, st.integers(0, 20))
def test_whatever_the_spans_each_mark_holds_its_words(
    spans: set[tuple[int, int, str]], bold: list[tuple[int, int]], off: list[tuple[int, int]], cut: int
) -> None:
    text = "天地玄黄<宇宙>洪荒&日月盈昃，辰宿列张"[:20].ljust(20, "。")
    marks = sorted((marked(*span) for span in spans), key=lambda mark: (mark.start, -mark.end))
    inline = Inline(text, marks, bold, off)
    found = lxml.html.fragment_fromstring(inline.write(0, cut) + inline.write(cut, 20), create_parent="div")
    assert found.text_content() == text
    for mark in marks:
        pieces = found.xpath(f".//mark[@id='{mark.id}' or @data-of='{mark.id}']")
        assert pieces[0].get("id") == mark.id
        assert "".join(piece.text_content() for piece in pieces) == text[mark.start : mark.end]
        assert all(piece.get("class") in TABLES for piece in pieces)
    assert len(found.xpath(".//*[@id]")) == len(marks)
    for span, path in ((bold, ".//b"), (off, ".//span")):
        words = "".join(element.text_content() for element in found.findall(path))
        assert len(words) <= sum(b - a for a, b in span)


def test_nesting_has_no_limit() -> None:
    text = "甲" * 5000
    marks = [marked(i, len(text), "slogans") for i in range(2400)]
    html = Inline(text, marks).write(0, len(text))
    assert html.count("<mark ") == html.count("</mark>") == 2400
