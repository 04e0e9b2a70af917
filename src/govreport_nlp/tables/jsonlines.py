"""A file of JSON lines: a report with all that it holds on each line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

import msgspec

from govreport_nlp.errors import OutputError
from govreport_nlp.tables.atomic import atomic_path
from govreport_nlp.tables.columns import ERRORS, TABLES, WHOLE, Heads
from govreport_nlp.tables.rows import Row

_ERRORS = ".errors.jsonl"
_FAILURE = b'{"file":'


class JsonLines:
    """An ``Output`` of whole reports. Rows of the other tables are counted, no more: the reports hold them."""

    tables = (*TABLES, WHOLE.name)

    def __init__(self, reports: IO[bytes], failures: IO[bytes], errors: str) -> None:
        self._reports, self._failures = reports, failures
        self.errors = errors

    def write(self, name: str, found: Iterable[Row]) -> int:
        n = 0
        for n, row in enumerate(found, 1):  # noqa: B007
            if name == WHOLE.name:
                self._reports.write(row[-1].encode() + b"\n")
            elif name == ERRORS.name:
                cells = dict(zip(ERRORS.heads(), row, strict=True))
                self._failures.write(msgspec.json.encode(cells) + b"\n")
        return n


@contextmanager
def json_lines(path: str, _: Heads) -> Iterator[JsonLines]:
    """The output that is a file of JSON lines, with another of the same name and ``.errors.jsonl`` beside it."""
    errors = errors_beside(path)
    # The errors come first into place: a run that was killed then may have left them alone.
    for file, ours in ((path, is_json_lines(path)), (errors, _begins(errors, _FAILURE))):
        if os.path.isfile(file) and os.path.getsize(file) and not ours:
            remedy = "name another file, or move that away"
            raise OutputError(file, "the file holds what is no earlier output", remedy)
    if os.path.isdir(errors):
        raise OutputError(errors, "this is a directory", "name a file, or move that away")
    with atomic_path(path) as part:
        failed = part.with_name("failures")
        with open(failed, "wb") as b, open(part, "wb") as a:
            yield JsonLines(a, b, errors)
        with atomic_path(errors) as beside:
            os.replace(failed, beside)


def is_json_lines(file: str) -> bool:
    """Whether ``file`` is one of the two files of an earlier output."""
    lower = file.lower()
    if lower.endswith(_ERRORS):
        other, begins = file[: -len(_ERRORS)] + ".jsonl", _FAILURE
    elif lower.endswith(".jsonl"):
        other, begins = errors_beside(file), b'{"meta":'
    else:
        return False
    return os.path.isfile(other) and _begins(file, begins)


def _begins(file: str, begins: bytes) -> bool:
    if not os.path.isfile(file):
        return False
    with open(file, "rb") as opened:
        return opened.read(len(begins)) in (begins, b"")


def errors_beside(path: str) -> str:
    """The file that lists what could not be read, beside the reports of ``path``."""
    return os.path.splitext(path)[0] + _ERRORS
