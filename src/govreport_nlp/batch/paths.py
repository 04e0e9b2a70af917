"""Which files a corpus is made of, and in which order."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

from govreport_nlp.tables import is_output

Where: TypeAlias = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

# Endings of files that may hold a report. In a directory other files are left out (and counted);
# a file that is named itself is read whatever its ending is.
ENDINGS = frozenset({"", ".txt", ".text", ".md", ".htm", ".html", ".xhtml", ".mht", ".mhtml"}) | frozenset(
    {".doc", ".docx", ".wps", ".rtf", ".odt", ".pdf"}
)
# Endings of files that may hold many reports.
HOLD_MANY = frozenset({".zip", ".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".dta", ".xlsx", ".xlsm"})


class Found(NamedTuple):
    """The files in order, those of them that were named themselves, and how many were left out, by ending."""

    files: tuple[str, ...]
    named: frozenset[str]
    left_out: dict[str, int]


def find(where: Where) -> Found:
    """The files that ``where`` names: paths, directories (with all below them) and glob patterns.

    They come in the order given, those of a directory or pattern sorted by name, none twice. Hidden files, and
    directories that hold this library's output, are passed over. A path that does not exist is kept: reading it
    fails, and says so.

    >>> [file.split("/")[-1] for file in find("corpus/wangshuo-*.txt").files]
    ['wangshuo-2023.txt', 'wangshuo-2024.txt']
    """
    given = [where] if isinstance(where, (str, os.PathLike)) else list(where)
    files: dict[str, str] = {}
    named = set()
    left_out: Counter[str] = Counter()
    for one in given:
        for file in _matching(os.fspath(one)):
            if not os.path.isdir(file):
                named.add(file)
            for path in _below(file, left_out) if os.path.isdir(file) else [file]:
                files.setdefault(os.path.abspath(path), path)
    return Found(tuple(files.values()), frozenset(named), dict(sorted(left_out.items())))


def is_older(file: str, since: datetime) -> bool:
    """Whether a file was changed last before ``since``; one that cannot be looked at is not."""
    try:
        return os.stat(file).st_mtime < since.timestamp()
    except (OSError, ValueError):
        return False


def may_hold_reports(name: str) -> bool:
    """Whether a file of this name is read where it was not named itself.

    >>> may_hold_reports("2024.docx"), may_hold_reports("reports.zip"), may_hold_reports("map.png")
    (True, True, False)
    """
    return os.path.splitext(name)[1].lower() in ENDINGS | HOLD_MANY


def is_passed_over(name: str) -> bool:
    """Whether a file of this name is hidden, or the lock of an open document."""
    return name.startswith((".", "~$"))


def printable(file: str) -> str:
    """A name that came out of a file system in a broken encoding, as text that can be written."""
    return file.encode("utf-8", "replace").decode()


def _matching(pattern: str) -> list[str]:
    if os.path.lexists(pattern) or not glob.has_magic(pattern):
        return [pattern]
    return sorted(glob.glob(pattern, recursive=True), key=_order) or [pattern]


def _below(directory: str, left_out: Counter[str]) -> Iterator[str]:
    found = []
    for here, directories, names in os.walk(directory):
        directories[:] = [d for d in directories if not d.startswith(".") and not is_output(Path(here, d))]
        for name in names:
            path = os.path.join(here, name)
            if is_passed_over(name) or not os.path.isfile(path) or is_output(Path(path)):
                continue
            if may_hold_reports(name):
                found.append(path)
            else:
                left_out[os.path.splitext(name)[1].lower()] += 1
    return iter(sorted(found, key=_order))


def _order(path: str) -> tuple[str, ...]:
    return Path(path).parts
