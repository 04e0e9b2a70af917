"""A directory of Stata files, one a table. A .dta file says first how many rows it has and how wide its texts are,
so rows wait on disk until all are there, and each table is then written from memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from govreport_nlp.tables.atomic import atomic_directory
from govreport_nlp.tables.columns import ERRORS, TABLES, Heads, Table
from govreport_nlp.tables.frames import of_rows
from govreport_nlp.tables.rows import Row

if TYPE_CHECKING:
    import pandas as pd

# Texts of any length, stored once however many rows share them; the others have Stata's fixed width, so that they
# may be keys of merges (pandas makes one that is longer than 2,045 bytes a strL too).
LONG = frozenset({"title", "text", "sentence", "definition", "parts", "problem", "remedy"})

# Names that pandas takes for words of Stata.
RENAMED = {"end": "end_"}

# The same reports give the same bytes.
_STAMP = datetime(2000, 1, 1)


class StataFolder:
    """An ``Output`` of Stata files."""

    tables = tuple(TABLES)

    def __init__(self, waiting: Mapping[str, IO[bytes]], errors: str) -> None:
        self._waiting = waiting
        self._encode = msgspec.msgpack.Encoder().encode
        self.errors = errors

    def write(self, name: str, found: Iterable[Row]) -> int:
        n, waiting = 0, self._waiting[name]
        for n, row in enumerate(found, 1):  # noqa: B007
            packed = self._encode(row)
            waiting.write(len(packed).to_bytes(4, "little") + packed)
        return n


@contextmanager
def stata_folder(path: str, _: Heads) -> Iterator[StataFolder]:
    """The output that is a directory with a Stata file a table."""
    made = (*TABLES.values(), ERRORS)
    with atomic_directory(path) as directory:
        with ExitStack() as files:
            waiting = {one.name: files.enter_context(open(directory / f"{one.name}.rows", "wb")) for one in made}
            yield StataFolder(waiting, os.path.join(path, f"{ERRORS.name}.dta"))
        for one in made:
            rows = directory / f"{one.name}.rows"
            _write(directory / f"{one.name}.dta", one, of_rows(one, _read(rows)))
            rows.unlink()


def _read(file: Path) -> Iterator[Row]:
    decode = msgspec.msgpack.Decoder().decode
    with open(file, "rb") as opened:
        while size := opened.read(4):
            yield tuple(decode(opened.read(int.from_bytes(size, "little"))))


def _write(file: Path, made: Table, frame: pd.DataFrame) -> None:
    for column in made.columns:
        cells = frame[column.name]
        if column.dtype == "string":
            # Stata's empty text is its missing one, and a NUL would end the text.
            frame[column.name] = cells.fillna("").astype(object).str.replace("\0", "\ufffd", regex=False)
        elif column.dtype == "float64":
            frame[column.name] = cells.where(cells.abs() < 8.9e307)  # what is above is Stata's missing
    frame = frame.rename(columns=RENAMED)
    frame.to_stata(
        file,
        write_index=False,
        version=118,
        byteorder="little",
        time_stamp=_STAMP,
        data_label=made.zh,
        variable_labels={RENAMED.get(column.name, column.name): column.zh for column in made.columns},
        convert_strl=[column.name for column in made.columns if column.name in LONG] if len(frame) else None,
    )
