"""Files and directories that appear whole or not at all."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from govreport_nlp.errors import OutputError

# How an output says whose it is, so that a later run may replace it.
WRITER = "govreport-nlp"

# How a page says whose it is, in its first kilobyte.
GENERATOR = f'<meta name="generator" content="{WRITER}">'

# The file by which a directory is known as an earlier output; it lists the files that belong to it.
MARK = "govreport-nlp.json"


@contextmanager
def atomic_file(file: str | os.PathLike[str], **how: Any) -> Iterator[IO[str]]:
    """A text file that takes the place of ``file`` when the block ends well; ``how`` is for ``open``.

    Raises ``OutputError`` where it cannot be written.
    """
    target = Path(os.path.realpath(file))
    part = _beside(target, "part")
    try:
        try:
            with open(part, "x", **how) as out:
                yield out
                _to_disk(out)
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(target, error) from error


@contextmanager
def atomic_path(file: str | os.PathLike[str]) -> Iterator[Path]:
    """A path for the block to write a file at, in a directory of its own where it may also leave other files.

    When the block ends well, that file takes the place of ``file``; the directory goes either way. Raises
    ``OutputError`` where ``file`` is a directory or cannot be written.
    """
    target = Path(os.path.realpath(file))
    if target.is_dir():
        raise OutputError(str(target), "this is a directory", "name a file, or move that away")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = _beside(target, "part")
        scratch.mkdir()
        try:
            yield scratch / target.name
            with open(scratch / target.name, "rb+") as out:
                _to_disk(out)
            os.replace(scratch / target.name, target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise _not_written(target, error) from error


@contextmanager
def atomic_directory(directory: str | os.PathLike[str]) -> Iterator[Path]:
    """A directory that takes the place of ``directory`` when the block ends well; the block fills it with files.

    An earlier output is replaced, and so is an empty directory; one that holds anything else is left alone.
    Raises ``OutputError`` where the directory is not ours or cannot be written.
    """
    target = Path(os.path.realpath(directory))
    try:
        _check(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = _beside(target, "part")
        part.mkdir()
        try:
            yield part
            _seal(part)
            _swap(part, target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise _not_written(target, error) from error


def is_page(file: Path) -> bool:
    """Whether ``file`` is a page that this library made."""
    try:
        with open(file, "rb") as opened:
            return GENERATOR.encode() in opened.read(1000)
    except OSError:
        return False


def is_output(directory: Path) -> bool:
    """Whether ``directory`` is an earlier output of ``atomic_directory``."""
    return (directory / MARK).is_file()


def clear_leftovers(path: str | os.PathLike[str]) -> None:
    """Undo what a process that was killed while it wrote ``path`` left: its parts go, what it moved away comes back."""
    target = Path(os.path.realpath(path))
    ours = re.compile(re.escape(f".{target.name}.") + r"[0-9a-f]{8}\.(part|old)")
    try:
        left = sorted(entry for entry in target.parent.iterdir() if ours.fullmatch(entry.name))
        for entry in left:
            if entry.suffix == ".old" and not os.path.lexists(target):
                os.rename(entry, target)
            elif entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()
    except OSError as error:
        raise _not_written(target, error) from error


def _check(target: Path) -> None:
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise OutputError(str(target), "this is a file", "name a directory that does not exist yet")
    present = {entry.name for entry in target.iterdir()}
    strange = sorted(present - _own(target))
    if strange:
        raise OutputError(
            str(target),
            f"the directory holds what is no earlier output ({strange[0]})",
            "name another directory, or move that away",
        )


def _own(target: Path) -> set[str]:
    """The names of the files that an earlier run wrote into ``target``."""
    try:
        mark = json.loads((target / MARK).read_text(encoding="utf-8"))
        return {MARK, *mark["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _seal(part: Path) -> None:
    files = sorted(entry.name for entry in part.iterdir())
    mark = json.dumps({"written_by": WRITER, "files": files}, ensure_ascii=False, indent=1)
    (part / MARK).write_text(mark + "\n", encoding="utf-8")
    for file in part.iterdir():
        with open(file, "rb+") as out:
            _to_disk(out)


def _swap(part: Path, target: Path) -> None:
    old = _beside(target, "old")
    try:
        if target.exists():
            os.rename(target, old)
        os.rename(part, target)
    except BaseException:
        if old.exists() and not target.exists():
            os.rename(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _to_disk(out: IO[Any]) -> None:
    out.flush()
    os.fsync(out.fileno())


def _beside(target: Path, ending: str) -> Path:
    return target.parent / f".{target.name}.{secrets.token_hex(4)}.{ending}"


def _not_written(target: Path, error: OSError) -> OutputError:
    reason = error.strerror or type(error).__name__
    return OutputError(str(target), f"it cannot be written ({reason})", "check the disk's space and the permissions")
