"""What was found in each report, kept on disk as it is found, so that a run that was broken off can go on.

One SQLite file. It is committed every second, so that a killed process loses the work of a second at most; SQLite
itself sees to it that a commit is whole or not there. Two runs cannot write to it at a time.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from govreport_nlp.batch.portable import digest_of
from govreport_nlp.batch.work import Job
from govreport_nlp.errors import OutputError
from govreport_nlp.rules import Ruleset

_APPLICATION, _LAYOUT = 0x67726E6A, 1  # "grnj", and the version of the one table
_EVERY = 1.0  # seconds between commits
_PAUSE = 5.0  # seconds that another process may take to let go
_DISTRIBUTION = "govreport-nlp"
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class Keys:
    """Says by what a result is known: the report's bytes and name, and all that reading it depends on.

    Those are the library (its code and rules, and the versions of what it is built on), the user's own rules, what
    the caller says of the report, and the tables asked for. A change to any of them makes another key.
    """

    def __init__(self, names: Sequence[str], rules: Ruleset) -> None:
        self._common = _digest(_encode([library_version(), digest_of(rules), list(names)]))

    def __call__(self, job: Job, data: bytes) -> bytes:
        """The key of a job whose report has these bytes."""
        about = _encode([os.fsencode(job.file), os.fsencode(job.beside), job.meta])
        return hashlib.blake2b(_digest(about) + _digest(data), key=self._common, digest_size=16).digest()


class Journal:
    """Results by key, on disk. Made by ``open_journal``."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._used: set[bytes] = set()
        self._committed = time.monotonic()
        self.reused = 0

    def __contains__(self, key: bytes) -> bool:
        return self._base.execute("SELECT 1 FROM results WHERE key = ?", (key,)).fetchone() is not None

    def get(self, key: bytes) -> bytes:
        """The result that is kept under ``key``. Raises ``KeyError`` where there is none."""
        row = self._base.execute("SELECT result FROM results WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        self._used.add(key)
        self.reused += 1
        return bytes(row[0])

    def put(self, key: bytes, result: bytes) -> None:
        """Keep ``result``; it is on disk after a second at most."""
        self._base.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", (key, result))
        self._used.add(key)
        if time.monotonic() - self._committed > _EVERY:
            self.commit()

    def commit(self) -> None:
        """Bring all that was kept to disk."""
        self._base.commit()
        self._committed = time.monotonic()

    def forget_unused(self) -> None:
        """Drop what this run neither made nor used: older versions, files that are gone or have changed."""
        old = [key for (key,) in self._base.execute("SELECT key FROM results") if key not in self._used]
        self._base.executemany("DELETE FROM results WHERE key = ?", [(key,) for key in old])
        self.commit()
        if len(old) > len(self._used):
            self._base.execute("VACUUM")


@contextmanager
def open_journal(file: str | os.PathLike[str]) -> Iterator[Journal]:
    """The journal at ``file``, made where there is none, for the block alone.

    Raises ``OutputError`` where another run has it, it is damaged or no journal, or it cannot be written.
    """
    path = Path(file)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        base = _locked(path)
    except (OSError, sqlite3.Error) as error:
        raise _trouble(path, error) from error
    try:
        journal = Journal(base)
        try:
            yield journal
        finally:
            journal.commit()
            if not base.execute("SELECT 1 FROM results LIMIT 1").fetchone():
                with suppress(OSError):
                    path.unlink()  # nothing to go on with: nothing is left behind
    except sqlite3.Error as error:
        raise _trouble(path, error) from error
    finally:
        base.close()


def journal_of(output: str | os.PathLike[str]) -> str:
    """Where the journal of an output is: hidden, beside it.

    >>> os.path.relpath(journal_of("results/out.parquet"))
    'results/.out.parquet.journal'
    """
    where = os.path.realpath(output)  # however it is named, one output has one journal
    return os.path.join(os.path.dirname(where), f".{os.path.basename(where)}.journal")


@functools.cache
def library_version() -> str:
    """What this library is: its version, a digest of its code and rules, and the versions of what it is built on."""
    package = resources.files("govreport_nlp")
    digest = hashlib.blake2b(digest_size=16)
    for name, file in sorted(_files(package, "")):
        digest.update(_digest(name.encode()) + _digest(file.read_bytes()))
    needed = importlib.metadata.requires(_DISTRIBUTION) or []
    names = sorted({re.split(r"[^\w.-]", need, maxsplit=1)[0] for need in needed if "extra ==" not in need})
    built_on = [f"{name} {importlib.metadata.version(name)}" for name in names]
    return "; ".join([importlib.metadata.version(_DISTRIBUTION), digest.hexdigest(), *built_on])


def _files(directory: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for entry in directory.iterdir():
        name = f"{above}/{entry.name}"
        if entry.is_dir():
            yield from _files(entry, name)
        elif not entry.name.endswith(".pyc"):
            yield name, entry


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=32).digest()


def _locked(path: Path) -> sqlite3.Connection:
    """The file, open and locked. One that was deleted while the lock was waited for is made anew."""
    while True:
        path.touch()
        before = path.stat().st_ino
        base = sqlite3.connect(path, timeout=_PAUSE)
        try:
            _prepare(base, path)
            if path.exists() and path.stat().st_ino == before:
                return base
        except BaseException:
            base.close()
            raise
        base.close()


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    # Held until it is closed, so that a second run is told, instead of waiting or mixing in.
    base.execute("PRAGMA locking_mode = EXCLUSIVE")
    base.execute("BEGIN IMMEDIATE")
    [application], [layout] = (base.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version"))
    if not application and not base.execute("SELECT 1 FROM sqlite_master").fetchone():
        base.execute(f"PRAGMA application_id = {_APPLICATION}")
    elif application != _APPLICATION:
        raise OutputError(str(path), "this is no journal of an earlier run", "move it away, or name another output")
    if layout != _LAYOUT:
        base.execute("DROP TABLE IF EXISTS results")
        base.execute("CREATE TABLE results (key BLOB PRIMARY KEY, result BLOB NOT NULL)")
        base.execute(f"PRAGMA user_version = {_LAYOUT}")
    base.commit()


def _trouble(path: Path, error: OSError | sqlite3.Error) -> OutputError:
    reason = getattr(error, "strerror", None) or str(error)
    code = getattr(error, "sqlite_errorcode", None)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return OutputError(str(path), "another run is writing to this output", "wait for its end, or name another one")
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        remedy = "delete it, and all files are read again"
        return OutputError(str(path), f"the journal of the earlier run is damaged ({reason})", remedy)
    remedy = "check the disk's space and the permissions; the same command then goes on where it stopped"
    return OutputError(str(path), f"the journal cannot be written ({reason})", remedy)
