"""PDF files: the fixtures in tests/source/files say what report.txt says; layouts made by hand for the rest."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pytest

from govreport_nlp import source as sources
from govreport_nlp.errors import FormatError, LimitError
from govreport_nlp.rules import SHIPPED
from govreport_nlp.source import boilerplate, pdf
from govreport_nlp.source.pdf_layout import lay_out
from govreport_nlp.source.pdf_lines import Char
from govreport_nlp.source.wraps import patterns

FILES = Path(__file__).parent / "files"
EXPECTED = (FILES / "report.txt").read_text(encoding="utf-8").strip().split("\n")
BOLD = [line.split("。")[0] + "。" for line in EXPECTED if re.match(r".{7,10}。", line)]


@pytest.mark.parametrize("name", ["report.pdf", "columns.pdf"])
def test_a_paragraph_a_line_whatever_the_columns_and_pages(name: str) -> None:
    view = sources.fold(sources.read(FILES / name))
    wanted = sources.fold(sources.from_text("\n".join(EXPECTED)))
    assert view.text.strip().split("\n") == wanted.text.strip().split("\n")


@pytest.mark.parametrize("name", ["report.pdf", "columns.pdf"])
def test_bold_runs(name: str) -> None:
    source = sources.read(FILES / name)
    assert source.bold is not None
    found = [source.text[a:b] for a, b in source.bold]
    assert found == ["政府工作报告", "一、2030年工作回顾", *BOLD[:3], "二、2031年重点工作", *BOLD[3:]]


def test_running_heads_and_page_numbers_are_boilerplate() -> None:
    source = sources.read(FILES / "report.pdf")
    marked = [source.text[a:b] for a, b in source.boilerplate]
    assert set(marked) == {"望朔县人民政府文件汇编", "— 1 —", "— 2 —", "— 3 —"}


def test_an_encrypted_file() -> None:
    with pytest.raises(FormatError, match=r"this PDF is encrypted; save it without a password\.$"):
        sources.read(FILES / "encrypted.pdf")


def test_a_broken_file() -> None:
    data = (FILES / "report.pdf").read_bytes()
    with pytest.raises(FormatError, match="this PDF is broken"):
        sources.read(b"%PDF-1.7\nnothing")
    with pytest.raises(FormatError):
        sources.read(data[:2000])


def test_scanned_pages() -> None:
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument.new()
    for _ in range(3):
        document.new_page(400, 600)
    stream = io.BytesIO()
    document.save(stream)
    with pytest.raises(FormatError, match="scanned images without text; run character recognition"):
        sources.read(stream.getvalue())


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(LimitError, match="more than 1 pages"):
        sources.read(FILES / "report.pdf")


def row(text: str, left: float, top: float, size: float = 10, font: str = "Song", bold: bool = False) -> list[Char]:
    chars, at = [], left
    for char in text:
        width = size / 2 if char.isascii() else size
        chars.append(Char(char, at, at + width, top, top + size, size, font, bold))
        at += width
    return chars


def laid(*pages: list[Char]) -> list[str]:
    return lay_out(list(pages), boilerplate.compiled().alone, patterns()).text().strip().split("\n")


def test_a_number_is_not_cut_at_a_line_end() -> None:
    page = row("增长" * 9 + "12", 20, 50) + row("34亿元。", 10, 65) + row("新建学校。", 30, 80)
    assert laid(page) == ["增长" * 9 + "1234亿元。", "新建学校。"]


def test_a_paragraph_goes_on_over_the_page_and_its_marginal_lines() -> None:
    first = row("政" * 20, 10, 60) + row("府" * 20, 10, 75) + row("— 1 —", 90, 780)
    first = row("文件汇编", 90, 10) + first
    second = row("文件汇编", 90, 10) + row("工作。", 10, 60) + row("　　报告。", 10, 75) + row("— 2 —", 90, 780)
    lines = laid(first, second)
    assert "政" * 20 + "府" * 20 + "工作。" in lines


def test_lines_of_two_sizes_do_not_melt() -> None:
    assert laid(row("政府工作报告", 10, 50, 20) + row("各位代表", 10, 80)) == ["政府工作报告", "各位代表"]


def test_words_of_a_wide_set_title_have_no_gaps() -> None:
    made_up = Char(" ", 0, 0, 0, 0, 1, "", False)
    title = [c for char in row("政府工作报告", 10, 50, 20) for c in (char, made_up)]
    assert laid(title) == ["政府工作报告"]


def test_printed_twice_to_look_bold() -> None:
    twice = [c for char in row("稳增长", 10, 50) for c in (char, char._replace(left=char.left + 0.4))]
    assert laid(twice) == ["稳增长"]


def test_the_font_of_most_of_the_text_is_not_bold() -> None:
    page = row("增长" * 9, 10, 50, bold=True) + row("就业", 10, 90, font="Hei", bold=True)
    builder = lay_out([page], boilerplate.compiled().alone, patterns())
    assert [builder.text()[a:b] for a, b in builder.bold] == ["就业"]


@pytest.mark.parametrize("rule", SHIPPED.load("bold_fonts.toml", pdf.BoldFont), ids=lambda r: r.id)
def test_bold_font_names(rule: pdf.BoldFont) -> None:
    for name in rule.examples:
        assert re.search(rule.pattern, name.lower()), name
    for name in rule.counterexamples:
        assert not pdf.bold_names(SHIPPED).search(name.lower()), name


def test_any_placing_gives_text_in_time() -> None:
    page = [c for i in range(400) for c in row("增长5%", (i * 37) % 500, (i * 53) % 700)]
    start = time.process_time()
    assert sum(map(len, laid(page))) >= 1600
    assert time.process_time() - start < 3


def test_signs_written_after_their_row_stand_in_their_gaps() -> None:
    """A word processor sets “ ” in the Latin font, and may write them when the rest of the row is written."""
    gaps = row("深化", 10, 50) + row("放管服", 40, 50) + row("改革和一网通办。", 80, 50)
    marks = row("“", 30, 51, font="Times") + row("”", 70, 51, font="Times")
    assert laid(gaps + marks) == ["深化“放管服”改革和一网通办。"]
    assert laid(marks + gaps) == ["深化“放管服”改革和一网通办。"]


def test_a_line_is_full_where_the_next_number_had_no_room() -> None:
    page = row("政" * 20, 10, 50) + row("府" * 17 + "为", 10, 65) + row("123.45亿元，增长。", 10, 80)
    assert laid(page) == ["政" * 20 + "府" * 17 + "为123.45亿元，增长。"]
    page = row("政" * 20, 10, 50) + row("府" * 16 + "。", 10, 65) + row("123.45亿元。", 10, 80)
    assert laid(page)[-1] == "123.45亿元。"


def test_the_lines_over_a_report_stay_apart_however_wide() -> None:
    occasion = row("（2031年1月9日在望朔县第十九届人民代表大会第一次会议上）", 10, 50)
    page = occasion + row("望朔县人民政府县长　周知行", 90, 65) + row("各位代表：", 30, 90)
    assert laid(page)[:2] == ["（2031年1月9日在望朔县第十九届人民代表大会第一次会议上）", "望朔县人民政府县长　周知行"]


def test_a_number_opens_a_paragraph_below_a_full_line() -> None:
    page = (
        row("增" * 19 + "。", 10, 50) + row("（二）办好学校。", 10, 65) + row("政" * 20, 10, 80) + row("府。", 10, 95)
    )
    assert laid(page) == ["增" * 19 + "。", "（二）办好学校。", "政" * 20 + "府。"]


def test_a_small_raised_figure_is_the_mark_of_a_note() -> None:
    """It is no part of the number or the sentence beside it; a square metre's is."""
    page = row("推行一站通办", 10, 50) + row("12", 70, 49, size=6) + row("改革，新增3km", 76, 50)
    page += row("2", 76 + 65, 49, size=6) + row("绿地。", 76 + 68, 50)
    builder = lay_out([page], boilerplate.compiled().alone, patterns())
    source = builder.source("pdf", "a.pdf")
    assert source.text == "推行一站通办12改革，新增3km2绿地。"
    assert [source.text[a:b] for a, b in source.boilerplate] == ["12"]


