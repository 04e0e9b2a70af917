"""The rows of CSV and JSONL files, read line by line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import msgspec

from govreport_nlp.batch.row import Row
from govreport_nlp.errors import EmptyInputError, EncodingError, FormatError, LimitError
from govreport_nlp.source.encoding import plausibility

MAX_LINE = 16 * 1024 * 1024
"""The most characters that a line or a cell may have."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("gb18030", "cp950")
_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_DELIMITERS = ",\t;"
_SAVE = "save it as UTF-8"


def csv_rows(stream: IO[bytes], file: str) -> Iterator[Row]:
    """The rows of a CSV file under its line of names; cells are parted by commas, tabs or semicolons.

    A row with too many or too few cells has a problem. Raises a ``GovReportError`` where the rest cannot be read.
    """
    lines = _lines(stream, file)
    first = next(lines, "")
    if not first.strip():
        raise EmptyInputError(file, "it has no line of column names", "check that it is the right file and complete")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(_chained(first, lines), delimiter=delimiter, strict=True)
    names = next(_parsed(reader, file, 0))
    number = 0
    for cells in _parsed(reader, file, number):
        if not cells:
            continue
        number += 1
        if len(cells) == len(names):
            yield Row(number, dict(zip(names, cells, strict=True)))
        else:
            yield Row(number, {}, f"the row has {len(cells)} cells, the line of column names {len(names)}")


def jsonl_rows(stream: IO[bytes], file: str) -> Iterator[Row]:
    """The objects of a JSONL file, one a line; a line that is no object has a problem."""
    number = 0
    for line in _lines(stream, file):
        if not line.strip():
            continue
        number += 1
        try:
            yield Row(number, msgspec.json.decode(line, type=dict))
        except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
            yield Row(number, {}, f"the line is no JSON object ({error})")


def _parsed(reader: Iterator[list[str]], file: str, number: int) -> Iterator[list[str]]:
    while True:
        try:
            with _large_cells():
                cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = f"row {number + 1} breaks the rules of CSV ({error}), and no row from there on is read"
            raise FormatError(file, problem, "save it anew as CSV, or as JSONL or Parquet") from error
        number += bool(cells)
        yield cells


@contextmanager
def _large_cells() -> Iterator[None]:
    """The module's limit is below the length of a report, and is everybody's: it is raised for one row at a time."""
    before = csv.field_size_limit(MAX_LINE)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _lines(stream: IO[bytes], file: str) -> Iterator[str]:
    encoding = _encoding(stream, file)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, newline="")
    try:
        while line := text.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE:
                size = MAX_LINE // 1024 // 1024
                raise LimitError(file, f"it has a line of more than {size} Mi characters", "check the file")
            yield line
    finally:
        text.detach()


def _encoding(stream: IO[bytes], file: str) -> str:
    """The encoding that the whole file is in; one pass over it, a block at a time. Raises ``EncodingError``."""
    stream.seek(0)
    sample = stream.read(_SAMPLE)
    marked = next((encoding for mark, encoding in _MARKS if sample.startswith(mark)), None)
    legacy = sorted(_LEGACY, key=lambda e: -plausibility(sample.decode(e, "ignore")))
    tried = [marked] if marked else ["utf-8", *legacy]
    bad = [_first_bad(stream, encoding) for encoding in tried]
    for encoding, offset in zip(tried, bad, strict=True):
        if offset is None:
            return encoding
    label = marked.upper().removesuffix("-SIG") if marked else "UTF-8, GB18030 or Big5"
    raise EncodingError(file, f"byte {max(o for o in bad if o is not None)} and what follows are no {label}", _SAVE)


def _first_bad(stream: IO[bytes], encoding: str) -> int | None:
    """The offset of the first byte that is not in ``encoding``, None where there is none."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    stream.seek(0)
    done = 0
    while True:
        block = stream.read(_BLOCK)
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            return done - kept + error.start
        if not block:
            return None
        done += len(block)
