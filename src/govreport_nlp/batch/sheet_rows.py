"""The rows of Excel workbooks, sheet after sheet."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from typing import IO, Any

from govreport_nlp.batch.row import Row
from govreport_nlp.errors import EmptyInputError, FormatError, GovReportError, NotAReportError

MAX_CELL = 32_767
"""The most characters that Excel keeps in a cell; it cuts off what is longer."""

_RETURN = "_x000D_"  # how a carriage return is written in a workbook


def excel_rows(stream: IO[bytes], file: str) -> Iterator[Row]:
    """The rows of a workbook (.xlsx, .xlsm) under the first line of each sheet, which names the columns.

    A row with a cell that is as long as Excel allows has a problem: its report was cut off. Raises ``FormatError``
    where the workbook is broken or openpyxl is not installed, ``NotAReportError`` where its sheets differ.
    """
    try:
        openpyxl = importlib.import_module("openpyxl")
    except ImportError as error:
        problem = "openpyxl, which reads Excel workbooks, is not installed"
        raise FormatError(file, problem, "run pip install 'govreport-nlp[xlsx]', or save it as CSV") from error
    number = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that hold no text
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            names, sheets = _named(book, file)
            for sheet in sheets:
                rows = _filled(sheet)
                next(rows)
                for cells in rows:
                    number += 1
                    yield _row(number, names, cells)
    except GovReportError:
        raise
    except Exception as error:  # openpyxl raises what it will on a damaged file
        where = f", and no row after {number} is read" if number else ""
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        problem = f"the Excel workbook is broken ({reason}){where}"
        raise FormatError(file, problem, "get it again, or save it as CSV") from error


def _named(book: Any, file: str) -> tuple[list[str], list[Any]]:
    """The names of the columns, and the sheets that have rows under them."""
    heads = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some writers state them wrongly, and rows would be lost
        head = next(_filled(sheet), None)
        if head is not None:
            heads[sheet] = [_text(cell) for cell in head]
    if not heads:
        raise EmptyInputError(file, "it has no line of column names", "check that it is the right file and complete")
    first, *others = heads
    for other in others:
        if heads[other] != heads[first]:
            problem = f"its sheets {first.title!r} and {other.title!r} have different columns"
            raise NotAReportError(file, problem, "save the sheet with the reports as a workbook of its own, or as CSV")
    return heads[first], list(heads)


def _filled(sheet: Any) -> Iterator[list[Any]]:
    """The rows of a sheet that are not empty, without the empty cells at their ends."""
    for cells in sheet.iter_rows(values_only=True):
        filled = list(cells)
        while filled and filled[-1] is None:
            filled.pop()
        if filled:
            yield filled


def _row(number: int, names: list[str], cells: list[Any]) -> Row:
    if len(cells) > len(names):
        return Row(number, {}, f"the row has {len(cells)} cells, the line of column names {len(names)}")
    if any(isinstance(cell, str) and len(cell) >= MAX_CELL for cell in cells):
        return Row(number, {}, f"a cell has {MAX_CELL} characters, the most that Excel keeps: its end was cut off")
    padded = [*cells, *[None] * (len(names) - len(cells))]
    return Row(number, {name: _text(c) if isinstance(c, str) else c for name, c in zip(names, padded, strict=True)})


def _text(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return text.replace(f"{_RETURN}\n", "\n").replace(_RETURN, "\n") if _RETURN in text else text
