"""What is done with one report: pure functions that a worker process can be given."""

from __future__ import annotations

import io
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias, TypeVar

import msgspec

from govreport_nlp.batch.paths import printable
from govreport_nlp.errors import GovReportError, RuleError
from govreport_nlp.report import Report, read
from govreport_nlp.rules import Ruleset
from govreport_nlp.tables import Row, rows

T = TypeVar("T")
Tables: TypeAlias = dict[str, list[Row]]


class Failure(NamedTuple):
    """A file that could not be read, and why: a row of the table ``errors``."""

    file: str
    cause: str
    problem: str
    remedy: str


class Job(NamedTuple):
    """One report, with what reading it depends on and the tables that are asked for.

    A file is read where it lies; the member of an archive and the row of a data set bring their ``data``. A row has
    a name that is no path, and so the path that it stands ``beside``. ``failure`` says why there is nothing to read.
    """

    file: str
    rules: Ruleset
    meta: dict[str, Any]
    tables: tuple[str, ...] = ()
    data: bytes | None = None
    beside: str = ""
    failure: Failure | None = None


class _Named(io.BytesIO):
    """Bytes that know what to be called."""

    name = ""


def read_report(job: Job) -> Report | Failure:
    """The report of the job's file."""
    return _attempt(job, lambda report: report)


def tabulate(job: Job) -> Tables | Failure:
    """The rows of the job's tables: small enough to hand from process to process."""
    return _attempt(job, lambda report: {name: list(rows(name, report)) for name in job.tables})


def _attempt(job: Job, make: Callable[[Report], T]) -> T | Failure:
    """What ``make`` makes of the file, or why there is nothing. A fault of the rules is no fault of the file."""
    if job.failure is not None:
        return job.failure
    try:
        return make(_read(job))
    except RuleError:
        raise
    except GovReportError as error:
        return Failure(job.file if job.beside else error.file, error.cause, error.problem, error.remedy)
    except Exception as error:  # a fault of the library must cost one file, not the batch; it is listed, not hidden
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{last.filename.rpartition('/')[2]}:{last.lineno}"
        problem = f"the library failed on it ({type(error).__name__} at {where}: {error})"
        return Failure(printable(job.file), "internal", problem, "report it as a bug with this file")


def _read(job: Job) -> Report:
    if job.data is None:
        return read(job.file, rules=job.rules, **job.meta)
    stream = _Named(job.data)
    stream.name = printable(job.beside or job.file)
    report = read(stream, rules=job.rules, **job.meta)
    if not job.beside:
        return report
    return msgspec.structs.replace(report, meta=msgspec.structs.replace(report.meta, file=job.file))


def warm(rules: Ruleset, names: tuple[str, ...]) -> None:
    """Load all that reading needs. Processes that are forked later share it, instead of loading it each."""
    tabulate(Job("", rules, {}, names, "过去一年，我们新建学校3所。".encode()))


def lost(job: Job) -> Failure:
    """The failure of a file whose worker process died."""
    problem = "the process that read it died, perhaps for want of memory"
    return Failure(printable(job.file), "crash", problem, "read it alone, or with fewer workers")
