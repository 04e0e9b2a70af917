"""What is marked on a page: the records of each place, with the cells that are shown of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from govreport_nlp.report import Report
from govreport_nlp.tables import TABLES, rows
from govreport_nlp.tables.links import anchor

# The kinds of marks: tables whose records are shown and hidden together. A target is a quantity shown on its own.
KINDS = ("targets", "quantities", "relative_targets", "slogans", "projects")

# What the list calls a record by, beside its words.
_NAMES = {"quantities": "indicator", "relative_targets": "indicator", "slogans": "kind", "projects": "name"}

# Cells that the page has in another place, or of all records at once.
_LEFT_OUT = frozenset({"report_id", "file", "region", "adcode", "year", "text", "sentence"})


class Entry(NamedTuple):
    """One record: its kind, what the list calls it, and its cells as ``columns`` orders them."""

    kind: str
    name: str
    cells: tuple[Any, ...]


class Mark(NamedTuple):
    """A place with the records of one table that stand there: one mostly, more where they share their words."""

    start: int
    end: int
    id: str
    entries: tuple[Entry, ...]

    @property
    def kinds(self) -> list[str]:
        """The kinds of its records, each once."""
        return list(dict.fromkeys(entry.kind for entry in self.entries))


def columns(kind: str) -> list[str]:
    """The Chinese labels of the cells that are shown of a record.

    >>> columns("relative_targets")[:4]
    ['指标', '指标代码', '关系', '参照']
    """
    return [column.zh for column in TABLES[kind].columns if column.name not in _LEFT_OUT]


def marks(report: Report) -> list[Mark]:
    """All marks of ``report`` in the order of their places; the longer of two that begin together comes first."""
    found: dict[tuple[int, int, str], list[Entry]] = {}
    for table in _NAMES:
        for start, end, entry in _entries(table, report):
            found.setdefault((start, end, table), []).append(entry)
    made = [Mark(start, end, anchor(table, start, end), tuple(e)) for (start, end, table), e in found.items()]
    return sorted(made, key=lambda mark: (mark.start, -mark.end))


def _entries(table: str, report: Report) -> Iterator[tuple[int, int, Entry]]:
    heads = TABLES[table].heads()
    at = {head: i for i, head in enumerate(heads)}
    kept = [i for i, head in enumerate(heads) if head not in _LEFT_OUT]
    for row in rows(table, report):
        kind = "targets" if table == "quantities" and row[at["status"]] == "target" else table
        name = str(row[at[_NAMES[table]]] or "")
        yield row[at["start"]], row[at["end"]], Entry(kind, name, tuple(row[i] for i in kept))
