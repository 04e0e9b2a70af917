"""Pages of invented sites with a gold by the line: ``+`` belongs to the report, ``-`` does not.

benchmarks/pages.py reads and counts them; the ratchet of benchmarks/accuracy.py holds precision and recall.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import pages
from govreport_nlp import source as sources

PAGES = Path(__file__).parent / "pages"
NAMES = pages.names(PAGES)


@pytest.mark.parametrize("name", NAMES)
def test_every_visible_line_is_there_in_order(name: str) -> None:
    assert [pages.bare(text) for text, _ in pages.read_lines(PAGES / name)] == [
        pages.bare(text) for text, _ in pages.gold(PAGES / name)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_lines_are_told_apart(name: str) -> None:
    wrong = [
        f"{'lost' if wanted else 'kept'}: {text}"
        for (text, wanted), (_, found) in zip(pages.gold(PAGES / name), pages.read_lines(PAGES / name), strict=True)
        if wanted != found
    ]
    assert wrong == []


def test_there_are_enough_layouts() -> None:
    assert len(NAMES) >= 8
    assert all(pages.gold_of(PAGES / name).is_file() for name in NAMES)


def test_lines_that_were_not_labelled_stop_the_measurement(tmp_path: Path) -> None:
    page = tmp_path / "share.txt"
    page.write_bytes((PAGES / "share.txt").read_bytes())
    labels = pages.gold_of(PAGES / "share.txt").read_text(encoding="utf-8")
    pages.gold_of(page).write_text("+ 一行\n" + labels, encoding="utf-8")
    with pytest.raises(ValueError, match=r"share\.txt"):
        pages.score(page)


def test_a_lost_line_and_a_kept_one_are_counted(tmp_path: Path) -> None:
    page = tmp_path / "share.txt"
    page.write_bytes((PAGES / "share.txt").read_bytes())
    labels = pages.gold_of(PAGES / "share.txt").read_text(encoding="utf-8").splitlines()
    first = {sign: next(i for i, line in enumerate(labels) if line.startswith(sign)) for sign in "+-"}
    for sign, i in first.items():
        labels[i] = ("-" if sign == "+" else "+") + labels[i][1:]
    pages.gold_of(page).write_text("\n".join(labels), encoding="utf-8")
    tally = pages.score(page)
    assert (tally.fp, tally.fn) == (1, 1)
    assert 0 < tally.precision == tally.tp / (tally.tp + 1) < 1
    assert 0 < tally.recall < 1


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
