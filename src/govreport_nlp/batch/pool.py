"""A function over many jobs, here or in worker processes: results in the order of the jobs, memory flat."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

J = TypeVar("J")
R = TypeVar("R")

# Jobs under way for each worker: enough that none waits, few enough that results do not pile up.
_AHEAD = 4

# A worker takes as long to start as this many reports take to read.
_WORTH_A_WORKER = 8


def ordered(function: Callable[[J], R], jobs: Iterable[J], workers: int, lost: Callable[[J], R]) -> Iterator[R]:
    """``function`` of every job, in the order of ``jobs``, whichever is done first.

    With one worker all is done here; with more, ``function`` and jobs must be picklable. A job whose process dies
    gives ``lost(job)``, and the others go on.

    >>> list(ordered(abs, [-2, 1, -3], workers=1, lost=abs))
    [2, 1, 3]
    """
    if workers <= 1:
        yield from map(function, jobs)
        return
    from concurrent.futures import BrokenExecutor

    waiting: deque[tuple[J, Future[R]]] = deque()
    rest = iter(jobs)
    pool = _pool(workers)
    try:
        while True:
            for job in islice(rest, _AHEAD * workers - len(waiting)):
                waiting.append((job, _submitted(pool, function, job)))
            if not waiting:
                return
            try:
                result = waiting[0][1].result()
            except BrokenExecutor:
                # Nobody knows whose process it was: each job under way gets a process of its own, once.
                pool.shutdown(wait=False, cancel_futures=True)
                yield from [alone(function, job, lost) for job, _ in waiting]
                waiting.clear()
                pool = _pool(workers)
                continue
            waiting.popleft()
            yield result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def worthwhile(jobs: int) -> int:
    """How many workers are worth their start: no more than this process may use processors."""
    return max(1, min(processors(), jobs // _WORTH_A_WORKER))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _submitted(pool: Executor, function: Callable[[J], R], job: J) -> Future[R]:
    """The job's future; one that has failed already where the pool broke meanwhile."""
    from concurrent.futures import BrokenExecutor, Future

    try:
        return pool.submit(function, job)
    except BrokenExecutor as error:
        future: Future[R] = Future()
        future.set_exception(error)
        return future


def alone(function: Callable[[J], R], job: J, lost: Callable[[J], R]) -> R:
    """``function`` of one job in a process of its own, or ``lost(job)`` where that dies."""
    from concurrent.futures import BrokenExecutor

    with _pool(1) as pool:
        try:
            return pool.submit(function, job).result()
        except BrokenExecutor:
            return lost(job)


def _pool(workers: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(workers, initializer=_begin)


def _begin() -> None:
    """Ctrl-C is for the main process, which then ends its workers; where it was killed, they end themselves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what was loaded before the fork stays shared: the collector does not write to it
    threading.Thread(target=_end_with_main, daemon=True).start()


def _end_with_main() -> None:
    import multiprocessing

    if (main := multiprocessing.parent_process()) is not None:
        main.join()
        os._exit(1)
