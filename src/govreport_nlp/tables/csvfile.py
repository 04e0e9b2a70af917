"""CSV that spreadsheets open as it is meant: Chinese intact, numbers as numbers, no text run as a formula."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any

from govreport_nlp.tables.atomic import atomic_directory, atomic_file
from govreport_nlp.tables.columns import ERRORS, TABLES, Heads, Table, table
from govreport_nlp.tables.rows import ReportLike, Row, rows

# Excel knows UTF-8 by its byte order mark only.
ENCODING = "utf-8-sig"

# What a spreadsheet takes as the start of a formula, in both widths, blanks before it or not; a plain number is none.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_STARTS = frozenset("=+-@＝＋－＠\t\r\n")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?\Z")


class CsvTable:
    """Writes rows of one table to a file opened with ``newline=""``; the header goes first.

    >>> import io
    >>> from govreport_nlp.tables.columns import ERRORS
    >>> out = io.StringIO()
    >>> CsvTable(out, ERRORS).write([("=1.txt", "empty", "the file is empty", "check it")])
    1
    >>> out.getvalue().splitlines()[1]
    "'=1.txt,empty,the file is empty,check it"
    """

    def __init__(self, file: IO[str], made: Table, heads: Heads = "en") -> None:
        self._writer = csv.writer(file, lineterminator="\r\n")
        columns = list(enumerate(made.columns))
        self._texts = [i for i, column in columns if column.dtype == "string" and not column.values]
        self._others = [i for i, column in columns if column.dtype in ("float64", "bool")]
        self._writer.writerow(made.heads(heads))

    def write(self, found: Iterable[Row]) -> int:
        """Append ``found``; how many rows that were."""
        n, texts, others = 0, self._texts, self._others
        for n, row in enumerate(found, 1):  # noqa: B007
            cells = list(row)
            for i in texts:
                # Nearly all texts begin with a character that begins no formula.
                if (cell := cells[i]) and ((first := cell[0]) in _STARTS or first.isspace()):
                    cells[i] = guarded(cell)
            for i in others:
                cells[i] = _cell(cells[i])
            self._writer.writerow(cells)
        return n


@contextmanager
def csv_folder(path: str, heads: Heads) -> Iterator[CsvFolder]:
    """The output that is a directory with a CSV file a table."""
    with atomic_directory(path) as directory, ExitStack() as files:
        tables = {
            made.name: CsvTable(
                files.enter_context(open(directory / f"{made.name}.csv", "w", encoding=ENCODING, newline="")),
                made,
                heads,
            )
            for made in (*TABLES.values(), ERRORS)
        }
        yield CsvFolder(tables, os.path.join(path, f"{ERRORS.name}.csv"))


class CsvFolder:
    """An ``Output`` of CSV files."""

    tables = tuple(TABLES)

    def __init__(self, writers: dict[str, CsvTable], errors: str) -> None:
        self._writers = writers
        self.errors = errors

    def write(self, name: str, found: Iterable[Row]) -> int:
        return self._writers[name].write(found)


def write_csv(file: str | os.PathLike[str], name: str, reports: Iterable[ReportLike]) -> int:
    """Write the table ``name`` of ``reports`` as a CSV file; how many rows that were.

    The file appears whole or not at all. Raises ``OutputError`` where it cannot be written.
    """
    with atomic_file(file, encoding=ENCODING, newline="") as out:
        return CsvTable(out, table(name)).write(row for report in reports for row in rows(name, report))


def guarded(text: str) -> str:
    """``text`` so that no spreadsheet runs it: one that begins like a formula gets an apostrophe before it.

    >>> guarded('=HYPERLINK("http://a")'), guarded("-3.5"), guarded("新增7200人")
    ('\\'=HYPERLINK("http://a")', '-3.5', '新增7200人')
    """
    return "'" + text if _FORMULA.match(text) and not _NUMBER.match(text) else text


def _cell(cell: Any) -> Any:
    """A cell as spreadsheets and ``read_csv`` both know it: 7200 for 7200.0, TRUE for True."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell
