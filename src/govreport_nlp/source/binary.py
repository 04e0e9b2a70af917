"""Files that are no text: each known kind gets its own sentence, the rest one for all."""

from __future__ import annotations

from govreport_nlp.errors import FormatError
from govreport_nlp.rules import Ruleset
from govreport_nlp.source import encoding
from govreport_nlp.source.document import Source

_SAVE = "save the report's text as .docx or .txt"
_KINDS = (
    (b"{\\rtf", "this is a Rich Text file", "open it in a word processor and save it as .docx"),
    (b"<?mso-application", "this is a Word 2003 XML file", "open it in a word processor and save it as .docx"),
    (b"\x89PNG", "this is an image", "run character recognition on it and give the text"),
    (b"\xff\xd8\xff", "this is an image", "run character recognition on it and give the text"),
    (b"GIF8", "this is an image", "run character recognition on it and give the text"),
    (b"BM", "this is an image", "run character recognition on it and give the text"),
    (b"II*\x00", "this is an image", "run character recognition on it and give the text"),
    (b"MM\x00*", "this is an image", "run character recognition on it and give the text"),
    (b"Rar!", "this is a RAR archive", "unpack it and give the file inside"),
    (b"7z\xbc\xaf", "this is a 7z archive", "unpack it and give the file inside"),
    (b"\x1f\x8b", "this is a gzip archive", "unpack it and give the file inside"),
    (b"BZh", "this is a bzip2 archive", "unpack it and give the file inside"),
    (b"\xfd7zXZ", "this is an xz archive", "unpack it and give the file inside"),
    (b"SQLite format 3", "this is a database", _SAVE),
    (b"%!PS", "this is a PostScript file", _SAVE),
    (b"HLP\x00", "this is a help file", _SAVE),
    (b"ITSF", "this is a help file", _SAVE),
    (b"CAJ", "this is a CAJ file", "open it in its reader and save the text as .txt"),
    (b"KDH", "this is a KDH file", "open it in its reader and save the text as .txt"),
    (b"NH\x01\x00", "this is a CAJ file", "open it in its reader and save the text as .txt"),
    (b"\x7fELF", "this is a program", "give a report"),
    (b"MZ", "this is a program", "give a report"),
    (b"PAR1", "this is a Parquet file", "read it as a data set"),
    (b"\x00\x01\x00\x00", "this is a font or database", _SAVE),
)
_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"\xef\xbb\xbf")
_CONTROL = bytes(b for b in range(32) if b not in (0, 9, 10, 11, 12, 13, 27, 28, 29, 30, 31))
_SAMPLE = 8192


def matches(data: bytes) -> bool:
    """A known signature, or far more control bytes than any text has."""
    return _kind(data) is not None or _is_noise(data)


def read(data: bytes, name: str, rules: Ruleset) -> Source:
    """Always raises ``FormatError``."""
    problem, remedy = _kind(data) or ("this is no text and no format that is known here", _SAVE)
    raise FormatError(name, problem, remedy)


def _kind(data: bytes) -> tuple[str, str] | None:
    head = data[:256].lstrip(b"\xef\xbb\xbf \r\n\t")
    for start, problem, remedy in _KINDS:
        if data.startswith(start) and (len(start) > 2 or _is_noise(data)):
            return problem, remedy
        if start.startswith(b"<?") and start in data[:512] and head.startswith(b"<?xml"):
            return problem, remedy
    return None


def _is_noise(data: bytes) -> bool:
    """More than one control byte in a hundred in a sample that is no UTF-16."""
    if data.startswith(_TEXT_MARKS):
        return False
    sample = data[:_SAMPLE]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    zeros = sample.count(0)
    if control <= 0.01 * len(sample) + 2 and zeros <= 0.2 * len(sample) + 8:
        return False
    return not any(_is_wide(sample, name) for name in ("utf-16-le", "utf-16-be"))


def _is_wide(sample: bytes, name: str) -> bool:
    """Whether the sample reads as text of two bytes a character."""
    text = encoding.decode_as(sample[: len(sample) // 2 * 2], name)
    if text is None or encoding.plausibility(text) < 0.5:
        return False
    return sum(c < " " and c not in "\t\n\r\f" for c in text) <= 0.01 * len(text) + 2
