"""The engine of a Dask cluster: one that runs already, or processes of this machine."""

from __future__ import annotations

import logging
import pkgutil
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from govreport_nlp.batch import pool
from govreport_nlp.batch.engines import remote
from govreport_nlp.batch.part import lost_part
from govreport_nlp.errors import EngineError

if TYPE_CHECKING:
    import pandas as pd

_WHAT, _EXAMPLE = "a Dask scheduler", "tcp://host:8786"
_PATIENCE = 5.0  # seconds in which the scheduler must answer
_WORKERS_PATIENCE = 60.0  # seconds in which a worker must join, at the start and when the last one is gone
_AHEAD = 2  # parts under way for each thread of the cluster

# A part is sent with its function, so that the scheduler can send it anew when a worker dies; it is as large as it is.
# Dask keeps its last thousand messages for debugging, which with the parts in them are the memory of a run.
_SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "1GiB",
    "distributed.admin.low-level-log-length": 10,
}
# Of processes that this engine starts, the one that dies is replaced at once, and its part tried job by job.
_OWN_CLUSTER = {"distributed.scheduler.allowed-failures": 0}


class DaskCluster:
    """An ``Engine`` of the cluster behind ``client``, called ``name`` where something is wrong with it."""

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._name = name

    def map(
        self, function: Callable[[pd.DataFrame], pd.DataFrame], parts: Iterable[pd.DataFrame]
    ) -> Iterator[pd.DataFrame]:
        distributed = remote.needed("distributed", "dask")
        work = remote.Checked(function)
        rest = iter(parts)
        waiting: deque[tuple[pd.DataFrame, Any]] = deque()
        try:
            while True:
                for part in islice(rest, max(0, self._window() - len(waiting))):
                    waiting.append((part, self._submit(work, part)))
                if not waiting:
                    return
                part, future = waiting[0]
                try:
                    result = self._result(future)
                except distributed.KilledWorker:
                    # The jobs of it that did no harm are done all the same: alone, so that nothing else is to blame.
                    for _, other in waiting:
                        self._wait(other)
                    result = self._one_by_one(work, part)
                waiting.popleft()
                yield result
        finally:
            for _, future in waiting:
                future.release()

    def _window(self) -> int:
        """How many parts are under way at a time; the cluster may grow and shrink."""
        return _AHEAD * max(1, self._threads()) + 1

    def _threads(self) -> int:
        with self._reached():
            return sum(self._client.nthreads().values())

    def _submit(self, work: remote.Checked, part: pd.DataFrame) -> Any:
        with self._reached():
            return self._client.submit(work, part, key=f"govreport_nlp-{uuid.uuid4().hex}", pure=False)

    def _one_by_one(self, work: remote.Checked, part: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        distributed = remote.needed("distributed", "dask")
        results = []
        for i in range(len(part)):
            row = part.iloc[[i]]
            try:
                results.append(self._result(self._submit(work, row)))
            except distributed.KilledWorker:
                results.append(lost_part(row))
        return pd.concat(results, ignore_index=True)

    def _result(self, future: Any) -> pd.DataFrame:
        self._wait(future)
        try:
            with self._reached():
                return future.result()  # type: ignore[no-any-return]
        except ModuleNotFoundError as error:
            if error.name == "govreport_nlp":
                raise remote.not_installed(f"a worker of {self._name}") from error
            raise

    def _wait(self, future: Any) -> None:
        """Until the future is done, well or badly. Raises ``EngineError`` where that cannot come about any more."""
        while True:
            try:
                future.exception(timeout=_WORKERS_PATIENCE)
                return
            except TimeoutError:
                if not self._threads():
                    raise self._gone("none of its workers is left") from None

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Around whatever asks the scheduler. Raises ``EngineError`` where it does not answer any more."""
        from distributed.comm import CommClosedError

        try:
            yield
        except (CommClosedError, CancelledError, ConnectionError, TimeoutError) as error:
            raise self._gone("it is gone, or has dropped what it was given") from error

    def _gone(self, problem: str) -> EngineError:
        return EngineError(self._name, problem, "look at its logs, start it anew and run the command again")


@contextmanager
def dask_engine(scheduler: str | None, workers: int | None) -> Iterator[DaskCluster]:
    """The engine of the Dask cluster at ``scheduler``, or of ``workers`` processes of this machine.

    Raises ``EngineError`` where Dask is not installed, no scheduler answers, no worker joins, or the library is not
    the same there. What it started is ended with it, and what it was given to do is taken back.
    """
    distributed = remote.needed("distributed", "dask")
    import dask

    if scheduler is not None:
        remote.must_answer(scheduler, _WHAT, _EXAMPLE)
    with ExitStack() as opened:
        opened.enter_context(dask.config.set(_SETTINGS))
        opened.enter_context(distributed.utils.silence_logging_cmgr(logging.CRITICAL))
        if scheduler is None:
            where: Any = opened.enter_context(_own_cluster(workers or pool.processors()))
        else:
            where = scheduler
        name = scheduler or "engine dask"
        try:
            client = opened.enter_context(distributed.Client(where, timeout=_PATIENCE, set_as_default=False))
        except Exception as error:  # who answers there may be anybody, and say anything
            raise remote.unanswered(name, _WHAT, error) from error
        _same_library(client, name)
        yield DaskCluster(client, name)


def _own_cluster(workers: int) -> Any:
    import dask
    import distributed

    with dask.config.set(_OWN_CLUSTER):
        return distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
            preload=["govreport_nlp.batch.engines.dask_preload"],
        )


def _same_library(client: Any, name: str) -> None:
    """Raise ``EngineError`` unless scheduler and workers, of which there must be one, have this version."""
    ask = (pkgutil.resolve_name, remote.OUR_VERSION)
    if not client.nthreads():
        try:  # a cluster that grows when there is something to do is given something
            client.submit(*ask, pure=False).exception(timeout=_WORKERS_PATIENCE)
        except TimeoutError:
            remedy = f"start some with: dask worker {name}"
            raise EngineError(name, "the scheduler has no workers", remedy) from None
    try:
        said: dict[str, Any] = {name: client.run_on_scheduler(*ask)}
    except ImportError as error:
        said = {name: error}
    for where, there in {**said, **client.run(*ask, on_error="return")}.items():
        if isinstance(there, ImportError):
            raise remote.not_installed(where) from there
        if there != remote.version():
            raise remote.other_version(where, str(there), remote.version())
