"""The tables: columns declared once, frames, and files of several formats."""

from govreport_nlp.tables.atomic import atomic_directory
from govreport_nlp.tables.columns import ERRORS, TABLES, Column, Heads, Table, table
from govreport_nlp.tables.csvfile import CsvTable, write_csv
from govreport_nlp.tables.frames import errors, frame
from govreport_nlp.tables.outputs import ENDINGS, Output, clear_leftovers, is_output, open_output, pages_beside
from govreport_nlp.tables.rows import Row, report_id, rows

__all__ = [
    "ENDINGS",
    "ERRORS",
    "TABLES",
    "Column",
    "CsvTable",
    "Heads",
    "Output",
    "Row",
    "Table",
    "atomic_directory",
    "clear_leftovers",
    "errors",
    "frame",
    "is_output",
    "open_output",
    "pages_beside",
    "report_id",
    "rows",
    "table",
    "write_csv",
]
