"""The text stream of Word 6 to 2003: pieces in document order, bold runs set directly, notes, text boxes.

Offsets and names are those of the specification [MS-DOC]: the FIB says where the tables are, the piece table where
the characters are, the character formatting pages which of them are bold, hidden or deleted.
"""

from __future__ import annotations

import itertools
import re
import struct
from bisect import bisect_right
from typing import NamedTuple

from govreport_nlp.errors import EmptyInputError, FormatError
from govreport_nlp.rules import Ruleset
from govreport_nlp.source import encoding
from govreport_nlp.source.builder import Builder
from govreport_nlp.source.document import Source
from govreport_nlp.source.encoding import MAX_TEXT

_SAVE = "open it in a word processor and save it as .docx"
_WORD_97 = 0x00C1
_BOLD, _HIDDEN, _DELETED = 0x0835, 0x083C, 0x0800
_FIELD_CODE = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))")
_LINE_ENDS = {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x07": "\n", "\x1e": "-", "\xa0": "\xa0"}
_PICTURES = frozenset("\x01\x02\x03\x04\x05\x06\x08\x13\x14\x15\x1f")
# One byte a character is Windows-1252, its five gaps the controls of Latin-1.
_NARROW = {b: bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xA0)}
# Bytes that an operand takes, by the three high bits of its code ([MS-DOC] 2.6.1); 0 where its first byte says it.
_OPERAND = (1, 1, 2, 4, 2, 2, 0, 3)


# Where the header names the tables of the notes' marks; those of their texts come next.
_FOOTNOTES, _ENDNOTES = 0xAA, 0x20A


class _Run(NamedTuple):
    start: int  # of bytes in the stream
    bold: bool
    gone: bool


def table_name(word: bytes, name: str) -> str | None:
    """The name of the stream with the tables; None before Word 97. Raises ``FormatError`` where it is encrypted."""
    if len(word) < 0x200 or _u16(word, 0) not in (0xA5EC, 0xA5DC, 0xA5DB):
        raise FormatError(name, "this .doc is broken: its header is damaged", _SAVE)
    flags = _u16(word, 0x0A)
    if flags & 0x0100:
        raise FormatError(name, "this document is encrypted", "save it without a password")
    if _u16(word, 2) < _WORD_97:
        return None
    return "1Table" if flags & 0x0200 else "0Table"


def read(word: bytes, table: bytes, name: str, rules: Ruleset) -> Source:
    """The document's text, a paragraph a line. Raises ``FormatError`` where the tables make no sense."""
    try:
        if _u16(word, 2) < _WORD_97:
            return _old(word, name, rules)
        text, bold, counts = _characters(word, table)
    except (struct.error, IndexError, ValueError, UnicodeDecodeError) as error:
        raise FormatError(name, "this .doc is broken: its tables are damaged", _SAVE) from error
    if not text:
        raise EmptyInputError(name, "the document holds no text", "check that it is the right file")
    builder = Builder()
    main, feet, heads, macros, remarks, ends, boxes = counts
    after = main + feet + heads + macros + remarks
    marks = _marks(word, table, main, after)
    done = 0
    for at in [mark for mark in marks if mark < main]:
        _add(builder, text, bold, done, at)
        _mark(builder, marks[at])
        done = at + 1
    _add(builder, text, bold, done, main)
    notes = builder.length
    _add_notes(builder, text, bold, main, main + feet, marks)
    _add_notes(builder, text, bold, after, after + ends, marks)
    if builder.length > notes:
        builder.notes.append((notes, builder.length))
    _add(builder, text, bold, after + ends, after + ends + boxes)
    source = builder.source("doc", name)
    # Bold by a style is not seen here: without any bold run the file has not said that there is none.
    return source if source.bold else source._replace(bold=None)


def _marks(word: bytes, table: bytes, feet: int, ends: int) -> dict[int, int]:
    """The number of each note by the place of its mark in the body and by the place where its own text begins.

    ``feet`` and ``ends`` are where the footnotes and the endnotes begin.
    """
    pairs: list[tuple[int, int]] = []
    for references, texts, start in ((_FOOTNOTES, _FOOTNOTES + 8, feet), (_ENDNOTES, _ENDNOTES + 8, ends)):
        at, count, own_at = _u32(word, references), max(_u32(word, references + 4) - 4, 0) // 6, _u32(word, texts)
        if count and max(at, own_at) + 4 * count <= len(table):
            places = struct.unpack_from(f"<{count}I", table, at)
            own = struct.unpack_from(f"<{count}I", table, own_at)
            pairs += [(place, start + begin) for place, begin in zip(places, own, strict=True)]
    numbered = enumerate(sorted(pair for pair in pairs if pair[0] < feet), 1)
    return {at: number for number, pair in numbered for at in sorted(pair)}


def _mark(builder: Builder, number: int) -> None:
    start = builder.length
    builder.add(f"[{number}]")
    builder.boilerplate.append((start, builder.length))


def _add_notes(builder: Builder, text: str, bold: bytearray, start: int, end: int, marks: dict[int, int]) -> None:
    """The notes of one kind, each behind its number; empty lines between them are left out."""
    begins = sorted(at for at in marks if start <= at < end)
    for at, following in itertools.pairwise([*begins, end]):
        if text[at:following].strip("\x02 \r"):
            builder.add(f"[{marks[at]}] ")
            _add(builder, text, bold, at, at + len(text[at:following].rstrip()))
            builder.end_line()
    if not begins:
        _add(builder, text, bold, start, end)


