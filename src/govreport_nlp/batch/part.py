"""Some reports as a frame, and what reading them gave as another: the one function that every engine runs."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from govreport_nlp.batch.work import Failure, Job, Tables, lost, tabulate
from govreport_nlp.rules import Ruleset

if TYPE_CHECKING:
    import pandas as pd

# Rows repeat their sentences: the lightest compression takes four fifths away, and what is left costs little to send.
_LEVEL = 1


class _Order(NamedTuple):
    """A job without its bytes and its rules, as it is sent to a worker; names may be in a broken encoding."""

    file: bytes
    beside: bytes
    meta: dict[str, Any]
    failure: Failure | None


class _Result(msgspec.Struct, frozen=True, omit_defaults=True):
    tables: dict[str, list[tuple[Any, ...]]] | None = None
    failure: Failure | None = None


_orders = msgspec.msgpack.Decoder(_Order)
_results = msgspec.msgpack.Decoder(_Result)
_encode = msgspec.msgpack.Encoder().encode


def part_of(jobs: Sequence[Job]) -> pd.DataFrame:
    """The frame of some jobs, a row a job: ``job`` says which, ``data`` holds its bytes, or None to read a path."""
    import pandas as pd

    orders = [_encode(_Order(os.fsencode(j.file), os.fsencode(j.beside), j.meta, j.failure)) for j in jobs]
    return pd.DataFrame(
        {"job": pd.Series(orders, dtype=object), "data": pd.Series([j.data for j in jobs], dtype=object)}
    )


def tabulate_part(part: pd.DataFrame, *, names: tuple[str, ...], rules: Ruleset) -> pd.DataFrame:
    """What each job of ``part`` gives: a frame of one column ``result`` in the same order, for ``result_of``.

    ``names`` are the tables that are asked for. The same part gives the same frame wherever it is run.
    """
    return _results_of([tabulate(job) for job in _jobs(part, names, rules)])


def lost_part(part: pd.DataFrame) -> pd.DataFrame:
    """The results of a part whose process died: each of its jobs is lost."""
    return _results_of([lost(job) for job in _jobs(part, (), Ruleset())])


def result_of(packed: bytes) -> Tables | Failure:
    """The rows of a job's tables, or why there are none, from a cell of the column ``result``."""
    result = _results.decode(zlib.decompress(packed))
    return result.failure if result.tables is None else result.tables  # type: ignore[return-value]


def _jobs(part: pd.DataFrame, names: tuple[str, ...], rules: Ruleset) -> list[Job]:
    jobs = []
    for packed, data in zip(part["job"], part["data"], strict=True):
        order = _orders.decode(packed)
        file, beside = os.fsdecode(order.file), os.fsdecode(order.beside)
        content = None if data is None else bytes(data)
        jobs.append(Job(file, rules, order.meta, names, content, beside, order.failure))
    return jobs


def _results_of(results: Sequence[Tables | Failure]) -> pd.DataFrame:
    import pandas as pd

    packed = [
        zlib.compress(_encode(_Result(failure=r) if isinstance(r, Failure) else _Result(tables=r)), _LEVEL)
        for r in results
    ]
    return pd.DataFrame({"result": pd.Series(packed, dtype=object)})
