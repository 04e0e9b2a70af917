"""One report in every format gives one tree and the same tables.

The files in tests/source/files were written by a word processor once; where LibreOffice is installed, more are written
anew from the shipped corpus. .ci/run installs it, and there nothing is skipped.
"""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from govreport_nlp import Report, read
from tests.source.test_docx import p, r
from tests.structure.test_notes import NOTE_REFERENCE, mark, separators

FILES = Path(__file__).parent / "source" / "files"
CORPUS = Path(__file__).resolve().parents[1] / "corpus"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TARGETS = {"doc": "doc:MS Word 97", "pdf": "pdf:writer_pdf_Export", "docx": "docx:MS Word 2007 XML"}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LINE = re.compile(r"([^。\n]{0,60})(。?)")


def tree(report: Report) -> list[tuple[object, ...]]:
    return [(s.kind, s.number, "".join(s.title.split()), s.scope) for s in report.sections]


def plain(report: Report, start: int, end: int) -> str:
    """The text without what is no part of the report, as a page's number in mid-sentence, and without spaces."""
    kept = [i for i in range(start, end) if not any(a <= i < b for a, b in report.boilerplate)]
    return "".join("".join(report.text[i] for i in kept).split())


def tables(report: Report) -> dict[str, list[tuple[object, ...]]]:
    """All rows without their places."""
    for record in (*report.quantities, *report.slogans, *report.projects, *report.relative_targets, *report.sentences):
        assert report.text[record.start : record.end] == record.text
    return {
        "quantities": [
            (q.indicator, q.value, q.value_max, q.unit, q.bound, q.measure, q.status, q.period_end)
            for q in report.quantities
        ],
        "slogans": [(s.text, s.kind, s.definition) for s in report.slogans],
        "projects": [(p.name, p.stage, p.status) for p in report.projects],
        "relative": [(t.indicator, t.relation, t.reference, t.status) for t in report.relative_targets],
        "sentences": [(plain(report, s.start, s.end),) for s in report.sentences],
    }


def check(found: Report, expected: Report) -> None:
    assert tree(found) == tree(expected)
    assert tables(found) == tables(expected)
    for field in ("region", "level", "year", "session", "speaker", "date", "title"):
        assert getattr(found.meta, field) == getattr(expected.meta, field), field


@pytest.mark.parametrize("word_processor", [False, True])
@pytest.mark.parametrize("name", ["report.doc", "report.pdf", "columns.pdf"])
def test_a_written_file_is_the_text(name: str, word_processor: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not word_processor:
        monkeypatch.setattr("shutil.which", lambda _: None)
    else:
        must_have_soffice()
    check(read(FILES / name), read(FILES / "report.txt"))


def paragraphs(path: Path) -> list[str]:
    return [line.strip() for line in read(path).text.split("\n") if line.strip()]


def leads(path: Path) -> set[str]:
    """The titles of the report's unnumbered leads, which are set bold where a format can."""
    return {s.title for s in read(path).sections if s.kind == "subsection"}


def pieces(paragraph: str, bold: set[str]) -> list[tuple[str, bool]]:
    match = LINE.match(paragraph)
    if match and match[1] in bold:
        return [(match[0], True), (paragraph[match.end() :], False)]
    return [(paragraph, False)]


def as_docx(path: Path) -> bytes:
    document, bold = Document(), leads(path)
    for text in paragraphs(path):
        line = document.add_paragraph()
        for piece, is_bold in pieces(text, bold):
            line.add_run(piece).bold = is_bold or None
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_html(path: Path, encoding: str = "utf-8") -> bytes:
    bold = leads(path)
    body = "".join(
        "<p>　　"
        + "".join(f"<b>{html.escape(t)}</b>" if b else html.escape(t) for t, b in pieces(line, bold))
        + "</p>\n"
        for line in paragraphs(path)
    )
    page = f"<!DOCTYPE html><html><head><meta charset='{encoding}'></head><body><div>{body}</div></body></html>"
    return page.encode(encoding)


def by_soffice(data: bytes, target: str, folder: Path) -> bytes:
    source = folder / "report.docx"
    source.write_bytes(data)
    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", TARGETS[target], "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, timeout=300, capture_output=True)
    return (folder / "out" / f"report.{target}").read_bytes()


