"""From a path, bytes or an open file to bytes, without ever waiting on what is no ordinary file."""

from __future__ import annotations

import errno
import os
import stat
from typing import IO, NamedTuple

from govreport_nlp.errors import EmptyInputError, GovReportError, InputNotFoundError, LimitError

MAX_BYTES = 256 * 1024 * 1024


class Opened(NamedTuple):
    """The whole content, and the name to use in messages."""

    data: bytes
    name: str


def load(file: str | os.PathLike[str] | bytes | IO[bytes]) -> Opened:
    """The bytes of ``file``. Raises ``InputNotFoundError``, ``EmptyInputError`` or ``LimitError``.

    >>> load(b"abc")
    Opened(data=b'abc', name='<bytes>')
    """
    if isinstance(file, (bytes, bytearray, memoryview)):
        opened = Opened(bytes(file), "<bytes>")
    elif isinstance(file, (str, os.PathLike)):
        opened = _from_path(os.fspath(file))
    elif hasattr(file, "read"):
        opened = _from_stream(file)
    else:
        raise TypeError(f"expected a path, bytes or a binary file, not {type(file).__name__}")
    if len(opened.data) > MAX_BYTES:
        raise _too_large(opened.name)
    if not opened.data:
        raise EmptyInputError(opened.name, "the file is empty", "check that the download or copy finished")
    return opened


def _from_path(path: str) -> Opened:
    # A name that came out of a file system in a broken encoding must still print.
    name = path.encode("utf-8", "replace").decode()
    if "\0" in path or not path:
        raise InputNotFoundError(name.replace("\0", "\\0") or "''", "this is no path", "give the path of a report")
    try:
        # Opened before looked at, so that it cannot change between; a pipe without a writer does not block.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise _not_opened(name, path, error) from error
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        if stat.S_ISDIR(status.st_mode):
            raise _directory(name)
        raise InputNotFoundError(name, "this is a pipe, socket or device", "give an ordinary file")
    with open(handle, "rb") as stream:
        if status.st_size > MAX_BYTES:
            raise _too_large(name)
        try:
            return Opened(stream.read(MAX_BYTES + 1), name)
        except OSError as error:
            raise _not_opened(name, path, error) from error


def _from_stream(stream: IO[bytes]) -> Opened:
    name = str(getattr(stream, "name", "<file>"))
    data: object = stream.read(MAX_BYTES + 1)
    if isinstance(data, str):
        raise TypeError("the file is open as text; open it with mode 'rb'")
    if not isinstance(data, (bytes, bytearray)):
        raise TypeError(f"read() gave {type(data).__name__}, not bytes")
    return Opened(bytes(data), name)


def _not_opened(name: str, path: str, error: OSError) -> GovReportError:
    if error.errno == errno.ENOENT:
        return InputNotFoundError(name, "there is no such file", "check the path")
    if error.errno in (errno.EACCES, errno.EPERM):
        if os.path.isdir(path):
            return _directory(name)
        return InputNotFoundError(name, "the file may not be read", "change its permissions or copy it")
    if error.errno == errno.EISDIR:
        return _directory(name)
    if error.errno == errno.ENOTDIR:
        return InputNotFoundError(name, "a part of the path is a file, not a directory", "check the path")
    if error.errno == errno.ENXIO:
        return InputNotFoundError(name, "this is a pipe, socket or device", "give an ordinary file")
    reason = error.strerror or type(error).__name__
    return InputNotFoundError(name, f"the file cannot be read ({reason})", "check the path and the disk")


def _directory(name: str) -> GovReportError:
    return InputNotFoundError(name, "this is a directory", "give a file, or read the directory as a corpus")


def _too_large(name: str) -> GovReportError:
    size = MAX_BYTES // 1024 // 1024
    return LimitError(name, f"the file is larger than {size} MiB", "a work report is far smaller; check the file")
