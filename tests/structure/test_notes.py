"""Footnotes and endnotes of Word: from the file to the glossary, and out of the body's tables."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from govreport_nlp import Report, read
from tests.source.test_docx import p, package, r

NOTE_REFERENCE = '<w:rStyle w:val="FootnoteReference"/><w:vertAlign w:val="superscript"/>'


def mark(kind: str, key: int) -> str:
    return f'<w:r><w:rPr>{NOTE_REFERENCE}</w:rPr><w:{kind}Reference w:id="{key}"/></w:r>'


def note(kind: str, key: int, *paragraphs: str) -> str:
    """A note as Word writes it: its number first, a space, the text."""
    number = f"<w:r><w:rPr>{NOTE_REFERENCE}</w:rPr><w:{kind}Ref/></w:r>"
    first, *more = paragraphs
    return f'<w:{kind} w:id="{key}">{p(number, r(" "), r(first))}{"".join(p(r(m)) for m in more)}</w:{kind}>'


def separators(kind: str) -> str:
    return "".join(
        f'<w:{kind} w:type="{name}" w:id="{key}"><w:p><w:r><w:{name}/></w:r></w:p></w:{kind}>'
        for key, name in ((-1, "separator"), (0, "continuationSeparator"))
    )


BODY = [
    p(r("望朔县2031年政府工作报告")),
    p(r("各位代表：")),
    p(r("现在，我代表县人民政府，向大会报告工作，请予审议。")),
    p(r("一、2030年工作回顾", "<w:b/>")),
    p(r("落实“河湖双长制”"), mark("footnote", 1), r("，推行“一站"), r("通办"), mark("footnote", 2), r("”，增长6.1%。")),
    p(r("实施“三进三送"), r("”"), mark("endnote", 1), r("，新建学校3所；修订《护林约》"), mark("footnote", 4), r("。")),
    p(r("二、2031年工作安排", "<w:b/>")),
    p(r("城镇新增就业2000人以上，办好夜校"), mark("footnote", 3), r("。")),
]  # fmt: skip
FEET = [
    note("footnote", 1, "“河湖双长制”：指由党政领导担任河长、湖长，治理河道120公里。"),
    note("footnote", 2, "指办事只进一个大厅，平均3天办结。", "已在全县12个乡镇推开。"),
    note("footnote", 3, "数据为县教育局快报数，共46个班。"),
    note("footnote", 4, "是指全县236个村的封山公约。"),
]
ENDS = [note("endnote", 1, "三进三送：进村、进校、进厂，送技术、送岗位、送服务5000人次。")]


@pytest.fixture(scope="module")
def report() -> Report:
    data = package(
        "".join(BODY),
        footnotes=separators("footnote") + "".join(FEET),
        endnotes=separators("endnote") + "".join(ENDS),
    )
    return read(io.BytesIO(data))


def test_each_note_is_tied_to_its_term(report: Report) -> None:
    notes = [s for s in report.sections if s.kind == "glossary"]
    assert [(s.number, s.title) for s in notes] == [
        (None, ""),
        (1, "河湖双长制"),
        (2, "一站通办"),
        (4, "护林约"),
        (5, ""),
        (3, "三进三送"),
    ]
    second = notes[2]
    assert report.text[second.start : second.end].endswith("已在全县12个乡镇推开。")


def test_the_notes_numbers_are_no_rows(report: Report) -> None:
    assert [q.text for q in report.quantities] == ["6.1%", "3所", "2000人"]
    assert [s.text for s in report.slogans] == ["河湖双长制", "一站通办", "三进三送"]


def test_slogans_are_defined_by_their_notes(report: Report) -> None:
    told = {s.text: (s.definition_source, s.definition) for s in report.slogans}
    assert told["三进三送"] == ("glossary", "进村、进校、进厂，送技术、送岗位、送服务5000人次")
    assert told["河湖双长制"] == ("glossary", "由党政领导担任河长、湖长，治理河道120公里")
    assert told["一站通办"][0] == "glossary"


def test_the_body_ends_before_the_notes(report: Report) -> None:
    plan = next(s for s in report.sections if s.number == 2 and s.kind == "part")
    assert report.text[plan.start : plan.end].endswith("办好夜校[5]。")


def test_a_glossary_of_the_text_goes_before_the_notes() -> None:
    body = [*BODY, p(r("名词解释")), p(r("1.两张网：河网和路网，共90公里。"))]
    report = read(io.BytesIO(package("".join(body), footnotes="".join(FEET), endnotes="".join(ENDS))))
    titles = [s.title for s in report.sections if s.kind == "glossary"]
    assert titles[:4] == ["名词解释", "两张网", "", "河湖双长制"]
    assert len(report.quantities) == 3


def test_notes_of_a_doc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    report = read(Path(__file__).parents[1] / "source" / "files" / "notes.doc")
    notes = [(s.number, s.title) for s in report.sections if s.kind == "glossary"]
    assert notes == [(None, ""), (1, "河湖双长制"), (2, "一站通办"), (4, "五小提升"), (3, "三进三送")]
    assert [q.text for q in report.quantities] == ["6.1%", "3所", "2000人"]