def must_have_soffice() -> None:
    """Skips where LibreOffice is not there, but fails in CI, where it has to be."""
    if SOFFICE is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not there, and in CI it has to be")
        pytest.skip("no LibreOffice here")


WRITTEN = ["wangshuo-2024.txt", "weidu-2023.txt"]
PURE: dict[str, Callable[[Path], bytes]] = {
    "docx": as_docx,
    "html": as_html,
    "gbk": lambda path: as_html(path, "gb18030"),
    "utf-16": lambda path: "\n".join(paragraphs(path)).encode("utf-16"),
    "crlf": lambda path: "\r\n\r\n".join("　　" + p for p in paragraphs(path)).encode("gb18030"),
}


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("form", PURE)
def test_a_report_written_anew_is_the_same(name: str, form: str) -> None:
    check(read(io.BytesIO(PURE[form](CORPUS / name))), read(CORPUS / name))


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("target", TARGETS)
def test_a_report_written_by_libreoffice_is_the_same(name: str, target: str, tmp_path: Path) -> None:
    must_have_soffice()
    data = by_soffice(as_docx(CORPUS / name), target, tmp_path)
    check(read(io.BytesIO(data)), read(CORPUS / name))


def with_notes(path: Path) -> bytes:
    """The report as a .docx with a footnote behind every third quoted term, in smaller print, some to a page."""
    large, small = '<w:sz w:val="32"/>', '<w:sz w:val="18"/>'
    body: list[str] = []
    feet: list[str] = []
    for i, text in enumerate(paragraphs(path)):
        cut = text.find("”") + 1
        if not cut or i % 3:
            body.append(p(r("　　" + text, large)))
            continue
        term, key = text[text.rindex("“", 0, cut) + 1 : cut - 1], len(feet) + 1
        body.append(p(r("　　" + text[:cut], large), mark("footnote", key), r(text[cut:], large)))
        number = f"<w:r><w:rPr>{NOTE_REFERENCE}{small}</w:rPr><w:footnoteRef/></w:r>"
        told = f"{term}：指由县里统筹的做法，已覆盖{key * 7}个村，投入{key * 100}万元，效果由第三方评估，逐年公布。"
        feet.append(f'<w:footnote w:id="{key}">{p(number, r(" ", small), r(told, small))}</w:footnote>')
    stream, made = io.BytesIO(), io.BytesIO()
    Document().save(stream)
    notes = f'<w:footnotes xmlns:w="{WORD}">{separators("footnote")}{"".join(feet)}</w:footnotes>'
    with zipfile.ZipFile(stream) as plain, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name in plain.namelist():
            part = plain.read(name)
            if name == "word/document.xml":
                start, end = part.index(b"<w:body>") + 8, part.index(b"<w:sectPr")
                part = part[:start] + "".join(body).encode() + part[end:]
            elif name == "[Content_Types].xml":
                kind = f"{DOCUMENT_TYPE}.footnotes+xml"
                added = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
                part = part.replace(b"</Types>", added.encode())
            elif name == "word/_rels/document.xml.rels":
                added = f'<Relationship Id="notes" Type="{RELATION}/footnotes" Target="footnotes.xml"/></Relationships>'
                part = part.replace(b"</Relationships>", added.encode())
            package.writestr(name, part)
        package.writestr("word/footnotes.xml", f'<?xml version="1.0" encoding="UTF-8"?>{notes}')
    return made.getvalue()


@pytest.mark.parametrize("target", ["pdf", "doc"])
def test_footnotes_come_out_the_same_and_give_no_rows(target: str, tmp_path: Path) -> None:
    must_have_soffice()
    data = with_notes(CORPUS / "wangshuo-2024.txt")
    wanted = read(io.BytesIO(data))
    terms = [s.title for s in wanted.sections if s.kind == "glossary" and s.title]
    assert len(terms) >= 4
    found = read(io.BytesIO(by_soffice(data, target, tmp_path)))
    assert [s.title for s in found.sections if s.kind == "glossary" and s.title] == terms
    expected, given = tables(wanted), tables(found)
    for name in ("quantities", "slogans", "projects", "relative"):
        assert given[name] == expected[name], name
