"""One report in every format gives one tree and the same tables.

The files in tests/source/files were written by a word processor once; where LibreOffice is installed, more are written
anew from the shipped corpus. It is large and needs root to install, so that .ci/run does without.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from govreport_nlp import Report, read

FILES = Path(__file__).parent / "source" / "files"
CORPUS = Path(__file__).resolve().parents[1] / "corpus"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TARGETS = {"doc": "doc:MS Word 97", "pdf": "pdf:writer_pdf_Export", "docx": "docx:MS Word 2007 XML"}
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
    elif SOFFICE is None:
        pytest.skip("no LibreOffice here")
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


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice here")
@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("target", TARGETS)
def test_a_report_written_by_libreoffice_is_the_same(name: str, target: str, tmp_path: Path) -> None:
    data = by_soffice(as_docx(CORPUS / name), target, tmp_path)
    check(read(io.BytesIO(data)), read(CORPUS / name))
