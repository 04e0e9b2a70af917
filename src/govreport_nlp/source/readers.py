"""The one ordered table of formats: the first reader that knows the content by its bytes reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from govreport_nlp.rules import Ruleset
from govreport_nlp.source import binary, docx, html, markdown, mhtml, pdf, plain, word97
from govreport_nlp.source.document import Source


class Reader(NamedTuple):
    """A format: whether bytes are in it, and what is read out of them."""

    format: str
    matches: Callable[[bytes], bool]
    read: Callable[[bytes, str, Ruleset], Source]


READERS = (
    Reader("docx", docx.matches, docx.read),
    Reader("doc", word97.matches, word97.read),
    Reader("pdf", pdf.matches, pdf.read),
    Reader("binary", binary.matches, binary.read),
    Reader("mhtml", mhtml.matches, mhtml.read),
    Reader("html", html.matches, html.read),
    Reader("markdown", markdown.matches, markdown.read),
    Reader("txt", plain.matches, plain.read),
)


def reader_of(data: bytes) -> Reader:
    """The reader for ``data``; plain text where nothing else fits.

    >>> reader_of(b"<!DOCTYPE html><p>x</p>").format
    'html'
    """
    return next(reader for reader in READERS if reader.matches(data))
