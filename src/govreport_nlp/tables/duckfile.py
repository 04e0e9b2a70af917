"""A DuckDB database with a table for each of ours; the Chinese labels are comments of the columns."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from govreport_nlp.errors import OutputError
from govreport_nlp.tables.atomic import WRITER, atomic_path
from govreport_nlp.tables.chunks import Chunks
from govreport_nlp.tables.columns import ERRORS, TABLES, Heads, Table
from govreport_nlp.tables.frames import of_rows
from govreport_nlp.tables.library import library
from govreport_nlp.tables.rows import Row

_KINDS = {
    "string": "VARCHAR",
    "Int64": "BIGINT",
    "int64": "BIGINT NOT NULL",
    "float64": "DOUBLE",
    "bool": "BOOLEAN NOT NULL",
}

# What the database may keep in memory before it writes to disk; one thread keeps rows in their order.
_HOW = {"memory_limit": "512MB", "threads": "1"}


class Database:
    """An ``Output`` that is one DuckDB file."""

    tables = tuple(TABLES)

    def __init__(self, chunks: dict[str, Chunks], errors: str) -> None:
        self._chunks = chunks
        self.errors = errors

    def write(self, name: str, found: Iterable[Row]) -> int:
        return self._chunks[name].add(found)


@contextmanager
def duckdb_file(path: str, heads: Heads) -> Iterator[Database]:
    """The output that is a database."""
    duckdb = library("duckdb", "duckdb", path)
    _check(duckdb, path)
    with atomic_path(path) as part:
        try:
            with duckdb.connect(str(part), config=_HOW) as base:
                chunks = {made.name: _table(base, made, heads) for made in (*TABLES.values(), ERRORS)}
                yield Database(chunks, f"the table {ERRORS.name} of {path}")
                for rest in chunks.values():
                    rest.flush()
                base.execute("CHECKPOINT")
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            remedy = "check the disk's space and the permissions"
            raise OutputError(path, f"the database cannot be written ({reason})", remedy) from error


def _table(base: Any, made: Table, heads: Heads) -> Chunks:
    columns = list(zip(map(_quoted, made.heads(heads)), made.columns, strict=True))
    base.execute(f"CREATE TABLE {made.name} ({', '.join(f'{head} {_KINDS[c.dtype]}' for head, c in columns)})")
    base.execute(f"COMMENT ON TABLE {made.name} IS {_text(f'{made.zh} ({WRITER})')}")
    for head, column in columns:
        base.execute(f"COMMENT ON COLUMN {made.name}.{head} IS {_text(f'{column.zh}: {column.description}')}")

    def take(rows: list[Row]) -> None:
        base.register("given", of_rows(made, rows))
        base.execute(f"INSERT INTO {made.name} SELECT * FROM given")
        base.unregister("given")

    return Chunks(take)


def _check(duckdb: Any, path: str) -> None:
    """Raises ``OutputError`` where another's database, or what is none, would be overwritten."""
    if not os.path.isfile(path) or not os.path.getsize(path):
        return
    ours = {made.name for made in (*TABLES.values(), ERRORS)}
    try:
        with duckdb.connect(path, read_only=True) as base:
            found = base.execute(
                "SELECT table_name, comment FROM duckdb_tables() UNION ALL "
                "SELECT view_name, NULL FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
            ).fetchall()
    except duckdb.Error:
        found = [("no tables that can be read", None)]
    strange = [name for name, comment in found if name not in ours or not str(comment).endswith(f"({WRITER})")]
    if strange:
        problem = f"the file holds what is no earlier output ({strange[0]})"
        raise OutputError(path, problem, "name another file, or move that away")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
