"""Pages of invented sites with a gold by the line: ``+`` belongs to the report, ``-`` does not.

The gold of ``x.html`` is ``x.lines``, that of ``x.txt`` is ``x.txt.lines``. Measured is what the folded view keeps.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govreport_nlp import source as sources

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(p.name for p in PAGES.iterdir() if p.suffix in (".html", ".txt"))


def gold(name: str) -> list[tuple[str, bool]]:
    path = PAGES / (name + ".lines" if name.endswith(".txt") else name.replace(".html", ".lines"))
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(line[2:], line[0] == "+") for line in lines if line]


def read_lines(name: str) -> list[tuple[str, bool]]:
    """Every line of the extracted text without the spans cut inside it, and whether anything of it is left."""
    source = sources.read(PAGES / name)
    kept = list(source.text)
    for start, end in source.boilerplate:
        kept[start:end] = ["\x00"] * (end - start)
    lines = []
    at = 0
    for line in source.text.split("\n"):
        left = "".join(kept[at : at + len(line)]).replace("\x00", "")
        lines.append((left if left.strip() else line, bool(left.strip())))
        at += len(line) + 1
    return [(text, is_report) for text, is_report in lines if text.strip()]


def bare(text: str) -> str:
    """Without white space and without the marks that are cut out of lines."""
    return re.sub(r"\[\d\]|（[下上][转接].{1,4}版）|\s", "", text) or text.strip()


@pytest.mark.parametrize("name", NAMES)
def test_every_visible_line_is_there_in_order(name: str) -> None:
    assert [bare(text) for text, _ in read_lines(name)] == [bare(text) for text, _ in gold(name)]


@pytest.mark.parametrize("name", NAMES)
def test_lines_are_told_apart(name: str) -> None:
    wrong = [
        f"{'lost' if wanted else 'kept'}: {text}"
        for (text, wanted), (_, found) in zip(gold(name), read_lines(name), strict=True)
        if wanted != found
    ]
    assert wrong == []


def test_precision_and_recall_over_all_pages() -> None:
    """The figures that docs quote; a floor, so that one hard page added later need not be perfect at once."""
    pairs = [
        (wanted, found) for name in NAMES for (_, wanted), (_, found) in zip(gold(name), read_lines(name), strict=True)
    ]
    cut = sum(not found for _, found in pairs)
    foreign = sum(not wanted for wanted, _ in pairs)
    both = sum(not wanted and not found for wanted, found in pairs)
    assert len(NAMES) >= 8
    assert both / cut >= 0.99  # of what is cut, that much is foreign
    assert both / foreign >= 0.97  # of what is foreign, that much is cut


def test_the_view_holds_the_report_only() -> None:
    view = sources.fold(sources.read(PAGES / "portal.html"))
    assert view.text.startswith("汀河县2031年政府工作报告\n——2031年1月10日")
    assert view.text.rstrip().endswith("把汀河建设得更加美好！")
    assert "隐藏" not in view.text


def test_bold_runs_of_a_page() -> None:
    source = sources.read(PAGES / "wechat.html")
    assert source.bold is not None
    bold = [source.text[a:b] for a, b in source.bold]
    assert bold[2:4] == ["01 过去五年工作回顾", "综合实力跃上台阶。"]


def test_a_page_in_another_encoding_than_it_says() -> None:
    data = (PAGES / "frames.html").read_bytes()
    wrong = data.replace(b"charset=gb2312", b"charset=utf-8")
    none = data.replace(b"charset=gb2312", b"")
    assert sources.read(wrong).text == sources.read(none).text == sources.read(data).text
