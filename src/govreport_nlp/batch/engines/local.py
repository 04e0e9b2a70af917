"""The engine of one machine: a pool of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from govreport_nlp.batch import pool
from govreport_nlp.batch.part import lost_part

if TYPE_CHECKING:
    import pandas as pd


class LocalPool:
    """An ``Engine`` of ``workers`` processes; with one, all is done here."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def map(
        self, function: Callable[[pd.DataFrame], pd.DataFrame], parts: Iterable[pd.DataFrame]
    ) -> Iterator[pd.DataFrame]:
        def one_by_one(part: pd.DataFrame) -> pd.DataFrame:
            """The process of this part died: the jobs of it that did no harm are done all the same."""
            import pandas as pd

            if part.empty:
                return lost_part(part)
            rows = [part.iloc[[i]] for i in range(len(part))]
            return pd.concat([pool.alone(function, row, lost_part) for row in rows], ignore_index=True)

        return pool.ordered(function, parts, self._workers, one_by_one)


@contextmanager
def local_engine(_: str | None, workers: int | None) -> Iterator[LocalPool]:
    """The engine of this machine, with as many processes as it has processors where ``workers`` is None."""
    yield LocalPool(workers or pool.processors())
