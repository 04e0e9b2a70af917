"""From jobs to results: parts for an engine, results in order, what an earlier run found taken from its journal."""

from __future__ import annotations

import functools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from govreport_nlp.batch.engines import Engine
from govreport_nlp.batch.engines.local import LocalPool
from govreport_nlp.batch.journal import Journal, Keys
from govreport_nlp.batch.part import part_of, result_of, tabulate_part
from govreport_nlp.batch.portable import portable
from govreport_nlp.batch.work import Failure, Job, Tables, warm
from govreport_nlp.errors import GovReportError
from govreport_nlp.rules import Ruleset
from govreport_nlp.source.opening import load

if TYPE_CHECKING:
    import pandas as pd

# A part has so many reports to read, or so many bytes of them, or so many reports in all: enough that sending it
# costs nothing beside the reading, few enough that progress is seen and memory stays flat.
_TO_READ, _BYTES, _IN_ALL = 8, 4 * 1024 * 1024, 256

# Failures that say nothing of the file, and so may be gone the next time.
_PASSING = frozenset({"crash", "internal"})


_Seen: TypeAlias = tuple[int, int, int]


class _Slot:
    """One report of a part: its key where it has one, and whether the journal knows it.

    Where the worker reads the ``file`` again, ``seen`` tells whether it has changed since the key was made.
    """

    __slots__ = ("file", "key", "known", "seen")

    def __init__(self, key: bytes | None, known: bool, file: str = "", seen: _Seen | None = None) -> None:
        self.key, self.known, self.file, self.seen = key, known, file, seen

    def unchanged(self) -> bool:
        return not self.file or _look(self.file) == self.seen


def tabulated(
    jobs: Iterable[Job], names: tuple[str, ...], rules: Ruleset, engine: Engine, journal: Journal | None = None
) -> Iterator[Tables | Failure]:
    """For each job in order the rows of the tables ``names``, or why there are none."""
    keys = Keys(names, rules) if journal is not None else None
    carried = _BYTES if isinstance(engine, LocalPool) else None
    begin = functools.partial(warm, rules, names) if isinstance(engine, LocalPool) else None
    waiting: deque[list[_Slot]] = deque()
    there = rules if isinstance(engine, LocalPool) else portable(rules)
    function = functools.partial(tabulate_part, names=names, rules=there)
    for results in engine.map(function, _begun(_parts(jobs, waiting, keys, journal, carried), begin)):
        made = iter(results["result"])
        for slot in waiting.popleft():
            packed = journal.get(slot.key) if slot.known and journal is not None and slot.key else bytes(next(made))
            result = result_of(packed)
            if journal is not None and slot.key and not slot.known and _lasting(result) and slot.unchanged():
                journal.put(slot.key, packed)
            yield result


def _parts(
    jobs: Iterable[Job], waiting: deque[list[_Slot]], keys: Keys | None, journal: Journal | None, carried: int | None
) -> Iterator[pd.DataFrame]:
    """The parts in order; ``waiting`` gets the slots of each, those included that need no reading.

    A file of more than ``carried`` bytes is left for the worker to read where it lies.
    """
    slots: list[_Slot] = []
    todo: list[Job] = []
    size = 0
    for one in jobs:
        seen = _look(one.file) if one.data is None else None
        job = _loaded(one)
        key = None if keys is None or job.data is None or job.failure is not None else keys(job, job.data)
        known = journal is not None and key is not None and key in journal
        again = one.data is None and carried is not None and len(job.data or b"") > carried
        slots.append(_Slot(key, known, one.file if again else "", seen))
        if not known:
            if again:
                job = one
            todo.append(job)
            size += len(job.data or b"")
        if len(todo) >= _TO_READ or size >= _BYTES or len(slots) >= _IN_ALL:
            waiting.append(slots)
            yield part_of(todo)
            slots, todo, size = [], [], 0
    if slots:
        waiting.append(slots)
        yield part_of(todo)


def _begun(parts: Iterator[pd.DataFrame], begin: Callable[[], None] | None) -> Iterator[pd.DataFrame]:
    """The parts; before the first that has anything to read goes out, ``begin`` is done."""
    for part in parts:
        if begin is not None and len(part):
            begin()
            begin = None
        yield part


def _loaded(job: Job) -> Job:
    """The job with its bytes. Where they cannot be had, reading it says why."""
    if job.data is not None or job.failure is not None:
        return job
    try:
        return job._replace(data=load(job.file).data)
    except GovReportError:
        return job


def _look(file: str) -> _Seen | None:
    """What changes when a file does."""
    try:
        found = os.stat(file)
    except (OSError, ValueError):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _lasting(result: Tables | Failure) -> bool:
    return not (isinstance(result, Failure) and result.cause in _PASSING)