def noted(*pages: list[Char]) -> tuple[list[str], list[str], list[str]]:
    """The lines of the body, the notes, and the marks in the body."""
    source = lay_out(list(pages), boilerplate.compiled().alone, patterns()).source("pdf", "a.pdf")
    first = min((a for a, _ in source.notes), default=len(source.text))
    return (
        source.text[:first].strip().split("\n"),
        [line for a, b in source.notes for line in source.text[a:b].split("\n")],
        [source.text[a:b] for a, b in source.boilerplate],
    )


def test_notes_at_the_foot_of_pages_stand_after_the_body() -> None:
    first = row("推行一站通办", 10, 50) + row("1", 70, 49, size=6) + row("改革，政府工作报" * 2, 76, 50)
    first += (
        row("1", 10, 700, size=5)
        + row("一站通办：办事只进1个大厅，", 15, 700, size=8)
        + row("平均3天。", 10, 712, size=8)
    )
    second = row("告增长5%。", 10, 50) + row("2", 60, 49, size=6) + row("2", 10, 700, size=5)
    second += row("数据为快报数。", 15, 700, size=8)
    body, notes, marks = noted(first, second)
    assert body == ["推行一站通办[1]改革，政府工作报改革，政府工作报告增长5%。[2]"]
    assert notes == ["[1] 一站通办：办事只进1个大厅，平均3天。", "[2] 数据为快报数。"]
    assert marks == ["[1]", "[2]"]


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    first = row("推行一站通办", 10, 50) + row("1", 70, 49, size=6) + row("改革，增长5%。", 76, 50)
    first += row("1 一站通办：办事只进", 10, 700, size=8)
    second = row("　　新建学校，扩建医院，增长6%。", 10, 50) + row("1个大厅，平均3天。", 10, 700, size=8)
    _, notes, _ = noted(first, second)
    assert notes == ["[1] 一站通办：办事只进1个大厅，平均3天。"]


def test_notes_that_each_page_numbers_anew_get_numbers_of_their_own() -> None:
    pages = [
        row(f"推行{term}", 10, 50)
        + row("①", 50, 49, size=6)
        + row("增长。", 56, 50)
        + row("新建学校三所。", 10, 70)
        + row(f"① {term}：指方法。", 10, 700, size=8)
        for term in ("街长", "路长")
    ]
    body, notes, marks = noted(*pages)
    assert "".join(body) == "推行街长[1]增长。新建学校三所。推行路长[2]增长。新建学校三所。"
    assert notes == ["[1] 街长：指方法。", "[2] 路长：指方法。"]
    assert marks == ["[1]", "[2]"]


@pytest.mark.parametrize(
    "foot",
    [
        row("2024年完成投资12亿元。", 10, 700, size=8),  # a figure that no mark in the text bears
        row("1．新建学校3所。", 10, 700),  # a list in the size of the text
        row("注：数据为快报数。", 10, 700, size=8),
    ],
)
def test_what_else_stands_at_the_foot_stays_where_it_is(foot: list[Char]) -> None:
    body, notes, _ = noted(row("推行一站通办改革，增长5%。", 10, 50) + row("新建学校。", 30, 65) + foot)
    assert notes == []
    assert body[-1] == "".join(char.text for char in foot)
