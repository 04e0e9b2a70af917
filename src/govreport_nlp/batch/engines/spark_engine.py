"""The engine of a Spark cluster, or of Spark on this machine: rounds of reports through ``mapInPandas``."""

from __future__ import annotations

import json
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from govreport_nlp.batch.engines import remote
from govreport_nlp.batch.engines.spark_session import reason, session
from govreport_nlp.batch.part import lost_part
from govreport_nlp.errors import EngineError, GovReportError

if TYPE_CHECKING:
    import pandas as pd

_GIVEN = "part bigint, position int, job binary, data binary"
_TAKEN = "part bigint, position int, result binary, error string"

# A round is so many reports for each task that runs at a time, but no more bytes than the driver can well hold. While
# one is worked on the next one waits behind it, so that no worker is idle at its end.
_ROWS_A_TASK = 16
_BYTES_A_ROUND = 64 * 1024 * 1024
_ROUNDS_AHEAD = 2

_PLANNING = threading.Lock()  # what is warned of is set for all threads


_Row: TypeAlias = tuple[int, int, bytes, bytes | None]


class _Round(NamedTuple):
    """Some parts, how many rows each has, and all of their rows with the number of the part and the place in it."""

    sizes: list[tuple[int, int]]
    rows: list[_Row]


class SparkRounds:
    """An ``Engine`` of a Spark session; it runs as many tasks at a time as ``tasks`` says."""

    def __init__(self, spark: Any, tasks: int) -> None:
        self._spark = spark
        self._rows = _ROWS_A_TASK * tasks

    def map(
        self, function: Callable[[pd.DataFrame], pd.DataFrame], parts: Iterable[pd.DataFrame]
    ) -> Iterator[pd.DataFrame]:
        from concurrent.futures import Future, ThreadPoolExecutor

        work = RowWork(remote.Checked(function))
        pool = ThreadPoolExecutor(_ROUNDS_AHEAD)
        waiting: deque[tuple[_Round, Future[list[bytes]]]] = deque()
        try:
            for one in self._rounds(parts):
                waiting.append((one, pool.submit(self._run, work, one.rows)))
                if len(waiting) == _ROUNDS_AHEAD:
                    yield from _frames(waiting[0][0], waiting.popleft()[1].result())
            while waiting:
                yield from _frames(waiting[0][0], waiting.popleft()[1].result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _rounds(self, parts: Iterable[pd.DataFrame]) -> Iterator[_Round]:
        one, held = _Round([], []), 0
        for number, part in enumerate(parts):
            one.sizes.append((number, len(part)))
            for position, (job, data) in enumerate(zip(part["job"], part["data"], strict=True)):
                one.rows.append((number, position, job, data))
                held += len(data or b"")
            if len(one.rows) >= self._rows or held >= _BYTES_A_ROUND:
                yield one
                one, held = _Round([], []), 0
        if one.sizes:
            yield one

    def _run(self, work: RowWork, rows: list[_Row]) -> list[bytes]:
        """The results of the rows in order. Where a process dies, halves are tried, down to the row that kills it."""
        if not rows:
            return []
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException, PythonException

        try:
            return _results(run_rows(self._spark, work, rows), rows)
        except PythonException as error:
            if "No module named 'govreport_nlp" in str(error):
                raise remote.not_installed("a worker of Spark") from error
            raise
        except (Py4JError, PySparkException) as error:
            if stopped(self._spark):
                raise EngineError("engine spark", "Spark has stopped", "look at its logs, and run it again") from error
            if len(rows) == 1:
                return [lost_part(_part(rows))["result"][0]]
        middle = len(rows) // 2
        return self._run(work, rows[:middle]) + self._run(work, rows[middle:])


class RowWork:
    """``function`` for ``mapInPandas``: which row it was goes with each result, and an error is one more column."""

    def __init__(self, function: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        self._function = function

    def __call__(self, frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        import pandas as pd

        for frame in frames:
            found, error = pd.Series([None] * len(frame), dtype=object), None
            try:
                found = self._function(frame[["job", "data"]])["result"]
            except GovReportError as raised:
                error = json.dumps(raised.args)
            made = {"part": frame["part"], "position": frame["position"], "result": found}
            yield pd.DataFrame({**made, "error": pd.Series([error] * len(frame), dtype=object)})


def run_rows(spark: Any, work: RowWork, rows: list[_Row]) -> list[Any]:
    """What ``work`` gives for the rows, in any order."""
    with _PLANNING, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        found = spark.createDataFrame(rows, _GIVEN, verifySchema=False).mapInPandas(work, _TAKEN)
    return found.collect()  # type: ignore[no-any-return]


def stopped(spark: Any) -> bool:
    """Whether the session is of no use any more."""
    from py4j.protocol import Py4JError

    try:
        return bool(spark.sparkContext._jsc.sc().isStopped())
    except (Py4JError, AttributeError, OSError):
        return True


@contextmanager
def spark_engine(scheduler: str | None, workers: int | None) -> Iterator[SparkRounds]:
    """The engine of the Spark master ``scheduler``, or of Spark on this machine with ``workers`` tasks at a time.

    A session that is active already is used and left open; one that this starts is stopped at the end. Raises
    ``EngineError`` where PySpark or Java is missing, the master does not answer, or the library is not the same there.
    """
    with session(scheduler, workers) as spark:
        tasks = max(1, spark.sparkContext.defaultParallelism)
        _same_library(spark, tasks, scheduler or "engine spark")
        yield SparkRounds(spark, tasks)


def _same_library(spark: Any, tasks: int, name: str) -> None:
    """Raise ``EngineError`` unless Python can be run by the workers, with this version of the library."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    rows: list[_Row] = [(n, 0, b"", None) for n in range(tasks)]
    try:
        _results(run_rows(spark, RowWork(remote.Checked(_nothing)), rows), rows)
    except (Py4JError, PySparkException) as error:
        if "No module named 'govreport_nlp" in str(error):
            raise remote.not_installed(f"a worker of {name}") from error
        problem = f"its workers cannot run Python with what is needed ({reason(error)})"
        remedy = f"install govreport-nlp[spark] {remote.version()} there, and let PYSPARK_PYTHON name that Python"
        raise EngineError(name, problem, remedy) from error


def _nothing(part: pd.DataFrame) -> pd.DataFrame:
    return part.rename(columns={"job": "result"})


def _part(rows: list[_Row]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "job": pd.Series([row[2] for row in rows], dtype=object),
            "data": pd.Series([row[3] for row in rows], dtype=object),
        }
    )


def _results(found: list[Any], rows: list[_Row]) -> list[bytes]:
    """What was found, in the order of the rows that were given."""
    error = next((row["error"] for row in found if row["error"] is not None), None)
    if error is not None:
        raise EngineError(*json.loads(error))
    in_order = sorted(found, key=itemgetter("part", "position"))
    if [(row["part"], row["position"]) for row in in_order] != [row[:2] for row in rows]:
        raise EngineError("engine spark", "it gave other rows back than it was given", "report this as a bug")
    return [bytes(row["result"]) for row in in_order]


def _frames(one: _Round, results: list[bytes]) -> Iterator[pd.DataFrame]:
    """The results of a round, part by part; a part may have no rows."""
    import pandas as pd

    found = {
        number: [result for _, result in of_part]
        for number, of_part in groupby(zip((row[0] for row in one.rows), results, strict=True), key=itemgetter(0))
    }
    for number, _ in one.sizes:
        yield pd.DataFrame({"result": pd.Series(found.get(number, []), dtype=object)})
