"""Pages as text, by the fixture tests/golden/html.txt; encodings; what stands around a report."""

from __future__ import annotations

import time

import pytest

from govreport_nlp import source as sources
from govreport_nlp.errors import EmptyInputError, LimitError
from govreport_nlp.rules import SHIPPED
from govreport_nlp.source import Source, html
from tests.golden import cases

CASES = cases("html.txt")
BODY = "过去一年，全县上下同心协力，地区生产总值增长6.3%，新建农村公路120公里，城镇新增就业3260人，发展势头良好。"


def page(inner: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{inner}</body></html>".encode()


def show(source: Source) -> str:
    text = source.text
    for start, end in reversed(source.bold or ()):
        text = f"{text[:start]}**{text[start:end]}**{text[end:]}"
    return text


@pytest.mark.parametrize(("title", "given", "expected"), CASES, ids=[title for title, _, _ in CASES])
def test_html(title: str, given: str, expected: str) -> None:
    shown = show(html.from_markup(given, "a.html", SHIPPED))
    assert shown.replace("\xa0", " ") == expected


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"<!DOCTYPE html><html>", "html"),
        (b"\n\n  <HTML><body>", "html"),
        (b"<!-- saved --><p>x", "html"),
        (b"\xef\xbb\xbf<div>x", "html"),
        ("<html>增长".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html>', "html"),
        ("甲<br>乙<br>".encode() * 5, "html"),
        ("增长<5%，达到>3%".encode(), "txt"),
        ("<<政府工作报告>>".encode(), "txt"),
    ],
)
def test_format_by_content(data: bytes, found: str) -> None:
    assert sources.reader_of(data).format == found


@pytest.mark.parametrize("real", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("said", ["utf-8", "gb2312", "iso-8859-1", "big5", "nonsense", ""])
def test_right_whatever_the_page_says(real: str, said: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={said}">' if said else ""
    text = f"<html><head>{meta}</head><body><p>{BODY}</p></body></html>"
    assert sources.read(text.encode(real)).text == BODY


def test_headings_and_note_marks() -> None:
    source = html.read(
        page("<h3>一、回顾</h3><p>落实河长制<sup><a href='#n'>[3]</a></sup>，治水10<sup>8</sup>方。</p>"), "a", SHIPPED
    )
    assert [source.text[a:b] for a, b in source.heading] == ["一、回顾"]
    assert [source.text[a:b] for a, b in source.boilerplate] == ["[3]"]
    assert source.text.endswith("治水108方。")


def test_links_inside_sentences_stay() -> None:
    inner = f"<p>{BODY}<a href='/a'>《望朔县水利规划》</a>开始实施。</p><p><a href='/b'>下载附件</a></p>"
    source = sources.read(page(inner))
    assert [source.text[a:b] for a, b in source.boilerplate] == ["下载附件"]


def test_a_named_container_of_the_report_itself_is_no_frame() -> None:
    inner = f"<div class='header'><p>一、工作回顾</p><p>{BODY}</p><p>二、工作安排</p><p>{BODY}</p></div>"
    assert sources.read(page(inner)).boilerplate == ()


def test_an_empty_page() -> None:
    with pytest.raises(EmptyInputError):
        sources.read(page("<script>x</script>"))


def test_entities_are_not_fetched_and_bombs_do_not_grow() -> None:
    bomb = (
        "<!DOCTYPE html [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><html><body><p>"
        + BODY
        + "&b;&b;</p>"
    )
    assert len(sources.read(bomb.encode()).text) < 200


@pytest.mark.parametrize("inner", ["<div>" * 500 + BODY, "<p>" + BODY + "<table><tr><td>" * 300])
def test_deep_nesting_loses_nothing(inner: str) -> None:
    assert BODY in sources.read(page(inner)).text


@pytest.mark.parametrize("inner", ["<div>" * 9000 + BODY + "</div>" * 9000, "<b>" * 9000 + BODY])
def test_what_the_parser_gives_up_on_is_an_error(inner: str) -> None:
    with pytest.raises(LimitError, match="nested too deep"):
        sources.read(page(inner))


@pytest.mark.parametrize(
    "markup",
    [
        "<style>" + "@media print{" * 4000 + "</style>",
        "<style>" + "a{" * 20000 + "</style>",
        "<style>" + ".a .b .c .d " * 5000 + "{font-weight:bold}</style>",
        "<!--" * 5000,
        "<p>" + "［1］" * 5000,
        "<p>" + "分享 " * 5000,
        "<p>" + "首页|" * 5000,
        "<p>" + "第1届" * 5000,
        "<p>" + "1 " * 10000,
        "<p>" + "(" * 10000,
    ],
)
def test_no_page_takes_long(markup: str) -> None:
    start = time.process_time()
    source = html.read(page(f"<p>{BODY}</p>" + markup), "a", SHIPPED)
    sources.fold(sources.boilerplate.mark(source))
    assert time.process_time() - start < 2
