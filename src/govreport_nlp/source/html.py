"""HTML: which encoding, then the visible text, a paragraph a line, without the page around the report."""

from __future__ import annotations

import re

from lxml import etree

from govreport_nlp.errors import EmptyInputError, FormatError, LimitError
from govreport_nlp.rules import Ruleset
from govreport_nlp.source import encoding, html_page
from govreport_nlp.source.builder import Builder
from govreport_nlp.source.document import Source
from govreport_nlp.source.html_text import extract

_OPENS = re.compile(
    rb"(?is)(?:<\?xml[^>]{0,200}\?>|<!--.{0,4000}?-->|\s)*+<(?:!doctype\s+html|html|head|body|meta|title|div|p|br|h[1-6]|span|table|section|article|main|font|center|style|script)\b"
)
_TAGS = re.compile(rb"(?i)</p>|<br\s*/?>|</div>|</html>")
_META = re.compile(
    rb"(?i)<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{2,30})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-z0-9_:.-]{2,30})"
)
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "cp950",
    "utf8": "utf-8",
}
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
PLAUSIBLE = 0.5
"""The share of common characters from which on a page's own word about its encoding is believed."""
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def matches(data: bytes) -> bool:
    """Opens with a tag of HTML, or has several of them further on."""
    head = data[:4096]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    if b"\0" in head[:64]:
        head, data = head.replace(b"\0", b""), data.replace(b"\0", b"")
    return _OPENS.match(head) is not None or len(_TAGS.findall(data[:200_000])) >= 8


def read(data: bytes, name: str, rules: Ruleset) -> Source:
    """Raises ``EncodingError``, or ``FormatError`` where nothing can be made of the markup."""
    return from_markup(decode(data, name, rules), name, rules)


def from_markup(markup: str, name: str, rules: Ruleset) -> Source:
    """The source of a decoded page."""
    lines = extract(parse(markup, name))
    builder = Builder()
    foreign = html_page.foreign(lines, rules)
    for line, is_foreign in zip(lines, foreign, strict=True):
        start = builder.length
        for text, bold, mark in line.pieces:
            if mark:
                builder.boilerplate.append((builder.length, builder.length + len(text)))
            builder.add(text, bold)
        if line.heading:
            builder.heading.append((start, builder.length))
        if is_foreign:
            builder.boilerplate.append((start, builder.length))
        builder.end_line()
    return builder.source("html", name)


def decode(data: bytes, name: str, rules: Ruleset) -> str:
    """The byte order mark decides, then the page's own word if what it gives reads as Chinese, then a strict trial."""
    if not data.startswith(_MARKS):
        declared = _META.search(data, 0, 8192)
        if declared:
            label = (declared.group(1) or declared.group(2)).decode().lower()
            text = encoding.decode_as(data, usual(label))
            if text is not None and encoding.plausibility(text[:20000], rules) >= PLAUSIBLE:
                return text
    return encoding.decode(data, name, rules)


def usual(label: str) -> str:
    """The encoding that is meant by a label: pages that say gb2312 use all of GB18030."""
    return _ALIASES.get(label.lower(), label)


def parse(markup: str, name: str) -> etree._Element:
    """The document's root element. Comments are dropped, nothing is fetched.

    Raises ``LimitError`` where the parser gave up, since it would leave the rest out without a word.
    """
    markup = _XML_DECLARATION.sub("", markup.replace("\x00", "").lstrip("\ufeff"))
    if not markup.strip():
        raise EmptyInputError(name, "the page is empty", "save the page again from the browser")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise FormatError(name, "the page's markup cannot be read", "save the page again from the browser") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "xcessive depth" in entry.message for entry in parser.error_log):
        raise LimitError(name, "the page's tags are nested too deep", "save the report's text as .txt or .docx")
    if root is None:
        raise EmptyInputError(name, "the page holds no text", "save the page again from the browser")
    return root
