"""Results in the order of the jobs, whatever happens to the processes."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator

import pytest

from govreport_nlp.batch.pool import ordered, worthwhile


def slow_first(job: int) -> int:
    time.sleep(0.2 if job == 0 else 0)
    return job * 10


def dies_on_three(job: int) -> int:
    if job == 3:
        os._exit(9)
    return job


def refuses(job: int) -> int:
    raise ValueError(f"no {job}")


def lost(job: int) -> int:
    return -job


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_order_is_that_of_the_jobs(workers: int) -> None:
    assert list(ordered(slow_first, range(30), workers, lost)) == [job * 10 for job in range(30)]


def test_a_process_that_dies_costs_one_job() -> None:
    assert list(ordered(dies_on_three, range(12), 2, lost)) == [0, 1, 2, -3, *range(4, 12)]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_that_the_function_raises_is_raised(workers: int) -> None:
    with pytest.raises(ValueError, match="no 0"):
        list(ordered(refuses, range(3), workers, lost))


def test_jobs_are_taken_as_they_are_needed() -> None:
    taken = []

    def jobs() -> Iterator[int]:
        for job in range(1000):
            taken.append(job)
            yield job

    results = ordered(slow_first, jobs(), 2, lost)
    assert next(results) == 0
    assert len(taken) < 20
    results.close()  # type: ignore[attr-defined]


def test_no_jobs_give_nothing() -> None:
    assert list(ordered(slow_first, [], 2, lost)) == []


def test_few_jobs_are_not_worth_a_process() -> None:
    assert worthwhile(1) == 1
    assert 1 <= worthwhile(10_000) <= (os.cpu_count() or 1)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_workers_live_however_they_are_started(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} on this system")
    before = multiprocessing.get_start_method()
    multiprocessing.set_start_method(method, force=True)
    try:
        assert list(ordered(slow_first, range(8), 2, lost)) == [job * 10 for job in range(8)]
    finally:
        multiprocessing.set_start_method(before, force=True)
