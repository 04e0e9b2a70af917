"""Zip archives of reports: their members read in memory one by one, within declared limits, never written anywhere."""

from __future__ import annotations

import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, NamedTuple

from govreport_nlp.batch.paths import is_passed_over, may_hold_reports
from govreport_nlp.errors import EncodingError, FormatError, GovReportError, LimitError

MAX_MEMBER = 64 * 1024 * 1024
"""The most bytes that one member may unpack to."""

MAX_MEMBERS = 100_000
"""The most members that an archive may list."""

MAX_TIMES = 100
"""All members together may unpack to so many times the size of the archive, ..."""

ALWAYS_ALLOWED = 256 * 1024 * 1024
"""... and to so many bytes at any rate."""

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError, ValueError)
# What a zip archive that is itself one document has in it.
_DOCUMENT = frozenset({"[Content_Types].xml", "mimetype", "content.xml", "META-INF/container.xml", "OFD.xml"})
_UNPACK = "unpack it, check it, and give the files inside"
_MAX_DIRECTORY = 64 * 1024 * 1024
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_UNICODE_PATH = 0x7075


class Member(NamedTuple):
    """A file in an archive: ``archive.zip/name``, and its bytes or why there are none."""

    file: str
    data: bytes
    error: GovReportError | None = None


def is_archive(stream: IO[bytes], file: str = "") -> bool:
    """Whether ``stream`` is a zip archive of files, and not a document that is packed as one (.docx, .odt, .xlsx).

    Only of a broken archive the name of the ``file`` decides.

    >>> import io
    >>> is_archive(io.BytesIO(b"PK, as the saying goes"))
    False
    """
    stream.seek(0)
    head = stream.read(4096)
    if not head.startswith(_SIGNATURES) or b"[Content_Types].xml" in head[:128] or head[30:38] == b"mimetype":
        return False
    try:
        _check_directory(stream, "")
        with zipfile.ZipFile(stream) as archive:
            return not any(info.filename in _DOCUMENT for info in archive.infolist())
    except GovReportError:
        return True
    except _BROKEN:
        return file.lower().endswith(".zip")


def members(stream: IO[bytes], file: str, left_out: Counter[str]) -> Iterator[Member]:
    """What may be a report in the archive ``file``, sorted by name; others are counted in ``left_out`` by ending.

    A member that is unsafe, encrypted, damaged or too large comes with its error, the others are read all the same.
    Raises ``LimitError`` where the whole would unpack to more than is allowed, ``FormatError`` where it is broken.
    """
    size = _check_directory(stream, file)
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise FormatError(file, f"the zip archive is broken ({error})", "get it again") from error
    with archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        _check_sizes(files, size, file)
        named = sorted(((_name(info), info) for info in files), key=lambda one: PurePosixPath(one[0]).parts)
        for name, info in named:
            parts = PurePosixPath(name).parts
            if any(is_passed_over(part) for part in parts if part not in ("..", ".")) or "__MACOSX" in parts:
                continue
            if not may_hold_reports(name):
                left_out[os.path.splitext(name)[1].lower()] += 1
                continue
            yield _read(archive, info, name, f"{file}/{name.lstrip('/')}".replace("\0", "\\0"))


def nested(file: str) -> FormatError:
    """The error of an archive within an archive."""
    return FormatError(file, "this is an archive inside an archive, which is not opened", "unpack the outer one")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, file: str) -> Member:
    error = _refusal(info, name, file)
    if error is None and name.lower().endswith(".zip"):
        error = nested(file)
    if error is not None:
        return Member(error.file, b"", error)
    try:
        with archive.open(info) as member:
            data = member.read(MAX_MEMBER + 1)
    except (*_BROKEN, RuntimeError) as broken:
        problem = f"this file of the archive is damaged ({broken})"
        return Member(file, b"", FormatError(file, problem, "get the archive again"))
    return Member(file, data) if len(data) <= MAX_MEMBER else Member(file, b"", _too_large(file))


def _refusal(info: zipfile.ZipInfo, name: str, file: str) -> GovReportError | None:
    """Why a member is not read at all."""
    if "\ufffd" in name:
        return EncodingError(file, "its name is in no encoding that is known here", "pack the archive again with UTF-8")
    if name.startswith("/") or name[1:2] == ":" or "\0" in name:
        return FormatError(file, f"its name in the archive, {name!r}, is an absolute path or none at all", _UNPACK)
    if ".." in PurePosixPath(name).parts:
        return FormatError(file, f"its name in the archive, {name!r}, leads out of it", _UNPACK)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        what = "a link" if kind == stat.S_IFLNK else "no ordinary file"
        return FormatError(file, f"in the archive it is {what}, which is not followed", _UNPACK)
    if info.flag_bits & _ENCRYPTED_FLAG:
        return FormatError(file, "in the archive it is encrypted", "unpack it with its password")
    return _too_large(file) if info.file_size > MAX_MEMBER else None


def _too_large(file: str) -> LimitError:
    size = MAX_MEMBER // 1024 // 1024
    return LimitError(file, f"it unpacks to more than {size} MiB", "a work report is far smaller; check the archive")


def _check_sizes(files: list[zipfile.ZipInfo], size: int, file: str) -> None:
    if len(files) > MAX_MEMBERS:
        raise LimitError(file, f"the archive lists more than {MAX_MEMBERS} files", "unpack it, or give it in parts")
    if sum(info.file_size for info in files) > max(ALWAYS_ALLOWED, MAX_TIMES * size):
        allowed = f"{ALWAYS_ALLOWED // 1024 // 1024} MiB and more than {MAX_TIMES} times its size"
        raise LimitError(file, f"the archive unpacks to more than {allowed}", _UNPACK)


def _check_directory(stream: IO[bytes], file: str) -> int:
    """The size of the archive. Raises ``LimitError`` where its table of contents alone would take too much memory."""
    size = stream.seek(0, os.SEEK_END)
    if size > _MAX_DIRECTORY:
        stream.seek(max(size - 65_600, 0))
        tail = stream.read()
        at = tail.rfind(b"PK\x05\x06")
        length = struct.unpack_from("<L", tail, at + 12)[0] if 0 <= at <= len(tail) - 22 else 0
        wide = tail.rfind(b"PK\x06\x06")
        if length == 0xFFFFFFFF and 0 <= wide <= len(tail) - 56:
            length = struct.unpack_from("<Q", tail, wide + 40)[0]
        if length > _MAX_DIRECTORY:
            raise LimitError(file, f"the archive lists more than {MAX_MEMBERS} files", "unpack it, or give it in parts")
    stream.seek(0)
    return size


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name with ``/`` between its parts, in the encoding that it was written in.

    Programs that do not set the flag for UTF-8 write the names of their own system: GBK on Chinese Windows, UTF-8
    on others. U+FFFD stands for what is neither.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG and not name.isascii():
        raw = name.encode("cp437")
        name = _unicode_path(info.extra, raw) or _decoded(raw)
    return name.replace("\\", "/")


def _decoded(raw: bytes) -> str:
    names = []
    for encoding in ("utf-8", "gb18030"):
        try:
            names.append(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    # Two characters of GBK may by chance be well-formed UTF-8, but not that of a Chinese character.
    chinese = [name for name in names if any("\u4e00" <= c <= "\u9fff" for c in name)]
    return next(iter(chinese or names), raw.decode("ascii", "replace"))


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in UTF-8 that some programs put beside the other one."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(body) > 5 and struct.unpack_from("<L", body, 1)[0] == zlib.crc32(raw):
            try:
                return body[5:].decode()
            except UnicodeDecodeError:
                return None
    return None
