"""Word .doc: the text stream itself, with and without a word processor at hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from govreport_nlp import source as sources
from govreport_nlp.errors import FormatError, GovReportError
from govreport_nlp.source import word97

FILES = Path(__file__).parent / "files"
EXPECTED = (FILES / "report.txt").read_text(encoding="utf-8").strip()
DATA = (FILES / "report.doc").read_bytes()


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without a word processor."""
    monkeypatch.setattr(shutil, "which", lambda _: None)


@pytest.mark.usefixtures("alone")
def test_text_and_bold_of_the_stream() -> None:
    source = sources.read(DATA)
    assert source.format == "doc"
    assert source.text.strip() == EXPECTED
    assert source.bold is not None
    assert [source.text[a:b] for a, b in source.bold][1:3] == ["一、2030年工作回顾", "产业发展迈上新台阶。"]


NOTES = (FILES / "notes.doc").read_bytes()


@pytest.mark.usefixtures("alone")
def test_notes_of_the_stream_stand_behind_their_numbers() -> None:
    source = sources.read(NOTES)
    lines = source.text.split("\n")
    assert "落实“河湖双长制”[1]，推行“一站通办[2]”改革，全县生产总值增长6.1%。" in lines
    assert [line[:5] for line in lines[-5:]] == ["[1] “", "[2] 指", "已在全县1", "[4] 五", "[3] 三"]
    assert [source.text[a:b] for a, b in source.boilerplate] == ["[1]", "[2]", "[3]", "[4]"]
    assert source.text[source.notes[0][0] :].startswith("[1] “河湖双长制”：")


@pytest.mark.usefixtures("alone")
def test_damage_to_the_notes_gives_an_error_of_ours_at_worst() -> None:
    for at in range(520, len(NOTES), 331):
        outcome(NOTES[:at] + bytes(255 - b for b in NOTES[at : at + 40]) + NOTES[at + 40 :])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no word processor here")
def test_text_by_a_word_processor() -> None:
    assert sources.read(DATA).text.strip() == EXPECTED


def test_a_word_processor_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/false")
    assert sources.read(DATA).text.strip() == EXPECTED


def outcome(data: bytes) -> str | None:
    """The text, or None where it was refused with an error of ours."""
    try:
        return sources.read(data).text.strip()
    except GovReportError:
        return None


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("cut", [600, 2000, 5000, len(DATA) // 2])
def test_a_file_cut_short_is_refused(cut: int) -> None:
    assert outcome(DATA[:cut]) is None


@pytest.mark.usefixtures("alone")
def test_damage_anywhere_gives_an_error_of_ours_at_worst() -> None:
    for at in range(520, len(DATA), 997):
        outcome(DATA[:at] + bytes(255 - b for b in DATA[at : at + 40]) + DATA[at + 40 :])


def header(data: bytes) -> int:
    """Where the document stream begins: its magic number at the start of a sector."""
    return next(at for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5")


@pytest.mark.usefixtures("alone")
def test_an_encrypted_document() -> None:
    at = header(DATA) + 0x0B
    locked = DATA[:at] + bytes([DATA[at] | 1]) + DATA[at + 1 :]
    with pytest.raises(FormatError, match="this document is encrypted; save it without a password"):
        sources.read(locked)


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        ("EncryptedPackage", "encrypted"),
        ("Workbook", "spreadsheet"),
        ("PowerPoint Document", "presentation"),
        ("X", "no document"),
    ],
)
def test_other_compound_files(stream: str, words: str) -> None:
    """The directory names its streams in 64 bytes each: another name makes another file of it."""
    name = "WordDocument".encode("utf-16-le")
    at = DATA.index(name)
    other = stream.encode("utf-16-le")
    entry = other + bytes(64 - len(other)) + (len(other) + 2).to_bytes(2, "little")
    with pytest.raises(FormatError, match=words):
        word97.read(DATA[:at] + entry + DATA[at + 66 :], "a.doc", sources.SHIPPED)
