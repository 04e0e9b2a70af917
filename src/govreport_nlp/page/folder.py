"""Pages as files: one, or a directory of them with an index."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from govreport_nlp.errors import OutputError
from govreport_nlp.page.render import Listed, index, listed, page
from govreport_nlp.report import Report
from govreport_nlp.tables import atomic_directory
from govreport_nlp.tables.atomic import atomic_path, is_page

INDEX = "index.html"


class PageFolder:
    """Writes pages into a directory, each named by its report's id: reports with the same text share the first's.

    >>> import tempfile
    >>> from govreport_nlp import read
    >>> with tempfile.TemporaryDirectory() as directory:
    ...     PageFolder(Path(directory)).add(read("corpus/wangshuo-2024.txt"))
    ...     len(os.listdir(directory))
    1
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def add(self, report: Report) -> None:
        """Write the page of ``report`` where there is none yet."""
        file = self._directory / listed(report).file
        if not file.exists():
            file.write_text(page(report), encoding="utf-8", newline="\n")


def write_pages(directory: str | os.PathLike[str], reports: Iterable[Report]) -> int:
    """Write a page for each of ``reports``, and ``index.html`` that lists them; how many reports that were.

    The directory appears when all is done. Raises ``OutputError`` where it holds what is no earlier output, or cannot
    be written.
    """
    entries: list[Listed] = []
    with atomic_directory(directory) as part:
        folder = PageFolder(part)
        for report in reports:
            folder.add(report)
            entries.append(listed(report))
        (part / INDEX).write_text(index(entries), encoding="utf-8", newline="\n")
    return len(entries)


def write_page(file: str | os.PathLike[str], report: Report) -> None:
    """Write the page of ``report``. The file appears whole or not at all.

    Raises ``OutputError`` where ``file`` is there already and is no page, or cannot be written.
    """
    with _page_file(file) as part:
        part.write_text(page(report), encoding="utf-8", newline="\n")


@contextmanager
def _page_file(file: str | os.PathLike[str]) -> Iterator[Path]:
    path = Path(file)
    if path.is_file() and path.stat().st_size and not is_page(path):
        raise OutputError(str(path), "the file is no earlier page", "name another file, or move that away")
    with atomic_path(path) as part:
        yield part
