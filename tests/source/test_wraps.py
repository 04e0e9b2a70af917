"""Lines broken at a width: whatever the width and whatever marks the paragraphs, the report is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from govreport_nlp import Report, parse, read

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
NO_START = frozenset("，。、；：！？）》”’%")


def wrapped(paragraph: str, width: int, columns: bool, hanging: bool) -> str:
    """``paragraph`` in lines of ``width`` characters, or columns of which an ASCII character takes one."""
    lines, at = [""], 0
    for char in paragraph:
        size = 1 if columns and char.isascii() else 1 + columns
        if at + size > width and not (hanging and char in NO_START and at <= width):
            lines.append("")
            at = 0
        lines[-1] += char
        at += size
    return "\n".join(lines)


def paragraphs(name: str) -> list[str]:
    return [line.strip() for line in read(CORPUS / name).text.split("\n") if line.strip()]


def said(report: Report) -> tuple[list[str], list[tuple[object, ...]]]:
    sentences = ["".join(s.text.split()) for s in report.sentences]
    return sentences, [(q.indicator, q.value, q.unit, q.status, q.bound) for q in report.quantities]


def tree(report: Report) -> list[tuple[object, ...]]:
    return [(s.kind, s.number, "".join(s.title.split())) for s in report.sections]


@pytest.mark.parametrize("hanging", [False, True])
@pytest.mark.parametrize(("width", "columns"), [(26, False), (36, False), (52, False), (57, True), (72, True)])
@pytest.mark.parametrize(
    ("indent", "between"), [("　　", "\n"), ("　　", "\n\n"), ("", "\n\n"), ("", "\n")], ids=["i", "ib", "b", "plain"]
)
@pytest.mark.parametrize("name", ["wangshuo-2024.txt", "jichuan-2023.txt"])
def test_a_report_set_to_a_width_is_the_same(
    name: str, indent: str, between: str, width: int, columns: bool, hanging: bool
) -> None:
    whole = [indent + p for p in paragraphs(name)]
    expected = parse(between.join(whole))
    found = parse(between.join(wrapped(p, width, columns, hanging) for p in whole))
    assert said(found) == said(expected)
    if indent or between == "\n\n":
        assert tree(found) == tree(expected)
