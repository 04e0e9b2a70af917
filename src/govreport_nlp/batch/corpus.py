"""Many reports as one: a directory, a pattern, a list of files, a zip archive, a data set."""

from __future__ import annotations

import functools
import os
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from govreport_nlp.batch import items, paths, pool, work
from govreport_nlp.batch.engines import Name, open_engine
from govreport_nlp.batch.journal import Journal, open_journal
from govreport_nlp.batch.runner import tabulated
from govreport_nlp.batch.work import Failure, Job, Tables
from govreport_nlp.errors import InputNotFoundError
from govreport_nlp.report import Report
from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.tables import errors, frame, table
from govreport_nlp.tables.frames import of_rows

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R")


class Corpus:
    """The reports of ``where``: a directory (with all below it), a glob pattern, a path, or several of these.

    A zip archive stands for the files in it, a data set (CSV, Excel, JSONL, Parquet, Stata) for its rows, one report
    each: ``text_column`` names the column that holds them, where it is not the only one whose cells read like
    reports. Columns that tell region, province, year and the like settle these (docs/inputs.md).

    Nothing is read before it is asked for, and nothing is kept but ``reports`` and ``errors``: iterating over a
    corpus holds one report at a time. The order is that of ``files`` whatever the number of ``workers``
    (processes; None for what the machine has). A file that cannot be read stops nothing: it becomes a row of
    ``errors``, and so does a member or a row. ``rules`` and ``meta`` are those of ``govreport_nlp.read``.

    ``limit`` takes the first so many reports only, ``since`` the files that were changed then or later; the others
    are counted in ``older``. Tables can be made on a cluster: ``engine`` is "local", "dask" or "spark",
    ``scheduler`` its address (docs/engines.md). Raises ``InputNotFoundError`` where there is no file at all.

    >>> corpus = Corpus("corpus/wangshuo-*.txt")
    >>> [report.meta.year for report in corpus]
    [2023, 2024]
    >>> corpus.to_frame("targets")["region"].unique().tolist()
    ['望朔县']
    """

    def __init__(
        self,
        where: paths.Where,
        *,
        rules: Ruleset = SHIPPED,
        workers: int | None = 1,
        text_column: str | None = None,
        limit: int | None = None,
        since: datetime | None = None,
        engine: Name = "local",
        scheduler: str | None = None,
        **meta: Any,
    ) -> None:
        found = paths.find(where)
        if not found.files:
            first = where if isinstance(where, (str, os.PathLike)) else next(iter(where), "")
            raise InputNotFoundError(
                os.fspath(first) or "''", "there is no report here", "give files, or directories that hold some"
            )
        self.files = found.files if since is None else tuple(f for f in found.files if not paths.is_older(f, since))
        self.older = len(found.files) - len(self.files)
        self.left_out = found.left_out
        self._named = found.named
        self._left_out_here = found.left_out
        self._rules, self._meta, self._text_column = rules, meta, text_column
        reports = sum(map(items.guessed, self.files))
        self.limit = limit
        self._engine, self._scheduler, self._asked = engine, scheduler, workers
        self._workers = max(1, min(workers or pool.worthwhile(reports), reports))
        self.reused = 0
        self._failures: tuple[Failure, ...] | None = None

    def __repr__(self) -> str:
        return f"<Corpus of {len(self)} files>"

    def __len__(self) -> int:
        """How many files there are, readable or not; an archive or a data set is one of them."""
        return len(self.files)

    def __iter__(self) -> Iterator[Report]:
        """The reports in order, read one after the other."""
        for result in self._each(work.read_report):
            if not isinstance(result, Failure):
                yield result

    @property
    def holds_many(self) -> bool:
        """Whether one of its files, by its name, is an archive or a data set: there may be more reports than files."""
        return any(items.guessed(file) > 1 for file in self.files)

    @property
    def expected(self) -> int | None:
        """How many reports there are, as far as the names of the files tell; None where some may hold many."""
        if self.holds_many:
            return self.limit
        return len(self) if self.limit is None else min(len(self), self.limit)

    @functools.cached_property
    def reports(self) -> tuple[Report, ...]:
        """All reports, read once and kept."""
        return tuple(self)

    @property
    def errors(self) -> pd.DataFrame:
        """The files that could not be read: file, cause, problem, remedy. Reads the corpus where nothing has yet."""
        if self._failures is None:
            deque(self, maxlen=0)
        return errors(self._failures or ())

    def to_frame(self, name: str) -> pd.DataFrame:
        """The table ``name`` of all reports as one frame. Raises ``ValueError`` for an unknown table."""
        if "reports" in vars(self):
            return frame(name, self.reports)
        found = self.tabulate([name])
        return of_rows(table(name), (row for one in found if not isinstance(one, Failure) for row in one[name]))

    def tabulate(
        self, names: Sequence[str], journal: str | Journal | None = None
    ) -> Generator[Tables | Failure, None, None]:
        """For each report in order the rows of the tables ``names``, or why there are none.

        What is found is kept in ``journal``, a file or one that is open, and what an earlier run kept there is not
        looked for again where neither the report nor the library nor the rules have changed; ``reused`` counts it.
        Raises ``OutputError`` where the journal cannot be written.
        """
        wanted = tuple(table(name).name for name in names)
        workers = self._workers if self._engine == "local" else self._asked
        self.reused = 0
        with (
            open_journal(journal) if isinstance(journal, str) else nullcontext(journal) as kept,
            open_engine(self._engine, self._scheduler, workers) as engine,
        ):
            yield from self._told(lambda jobs: tabulated(jobs, wanted, self._rules, engine, kept))
            if kept is not None:
                self.reused = kept.reused
                if self.limit is None and not self.older:
                    kept.forget_unused()

    def _each(self, do: Callable[[Job], Report | Failure]) -> Iterator[Report | Failure]:
        return self._told(lambda jobs: pool.ordered(do, jobs, self._workers, lost=work.lost))

    def _told(self, work_on: Callable[[Iterable[Job]], Iterator[R | Failure]]) -> Iterator[R | Failure]:
        """What ``work_on`` makes of all jobs; the failures among it, and what was left out, are kept."""
        failures = []
        left_out = Counter(self._left_out_here)
        for result in work_on(islice(self._jobs(left_out), self.limit)):
            if isinstance(result, Failure):
                failures.append(result)
            yield result
        self._failures = tuple(failures)
        self.left_out = dict(sorted(left_out.items()))

    def _jobs(self, left_out: Counter[str]) -> Iterator[Job]:
        blank = Job("", self._rules, self._meta)
        for file in self.files:
            yield from items.expand(blank._replace(file=file), self._text_column, left_out, named=file in self._named)
