"""What always holds of the source room, whatever comes in."""

from __future__ import annotations

import contextlib
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_nlp import source as sources
from govreport_nlp.errors import GovReportError
from govreport_nlp.source import Source, fold
from govreport_nlp.source.characters import table
from govreport_nlp.source.encoding import decode

# Characters that mean something to the folding, and some that mean nothing.
SIGNS = (
    "0123456789０９．·.％%,，。；;：:！？（）()《》“”\"'—-－+ \t\u3000\xa0\u2003\n\r\x0b\x0c\u200b\ufeff\u00ad"
    "\\?&•➤\x00\x07一二三（①[］［］年月日亿元增長发展GDPabc"
)
TEXTS = st.text(alphabet=st.one_of(st.sampled_from(SIGNS), st.characters(codec="utf-8")), max_size=300)
LINES = st.lists(st.text(alphabet=SIGNS + "建设推进各位代表：", max_size=60), max_size=30).flatmap(
    lambda lines: st.sampled_from(["\n", "\\r\\n", "&nbsp;", "??"]).map(lambda between: between.join(lines))
)


def check(source: Source) -> None:
    view = fold(source)
    text = source.text
    offsets = range(len(text)) if view.offsets is None else view.offsets
    assert len(offsets) == len(view.text)
    assert all(a < b for a, b in itertools.pairwise(offsets))
    forms = table()
    cut = {i for a, b in source.boilerplate for i in range(a, b)}
    for char, offset in zip(view.text, offsets, strict=True):
        assert 0 <= offset < len(text)
        origin = text[offset]
        if char in "\n ":
            assert origin.isspace() or origin in "\\rn?&nbsp;"
        else:
            assert offset not in cut
            assert char in (origin, forms.get(origin)) or origin in ",;:!?()（）·‧∙・•。-－—"
    assert "\n\n" not in view.text
    assert not view.text.startswith(("\n", " "))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_the_view_leads_back_for_any_text(text: str) -> None:
    check(sources.from_text(text))


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_the_view_leads_back_for_any_lines(text: str) -> None:
    check(sources.from_text(text))


@given(TEXTS, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=5))
@settings(max_examples=200, deadline=None)
def test_any_boilerplate_can_be_cut(text: str, spans: list[tuple[int, int]]) -> None:
    inside = sorted((min(a, b), max(a, b)) for a, b in spans if max(a, b) <= len(text) and a != b)
    apart: list[tuple[int, int]] = []
    for a, b in inside:
        if not apart or a >= apart[-1][1]:
            apart.append((a, b))
    check(Source(text, "txt", "a", boilerplate=tuple(apart)))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_span_of_the_view_is_a_span_of_the_source(text: str) -> None:
    view = fold(sources.from_text(text))
    for start in range(0, len(view.text), 7):
        end = min(start + 5, len(view.text))
        a, b = view.span(start, end)
        assert 0 <= a < b <= len(text)
        assert view.original(start, end) == text[a:b]


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_source_or_an_error_of_ours(data: bytes) -> None:
    with contextlib.suppress(GovReportError):
        source = sources.read(data)
        assert "\ufffd" not in source.text or "\ufffd".encode() in data


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"# "])
@given(rest=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_broken_files_of_a_format_give_an_error_of_ours(start: bytes, rest: bytes) -> None:
    with contextlib.suppress(GovReportError):
        sources.read(start + rest)


HAN = st.text(
    alphabet="政府工作报告我们坚持改革开放发展经济建设人民城乡就业收入增长，。、0123456789%\n",
    min_size=30,
    max_size=200,
)


@given(HAN, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "cp950", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]))
@settings(max_examples=300, deadline=None)
def test_what_is_decoded_is_what_was_encoded(text: str, encoding: str) -> None:
    old = {"经": "經", "济": "濟", "发": "發", "业": "業", "乡": "鄉", "开": "開", "们": "們", "坚": "堅", "长": "長",
           "报": "報", "设": "設", "坚持": "堅持"}  # fmt: skip
    if encoding == "cp950":
        text = "".join(old.get(char, char) for char in text)
    assert decode(text.encode(encoding), "a.txt") == text
