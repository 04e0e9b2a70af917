"""A workbook with a sheet a table, written row by row. Text stays text: no cell is a formula.

The only links are those to the pages of the reports, where there are some: made of ids and offsets, never of text.
"""

from __future__ import annotations

import math
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import quote

from govreport_nlp.errors import OutputError
from govreport_nlp.tables.atomic import WRITER, atomic_path
from govreport_nlp.tables.columns import ERRORS, TABLES, Heads, Table
from govreport_nlp.tables.library import library
from govreport_nlp.tables.links import link_of
from govreport_nlp.tables.rows import Row

# What a sheet and a cell can hold. Excel counts the halves of surrogate pairs.
ROWS = 1_048_576
CELL = 32_767
LINKS = 65_530

# Code points that XML, and with it a workbook, cannot hold; control characters it can, escaped.
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")

# What has a meaning of its own in a link, or none in XML.
_NOT_IN_LINK = re.compile(r"""[\x00-\x20"#%:<>?\[\\\]^`{|}\x7f\ud800-\udfff\ufffe\uffff]""")

# Widths of columns in half-width characters, judged by the first rows.
_NARROW, _WIDE, _JUDGED = 7, 48, 100

# The same reports give the same bytes.
_STAMP = datetime(2000, 1, 1)


class Workbook:
    """An ``Output`` that is one workbook."""

    tables = tuple(TABLES)

    def __init__(self, book: Any, heads: Heads, path: str, links: str | None = None) -> None:
        bold = book.add_format({"bold": True, "bottom": 1})
        self._sheets = {made.name: _Sheets(book, made, heads, bold, links) for made in (*TABLES.values(), ERRORS)}
        self.errors = f"the sheet {_name(ERRORS, heads)} of {path}"

    def write(self, name: str, found: Iterable[Row]) -> int:
        return self._sheets[name].write(found)

    def finish(self) -> None:
        for sheets in self._sheets.values():
            sheets.finish()


class _Sheets:
    """One table: a sheet, and another wherever one is full."""

    def __init__(self, book: Any, made: Table, heads: Heads, bold: Any, links: str | None) -> None:
        self._book, self._bold, self._name = book, bold, _name(made, heads)
        self._heads = made.heads(heads)
        self._link_of = None if links is None else link_of(made.name)
        self._pages = "" if links is None else _address(links)
        self._count = 0
        self._open()

    def write(self, found: Iterable[Row]) -> int:
        n = 0
        for n, row in enumerate(found, 1):  # noqa: B007
            if self._row >= ROWS:
                self.finish()
                self._open()
            self._cells(row)
        return n

    def finish(self) -> None:
        self._sheet.autofilter(0, 0, max(self._row - 1, 1), len(self._heads) - 1)
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, min(max(width + 2, _NARROW), _WIDE))

    def _open(self) -> None:
        self._count += 1
        self._sheet = self._book.add_worksheet(self._name if self._count == 1 else f"{self._name} {self._count}")
        self._sheet.freeze_panes(1, 0)
        self._sheet.ignore_errors({"number_stored_as_text": f"A2:XFD{ROWS}"})  # codes such as 110000 are text
        for column, head in enumerate(self._heads):
            self._sheet.write_string(0, column, head, self._bold)
        self._widths = [_width(head) + 2 for head in self._heads]  # the filter's button takes room
        self._row = 1

    def _cells(self, row: Row) -> None:
        sheet, at = self._sheet, self._row
        linked, link = self._link_of(row) if self._link_of and at <= LINKS else (-1, "")
        for column, cell in enumerate(row):
            if cell is None:
                continue
            if column == linked and cell:
                sheet.write_url(at, column, f"external:{self._pages}/{link}", string=_fitting(cell))
            elif isinstance(cell, str):
                sheet.write_string(at, column, _fitting(cell))
            elif isinstance(cell, bool):
                sheet.write_boolean(at, column, cell)
            elif math.isfinite(cell):
                sheet.write_number(at, column, cell)
            else:
                sheet.write_string(at, column, str(cell))
            if at <= _JUDGED:
                self._widths[column] = max(self._widths[column], _width(str(cell)))
        self._row += 1


@contextmanager
def workbook_file(path: str, heads: Heads, links: str | None = None) -> Iterator[Workbook]:
    """The output that is a workbook; ``links`` is the directory of the pages that its rows link to, seen from it."""
    xlsxwriter = library("xlsxwriter", "xlsx", path)
    _check(path)
    with atomic_path(path) as part:
        book = xlsxwriter.Workbook(part, {"constant_memory": True, "tmpdir": str(part.parent)})
        try:
            # Beyond 4 GB, which only a much larger batch than a sheet is for can reach.
            book.use_zip64()
            book.set_properties({"comments": WRITER, "created": _STAMP})
            made = Workbook(book, heads, path, links)
            yield made
            made.finish()
            book.close()
        except xlsxwriter.exceptions.XlsxWriterException as error:
            cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else None
            reason = (cause and cause.strerror) or type(error).__name__
            remedy = "check the disk's space and the permissions"
            raise OutputError(path, f"the workbook cannot be written ({reason})", remedy) from error
        finally:
            book.fileclosed = 1  # one that failed is not written in passing when it is collected


def _check(path: str) -> None:
    """Raises ``OutputError`` where another's file would be overwritten."""
    if not os.path.isfile(path) or not os.path.getsize(path):
        return
    ours, strange = _known(path)
    if strange or not ours:
        problem = f"the file is no earlier output{f' (it has a sheet {strange[0]})' if strange else ''}"
        raise OutputError(path, problem, "name another file, or move that away")


def is_workbook(path: str) -> bool:
    """Whether the file is an earlier output of ``workbook_file``, without a sheet of another's."""
    ours, strange = _known(path)
    return ours and not strange


def _known(path: str) -> tuple[bool, list[str]]:
    """Whether the workbook was written here, and its sheets that hold none of the tables."""
    own = [_name(made, heads) for made in (*TABLES.values(), ERRORS) for heads in ("en", "zh")]
    try:
        with zipfile.ZipFile(path) as book:
            ours = f">{WRITER}<".encode() in book.read("docProps/core.xml")
            found = re.findall(r'<sheet [^>]*?name="([^"]*)"', book.read("xl/workbook.xml").decode())
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return False, []
    return ours, [name for name in found if re.sub(r" \d+\Z", "", name) not in own]


def _name(made: Table, heads: str) -> str:
    return made.zh if heads == "zh" else made.name


def _address(directory: str) -> str:
    """``directory`` as a link names it; what is not ASCII stays as it is, which is how spreadsheets write it.

    >>> _address("2024年 #1.pages")
    '2024年%20%231.pages'
    """
    return _NOT_IN_LINK.sub(
        lambda found: quote(found[0], safe="", errors="surrogateescape"), directory.replace(os.sep, "/")
    )


def _fitting(text: str) -> str:
    """``text`` as a cell can hold it; one that is cut ends in ``…``."""
    text = _NOT_XML.sub("\ufffd", text)
    if 2 * len(text) > CELL and len(wide := text.encode("utf-16-le")) > 2 * CELL:
        return wide[: 2 * (CELL - 1)].decode("utf-16-le", "ignore") + "…"
    return text


def _width(text: str) -> int:
    """How many half-width characters it is wide, where it is shown on one line."""
    return len(text[:_WIDE].encode("gb18030", "replace"))
