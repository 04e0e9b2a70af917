"""From rows to data frames with the declared types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from govreport_nlp.tables.columns import ERRORS, Table, table
from govreport_nlp.tables.rows import ReportLike, Row, rows

if TYPE_CHECKING:
    import pandas as pd


def frame(name: str, reports: Iterable[ReportLike]) -> pd.DataFrame:
    """The table ``name`` of all ``reports`` as one frame, a row a record, in the order of the reports.

    The columns and their types are the declared ones, also where there is no row. Raises ``ValueError`` for an
    unknown table.

    >>> from govreport_nlp import parse
    >>> frame("sentences", [parse("各位代表：")])[["index", "text"]].values.tolist()
    [[0, '各位代表：']]
    """
    return of_rows(table(name), (row for report in reports for row in rows(name, report)))


def errors(failures: Iterable[Row]) -> pd.DataFrame:
    """The files that could not be read, a row a file: file, cause, problem, remedy."""
    return of_rows(ERRORS, failures)


def of_rows(made: Table, found: Iterable[Row]) -> pd.DataFrame:
    """A frame of rows that are already made, in the table's types."""
    import pandas as pd

    lists = list(zip(*found, strict=True)) or [()] * len(made.columns)
    return pd.DataFrame(
        {column.name: pd.Series(values, dtype=column.dtype) for column, values in zip(made.columns, lists, strict=True)}
    )