def _u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0])


def _u32(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


def _characters(word: bytes, table: bytes) -> tuple[str, bytearray, tuple[int, ...]]:
    """All characters in document order, a flag of boldness for each, and how many each part of the document has."""
    counts = tuple(struct.unpack_from("<7i", word, 0x4C))
    if any(c < 0 for c in counts):
        raise ValueError("a part of negative length")
    runs = _runs(word, table)
    starts = [run.start for run in runs]
    parts: list[str] = []
    flags = bytearray()
    for first, last, at, narrow in _pieces(word, table):
        size = 1 if narrow else 2
        raw = word[at : at + (last - first) * size]
        if len(raw) < (last - first) * size or len(flags) > MAX_TEXT:
            raise ValueError("a piece beyond the end of the stream")
        # A half of a pair counts as a character here; the halves are put together at the end.
        chars = raw.decode("latin-1").translate(_NARROW) if narrow else raw.decode("utf-16-le", "surrogatepass")
        if not narrow and len(chars) != last - first:
            chars = "".join(map(chr, struct.unpack(f"<{last - first}H", raw)))
        for i, char in enumerate(chars):
            run = runs[bisect_right(starts, at + i * size) - 1] if runs else None
            parts.append("\x01" if run is not None and run.gone and char not in "\r\x07" else char)
            flags.append(run is not None and run.bold)
    return "".join(parts), flags, counts


def _pieces(word: bytes, table: bytes) -> list[tuple[int, int, int, bool]]:
    """(first character, end, offset in the stream, one byte a character) of each piece."""
    at, size = _u32(word, 0x01A2), _u32(word, 0x01A6)
    clx = table[at : at + size]
    place = 0
    while clx[place] == 1:
        place += 3 + _u16(clx, place + 1)
    if clx[place] != 2:
        raise ValueError("no piece table")
    plc = clx[place + 5 : place + 5 + _u32(clx, place + 1)]
    count = (len(plc) - 4) // 12
    if count < 1:
        raise ValueError("an empty piece table")
    bounds = struct.unpack_from(f"<{count + 1}I", plc, 0)
    pieces = []
    for i in range(count):
        offset = _u32(plc, 4 * (count + 1) + 8 * i + 2)
        narrow = bool(offset & 0x40000000)
        offset &= 0x3FFFFFFF
        if bounds[i + 1] < bounds[i]:
            raise ValueError("pieces out of order")
        pieces.append((bounds[i], bounds[i + 1], offset // 2 if narrow else offset, narrow))
    return pieces


def _runs(word: bytes, table: bytes) -> list[_Run]:
    """The runs of equal character formatting, by their place in the stream."""
    at, size = _u32(word, 0xFA), _u32(word, 0xFE)
    plc = table[at : at + size]
    count = (len(plc) - 4) // 8
    runs: list[_Run] = []
    for i in range(max(count, 0)):
        number = _u32(plc, 4 * (count + 1) + 4 * i) & 0x3FFFFF
        page = word[512 * number : 512 * number + 512]
        if len(page) < 512:
            break
        many = page[511]
        if 4 * (many + 1) + many > 511:
            continue
        for j in range(many):
            place = page[4 * (many + 1) + j] * 2
            bold, gone = _formatting(page[place + 1 : place + 1 + page[place]]) if place else (False, False)
            runs.append(_Run(_u32(page, 4 * j), bold, gone))
    return sorted(runs)


def _formatting(changes: bytes) -> tuple[bool, bool]:
    """(bold, hidden or deleted) by a list of property changes."""
    bold = gone = False
    at = 0
    while at + 2 < len(changes):
        code = _u16(changes, at)
        size = _OPERAND[code >> 13]
        if code == _BOLD:
            bold = changes[at + 2] in (1, 0x81)
        elif code in (_HIDDEN, _DELETED):
            gone = gone or changes[at + 2] in (1, 0x81)
        at += 2 + (size or changes[at + 2] + 1)
    return bold, gone


def _add(builder: Builder, text: str, bold: bytearray, start: int, end: int) -> None:
    """A part of the document, without field codes, marks of pictures and what closes it."""
    end = min(end, len(text))
    if start >= end:
        return
    part = text[start:end]
    skipped = {i for m in _FIELD_CODE.finditer(part) for i in range(*m.span())}
    run: list[str] = []
    was_bold = False
    for i, char in enumerate(part):
        if i in skipped or char in _PICTURES:
            continue
        is_bold = bool(bold[start + i])
        if is_bold != was_bold:
            _flush(builder, run, was_bold)
            was_bold = is_bold
        run.append(_LINE_ENDS.get(char, char))
    _flush(builder, run, was_bold)


def _flush(builder: Builder, run: list[str], bold: bool) -> None:
    # Pairs of surrogates become one character each; a lone half is no character.
    text = "".join(run).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    builder.add(text, bold)
    run.clear()


def _old(word: bytes, name: str, rules: Ruleset) -> Source:
    """Word 6 and 95: the text is bytes of the system's code page, between two offsets."""
    first, last = _u32(word, 0x18), _u32(word, 0x1C)
    if not 0 < first < last <= len(word):
        raise ValueError("the text lies outside the stream")
    text = encoding.decode(word[first:last].replace(b"\x07", b"\r"), name, rules)
    text = "".join(_LINE_ENDS.get(c, c) for c in _FIELD_CODE.sub("", text) if c not in _PICTURES)
    return Source(text=text.rstrip("\n"), format="doc", name=name)
