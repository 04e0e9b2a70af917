"""Markdown, by the fixture tests/golden/markdown.txt."""

from __future__ import annotations

import pytest

from govreport_nlp import source as sources
from govreport_nlp.rules import SHIPPED
from govreport_nlp.source import markdown
from tests.golden import cases

CASES = cases("markdown.txt")


@pytest.mark.parametrize(("title", "given", "expected"), CASES, ids=[title for title, _, _ in CASES])
def test_markdown(title: str, given: str, expected: str) -> None:
    source = markdown.read(given.encode(), "a.md", SHIPPED)
    shown = source.text
    for start, end in reversed(source.bold or ()):
        shown = f"{shown[:start]}<b>{shown[start:end]}</b>{shown[end:]}"
    assert shown == expected


def test_headings() -> None:
    source = markdown.read("# 题\n## 一、回顾\n正文".encode(), "a.md", SHIPPED)
    assert [source.text[a:b] for a, b in source.heading] == ["题", "一、回顾"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# 政府工作报告\n增长5%。", "markdown"),
        ("**一、回顾**\n增长。\n**二、安排**\n推进。", "markdown"),
        ("　　**稳增长。**全力。\n　　**促改革。**全面。", "markdown"),
        ("1. **稳增长。**全力。\n2. **促改革。**全面。", "markdown"),
        ("政府工作报告\n增长5%。", "txt"),
        ("在**县第三届人民代表大会上\n**县县长\n**镇", "txt"),
        ("#1机组投产，3#楼竣工。\n#标签", "txt"),
        ("一、回顾 ** 二、安排", "txt"),
    ],
)
def test_format_by_content(text: str, found: str) -> None:
    assert sources.reader_of(text.encode()).format == found
