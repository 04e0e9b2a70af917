"""A directory of Parquet files, one a table, written a group of rows at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from govreport_nlp.tables.atomic import atomic_directory
from govreport_nlp.tables.chunks import Chunks
from govreport_nlp.tables.columns import ERRORS, TABLES, Heads, Table
from govreport_nlp.tables.library import library
from govreport_nlp.tables.rows import Row


class ParquetFolder:
    """An ``Output`` of Parquet files."""

    tables = tuple(TABLES)

    def __init__(self, chunks: dict[str, Chunks], errors: str) -> None:
        self._chunks = chunks
        self.errors = errors

    def write(self, name: str, found: Iterable[Row]) -> int:
        return self._chunks[name].add(found)


@contextmanager
def parquet_folder(path: str, heads: Heads) -> Iterator[ParquetFolder]:
    """The output that is a directory with a Parquet file a table."""
    pa, pq = library("pyarrow", "parquet", path), library("pyarrow.parquet", "parquet", path)
    with atomic_directory(path) as directory, ExitStack() as files:
        chunks = {}
        for made in (*TABLES.values(), ERRORS):
            schema = _schema(pa, made, heads)
            file = files.enter_context(pq.ParquetWriter(directory / f"{made.name}.parquet", schema, compression="zstd"))
            chunks[made.name] = Chunks(_group(pa, schema, file))
        yield ParquetFolder(chunks, os.path.join(path, f"{ERRORS.name}.parquet"))
        for rest in chunks.values():
            rest.flush()


def _schema(pa: Any, made: Table, heads: Heads) -> Any:
    kinds = {"string": pa.string(), "Int64": pa.int64(), "int64": pa.int64(), "float64": pa.float64()}
    return pa.schema(
        [
            pa.field(
                head,
                kinds.get(column.dtype, pa.bool_()),
                nullable=column.dtype not in ("int64", "bool"),
                metadata={"name": column.name, "label_zh": column.zh, "description": column.description},
            )
            for column, head in zip(made.columns, made.heads(heads), strict=True)
        ]
    )


def _group(pa: Any, schema: Any, file: Any) -> Any:
    def take(rows: list[Row]) -> None:
        arrays = [pa.array(cells, field.type) for cells, field in zip(zip(*rows, strict=True), schema, strict=True)]
        file.write_table(pa.Table.from_arrays(arrays, schema=schema))

    return take
