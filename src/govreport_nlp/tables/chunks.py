"""Rows gathered until there are enough of them to be worth writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from govreport_nlp.tables.rows import Row

# Enough for a format to pack well, few enough for memory: some tens of megabytes a table.
ENOUGH = 20_000


class Chunks:
    """Hands on the rows that it is given in lists of ``enough``; the last list may be shorter.

    >>> given = []
    >>> chunks = Chunks(given.append, enough=2)
    >>> chunks.add([(1,), (2,), (3,)])
    3
    >>> chunks.flush()
    >>> given
    [[(1,), (2,)], [(3,)]]
    """

    def __init__(self, take: Callable[[list[Row]], object], enough: int = ENOUGH) -> None:
        self._take, self._enough = take, enough
        self._rows: list[Row] = []

    def add(self, found: Iterable[Row]) -> int:
        """Append ``found``; how many rows that were."""
        n = 0
        for n, row in enumerate(found, 1):  # noqa: B007
            self._rows.append(row)
            if len(self._rows) >= self._enough:
                self.flush()
        return n

    def flush(self) -> None:
        """Hand on what is left."""
        rows, self._rows = self._rows, []
        if rows:
            self._take(rows)
