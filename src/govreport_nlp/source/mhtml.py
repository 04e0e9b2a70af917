"""Pages saved as one file (.mhtml, .mht, and .doc files that are such pages inside)."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from govreport_nlp.errors import FormatError, GovReportError
from govreport_nlp.rules import Ruleset
from govreport_nlp.source import encoding, html
from govreport_nlp.source.document import Source

_HEADER = re.compile(rb"(?im)^mime-version\s*:")
_KIND = re.compile(rb"(?im)^content-type\s*:\s*(?:multipart/related|multipart/mixed|text/html)")
_MAX_PARTS = 2000
_REMEDY = "save the page again from the browser, as .html or .mhtml"


def matches(data: bytes) -> bool:
    """The header of a mail whose body is a page."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf\r\n \t")
    end = re.search(rb"\r?\n\r?\n", head)
    head = head[: end.start()] if end else head
    return _HEADER.search(head) is not None and _KIND.search(head) is not None


def read(data: bytes, name: str, rules: Ruleset) -> Source:
    """The page with the most text of its own: a saved page may hold others in frames.

    Raises ``FormatError`` where no page is inside, ``EncodingError``.
    """
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n \t"))
    pages: list[Source] = []
    refusal: GovReportError | None = None
    for count, part in enumerate(message.walk()):
        if count >= _MAX_PARTS:
            break
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        try:
            pages.append(html.from_markup(_markup(part, name, rules), name, rules))
        except GovReportError as error:
            refusal = error
    if pages:
        return max(pages, key=_own)._replace(format="mhtml")
    raise refusal or FormatError(name, "this saved page holds no HTML", _REMEDY)


def _markup(part: Message, name: str, rules: Ruleset) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        raise FormatError(name, "this saved page is damaged", _REMEDY)
    said = part.get_content_charset()
    if said:
        text = encoding.decode_as(payload, html.usual(said))
        if text is not None and encoding.plausibility(text[:20000], rules) >= html.PLAUSIBLE:
            return text
    return html.decode(payload, name, rules)


def _own(source: Source) -> int:
    return len(source.text) - sum(end - start for start, end in source.boilerplate)
