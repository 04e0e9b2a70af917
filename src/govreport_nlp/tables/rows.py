"""From a report to the rows of a table: plain tuples in the order of the table's columns."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, Protocol

from govreport_nlp.model import Meta, Project, Quantity, RelativeTarget, Section, Sentence, Slogan
from govreport_nlp.tables import words
from govreport_nlp.tables.columns import WHOLE, table

Row = tuple[Any, ...]

# The columns of the report itself, which every row begins with.
_OF_REPORT = 5
# The tables with cells of several values, which are joined by |.
_LISTING = frozenset({"reports", "slogans"})


class ReportLike(Protocol):
    """What a table is made from: a ``govreport_nlp.Report``."""

    @property
    def text(self) -> str: ...
    @property
    def meta(self) -> Meta: ...
    @property
    def boilerplate(self) -> tuple[tuple[int, int], ...]: ...
    @property
    def sections(self) -> tuple[Section, ...]: ...
    @property
    def sentences(self) -> tuple[Sentence, ...]: ...
    @property
    def quantities(self) -> tuple[Quantity, ...]: ...
    @property
    def targets(self) -> tuple[Quantity, ...]: ...
    @property
    def relative_targets(self) -> tuple[RelativeTarget, ...]: ...
    @property
    def slogans(self) -> tuple[Slogan, ...]: ...
    @property
    def projects(self) -> tuple[Project, ...]: ...
    def to_json(self) -> str: ...


def rows(name: str, report: ReportLike) -> Iterator[Row]:
    """The rows of the table ``name`` that ``report`` gives. Raises ``ValueError`` for an unknown table."""
    columns = [column.name for column in table(name).columns[_OF_REPORT:]]
    meta = report.meta
    first = (report_id(report.text), meta.file, meta.region, meta.adcode, meta.year)
    if name == "reports":
        own: Iterable[Row] = [_report(report, columns)]
    elif name == WHOLE.name:
        own = [(report.to_json(),)]
    elif name == "sections":
        own = _sections(report.sections, columns)
    elif name == "sentences":
        own = _sentences(report)
    else:
        own = map(attrgetter(*columns), getattr(report, name))
    if name in _LISTING:
        own = (tuple("|".join(cell) if isinstance(cell, tuple) else cell for cell in row) for row in own)
    return map(first.__add__, own)


@functools.lru_cache(maxsize=1)  # every table of a report begins with it
def report_id(text: str) -> str:
    """The identity of a report with this text; it begins with a letter, so that no spreadsheet reads it as a number.

    >>> report_id("各位代表：")
    'r67086a72947c'
    """
    return "r" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _report(report: ReportLike, columns: Sequence[str]) -> Row:
    text = words.body(report.text, report.boilerplate)
    counted = {
        "meta_source": "|".join(f"{field}={place}" for field, place in report.meta.meta_source.items()),
        "n_chars": words.n_chars(text),
        "n_tokens": words.n_tokens(text),
        "tokenizer": words.tokenizer_name(),
    }
    return tuple(
        counted[column]
        if column in counted
        else len(getattr(report, column[2:]))
        if column.startswith("n_")
        else getattr(report.meta, column)
        for column in columns
    )


def _sections(sections: Sequence[Section], columns: Sequence[str]) -> Iterator[Row]:
    read = attrgetter(*columns[1:])
    return ((index, *read(section)) for index, section in enumerate(sections))


def _sentences(report: ReportLike) -> Iterator[Row]:
    paths = [section.path for section in report.sections]
    for s in report.sentences:
        yield s.index, s.text, "" if s.section is None else paths[s.section], s.start, s.end
