"""From bytes to text: one reader a format, encodings, boilerplate, and the folded view."""

from __future__ import annotations

import os
from typing import IO

from govreport_nlp.errors import EmptyInputError, EncodingError, LimitError, NotAReportError
from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.source import boilerplate, opening, plausible
from govreport_nlp.source.document import Source, View
from govreport_nlp.source.fold import fold
from govreport_nlp.source.readers import READERS, Reader, reader_of

__all__ = ["READERS", "Reader", "Source", "View", "fold", "from_text", "read"]

MAX_CHARACTERS = 1_000_000
"""The longest text that is read as a report; the longest that was ever given has some 70,000 characters."""


def read(file: str | os.PathLike[str] | bytes | IO[bytes], rules: Ruleset = SHIPPED) -> Source:
    """The text of a path, of bytes or of an open binary file, with its bold spans and its boilerplate.

    The format is found from the content, never from the name. Raises a ``GovReportError`` that names the file
    and the remedy, also where the text is no work report.

    >>> source = read("各位代表：\\n现在，我代表县人民政府，向大会作政府工作报告，请予审议。".encode("gb18030"))
    >>> source.format, source.text[:5]
    ('txt', '各位代表：')
    """
    data, name = opening.load(file)
    source = reader_of(data).read(data, name, rules)
    if not source.text.strip("\ufeff\x00 \t\n\r\u3000\xa0\u200b"):
        raise EmptyInputError(name, "the file holds no text", "check that it is the right file and complete")
    _check_length(source.text, name)
    source = boilerplate.mark(source, rules)
    if not plausible.looks_like_report(source, rules):
        raise NotAReportError(
            name,
            "what it says does not read like a government work report",
            "give the report itself, or pass its text to parse() if it is one",
        )
    return source


def from_text(text: str, name: str = "<text>", rules: Ruleset = SHIPPED) -> Source:
    """A text that is already decoded, however short; its boilerplate is marked.

    Raises ``LimitError`` for one that is longer than any report, ``EncodingError`` for half a character in it.

    >>> from_text("城镇新增就业7200人。").boilerplate
    ()
    """
    _check_length(text, name)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        problem = f"character {error.start} is half a character (a lone surrogate)"
        raise EncodingError(name, problem, "decode the file anew, without errors='surrogateescape'") from None
    return boilerplate.mark(Source(text=text, format="txt", name=name), rules)


def _check_length(text: str, name: str) -> None:
    if len(text) > MAX_CHARACTERS:
        problem = f"its text is longer than {MAX_CHARACTERS:,} characters"
        raise LimitError(name, problem, "a report is far shorter; give one at a time")
