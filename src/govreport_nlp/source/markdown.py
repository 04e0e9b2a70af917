"""Markdown as far as reports use it: ``#`` headings and ``**bold**`` stripped to text with spans.

A full Markdown parser is no help here: by its rules ``**稳增长。**全面`` is not bold (no space after the mark that
follows punctuation), an indent of four spaces is code, and "1." is no part of the text.
"""

from __future__ import annotations

import re

from govreport_nlp.rules import Ruleset
from govreport_nlp.source import encoding
from govreport_nlp.source.builder import Builder
from govreport_nlp.source.document import Source
from govreport_nlp.source.plain import unify

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t\u3000]+(?=\S)")
_HEADING_BYTES = re.compile(rb"(?m)^ {0,3}#{1,6}[ \t]+[^\s#]")
_BOLD_LEAD = re.compile(rb"(?m)^[ \t]{0,8}(?:\xe3\x80\x80){0,4}(?:[-*+] +|\d{1,2}[.)] +)?\*\*[^*\s][^*\n]{1,300}\*\*")
_INLINE = re.compile(
    r"\\([\\`*_{}\[\]()#+\-.!|>~])|(\*\*\*|___|\*\*|__)(?=\S)|(\*\*\*|___|\*\*|__)|"
    r"!\[([^\]\n]{0,200})\]\([^()\s]{0,500}\)|\[([^\]\n]{1,200})\]\([^()\s]{0,500}\)|`([^`\n]{1,200})`"
)
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ ]?)+")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_BULLET = re.compile(r"[ ]{0,8}[-*+][ ]+(?=\S)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")


def matches(data: bytes) -> bool:
    """A heading, or at least two lines that open with a bold run. Names of the form ``**县`` are no bold run."""
    sample = data[:400_000]
    if b"\0" in sample[:200]:
        return False
    if b"**" not in sample and b"#" not in sample:
        return False
    return _HEADING_BYTES.search(sample) is not None or len(_BOLD_LEAD.findall(sample)) >= 2


def read(data: bytes, name: str, rules: Ruleset) -> Source:
    """Raises ``EncodingError``."""
    builder = Builder()
    for line in unify(encoding.decode(data, name, rules)).split("\n"):
        _line(line, builder)
    return builder.source("markdown", name)


def _line(line: str, builder: Builder) -> None:
    if _FENCE.match(line) or _RULE.match(line):
        builder.end_line()
        return
    quote = _QUOTE.match(line)
    at = quote.end() if quote else 0
    start = builder.length
    heading = _HEADING.match(line, at)
    if heading:
        line, at = _CLOSING.sub("", line), heading.end()
    else:
        bullet = _BULLET.match(line, at)
        at = bullet.end() if bullet else at
    _inline(line, at, builder, bold=heading is not None)
    if heading:
        builder.heading.append((start, builder.length))
    builder.end_line()


def _inline(line: str, at: int, builder: Builder, bold: bool) -> None:
    """Copies the rest of a line, its marks left out; a bold run that is never closed is no bold run."""
    opened = ""
    for match in _INLINE.finditer(line, at):
        if match.start() < at:
            continue
        escaped, opening, closing, image, link, code = match.groups()
        mark = opening or closing
        if mark and not opened and (not opening or line.find(mark, match.end() + 1) < 0):
            continue
        if mark and opened and mark != opened:
            continue
        builder.add(line[at : match.start()], bold or bool(opened))
        at = match.end()
        if mark:
            opened = "" if opened else mark
        else:
            text = next(group for group in (escaped, image, link, code) if group is not None)
            builder.add(text, bold or bool(opened))
    builder.add(line[at:], bold or bool(opened))
