"""PDF: the characters of each page with their places and fonts. pdf_layout makes text of them."""

from __future__ import annotations

import ctypes
import functools
import re
import threading
from typing import Any

from govreport_nlp.errors import FormatError, GovReportError, LimitError
from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.source import boilerplate
from govreport_nlp.source.document import Source
from govreport_nlp.source.pdf_layout import lay_out
from govreport_nlp.source.pdf_lines import Char
from govreport_nlp.source.wraps import patterns

MAX_PAGES = 1000
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD_WEIGHT = 600
_STROKED = 2  # filled and outlined: how word processors thicken a font without a bold face
_LOCK = threading.Lock()  # the library behind is not made for several threads
_SAVE = "open it in a PDF reader, save the text as .txt, and give that"


class BoldFont(Rule, frozen=True, kw_only=True):
    """Font names that say bold; see rules/bold_fonts.toml."""

    pattern: str


@functools.lru_cache(maxsize=8)
def bold_names(rules: Ruleset) -> re.Pattern[str]:
    """One pattern of all entries, for lower-case names."""
    return re.compile("|".join(f"(?:{r.pattern})" for r in rules.load("bold_fonts.toml", BoldFont)) or "(?!)")


def matches(data: bytes) -> bool:
    """The signature, which may stand after some other bytes."""
    return b"%PDF-" in data[:1024] and not data.startswith((b"<", b"PK"))


def read(data: bytes, name: str, rules: Ruleset) -> Source:
    """Raises ``FormatError`` for a broken or encrypted file and for scanned pages without text."""
    try:
        import pypdfium2 as pdfium
        import pypdfium2.raw as raw
    except ImportError as error:
        raise FormatError(name, "PDF files need the package pypdfium2", "install pypdfium2, or " + _SAVE) from error
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise _not_opened(data, name, error) from error
        try:
            if len(document) > MAX_PAGES:
                raise LimitError(name, f"the file has more than {MAX_PAGES} pages", "give the report alone")
            reader = _Reader(raw, bold_names(rules))
            pages = [reader.page(document[i]) for i in range(len(document))]
        except pdfium.PdfiumError as error:
            raise FormatError(
                name, "this PDF is broken: a page cannot be read", "download it again, or " + _SAVE
            ) from error
        finally:
            document.close()
    if sum(len(page) for page in pages) < 10 * max(len(pages), 1):
        raise FormatError(
            name,
            "its pages are scanned images without text",
            "run character recognition on it and give the text",
        )
    source = lay_out(pages, boilerplate.compiled(rules).alone, patterns(rules)).source("pdf", name)
    return source if source.bold else source._replace(bold=None)


def _not_opened(data: bytes, name: str, error: Exception) -> GovReportError:
    if "assword" in str(error) or b"/Encrypt" in data:
        return FormatError(name, "this PDF is encrypted", "save it without a password")
    return FormatError(name, "this PDF is broken", "download it again, or " + _SAVE)


class _Reader:
    """Reads pages by the plain C functions: there is one call a character and no more."""

    def __init__(self, raw: Any, bold: re.Pattern[str]) -> None:
        self._raw = raw
        self._bold = bold
        self._fonts: dict[int, tuple[str, bool]] = {}

    def page(self, page: Any) -> list[Char]:
        raw = self._raw
        height = page.get_height()
        text = page.get_textpage()
        box = raw.FS_RECTF()  # of the character's place in the line, not of its ink
        at = ctypes.byref(box)
        chars: list[Char] = []
        known: dict[int, tuple[str, bool]] = {}
        for i in range(raw.FPDFText_CountChars(text)):
            code = raw.FPDFText_GetUnicode(text, i)
            if code in (0, 0xFFFE, 0xFFFF) or code < 32:
                continue
            raw.FPDFText_GetLooseCharBox(text, i, at)
            if raw.FPDFText_IsGenerated(text, i) == 1:
                font, bold = "", False
            else:
                handle = raw.FPDFText_GetTextObject(text, i)
                key = ctypes.cast(handle, ctypes.c_void_p).value or 0
                if key not in known:
                    known[key] = self._font(handle)
                font, bold = known[key]
            size = raw.FPDFText_GetFontSize(text, i)
            place = (box.left, box.right, height - box.top, height - box.bottom)
            chars.append(Char(chr(code), *place, size, font, bold))
        text.close()
        page.close()
        return _joined_pairs(chars)

    def _font(self, handle: Any) -> tuple[str, bool]:
        """The name of an object's font, and whether it is bold by weight, by name or by an outline."""
        raw = self._raw
        font = raw.FPDFTextObj_GetFont(handle) if handle else None
        if not font:
            return "", False
        stroked = raw.FPDFTextObj_GetTextRenderMode(handle) == _STROKED
        buffer = ctypes.create_string_buffer(256)
        length = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
        plain = buffer.raw[: max(length - 1, 0)]
        try:
            name = plain.decode("utf-8")
        except UnicodeDecodeError:
            name = plain.decode("gb18030", "ignore")
        name = _SUBSET.sub("", name)
        bold = raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT or self._bold.search(name.lower()) is not None
        return f"{name}|{stroked}", bold or stroked


def _joined_pairs(chars: list[Char]) -> list[Char]:
    """Halves of a surrogate pair, which come as two, as one character."""
    out: list[Char] = []
    for char in chars:
        if "\udc00" <= char.text <= "\udfff":
            if out and "\ud800" <= out[-1].text <= "\udbff":
                pair = (out[-1].text + char.text).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
                out[-1] = char._replace(text=pair)
            continue
        out.append(char)
    return [c for c in out if not "\ud800" <= c.text <= "\udbff"]
