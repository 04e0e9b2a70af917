"""The rows of Parquet and Stata files, a few at a time."""

from __future__ import annotations

import importlib
import struct
import warnings
from collections.abc import Iterator
from typing import IO, Any

from govreport_nlp.batch.row import Row
from govreport_nlp.errors import FormatError, GovReportError
from govreport_nlp.source.encoding import decode

_ROWS = 32  # rows held at a time
_BUFFER = 1 << 18  # bytes of a column read at a time
_WIDE = 118  # the first format of .dta files that is in UTF-8


def parquet_rows(stream: IO[bytes], file: str) -> Iterator[Row]:
    """The rows of a Parquet file. Raises ``FormatError`` where it is broken or pyarrow is not installed."""
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        problem = "pyarrow, which reads Parquet files, is not installed"
        raise FormatError(file, problem, "run pip install 'govreport-nlp[parquet]', or save it as CSV") from error
    number = 0
    try:
        # Pages are read as rows are taken; reading ahead would hold whole columns. What is held is one page of a
        # column: writers close one at 1 MiB, though most of them look only every 1,024 rows.
        opened = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER)
        for batch in opened.iter_batches(batch_size=_ROWS, use_threads=False):
            for cells in batch.to_pylist():
                number += 1
                yield Row(number, cells)
    except Exception as error:  # whatever pyarrow says of a damaged file
        raise _broken(file, "Parquet", number, error) from error


def stata_rows(stream: IO[bytes], file: str) -> Iterator[Row]:
    """The rows of a Stata file (.dta), labels in the place of values. Raises ``FormatError`` where it is broken."""
    number = 0
    try:
        for number, cells in enumerate(_observations(stream), 1):
            yield Row(number, cells)
    except GovReportError:
        raise
    except Exception as error:  # pandas raises what it will on a damaged file
        raise _broken(file, "Stata", number, error) from error


def _broken(file: str, kind: str, number: int, error: Exception) -> FormatError:
    where = f", and no row after {number} is read" if number else ""
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return FormatError(file, f"the {kind} file is broken ({reason}){where}", "get it again, or save it as CSV")


def _observations(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            reader = _open(stream, labels=True)
            first = next(reader, None)
        except ValueError:  # labels that are not unique cannot be put in the place of the values
            stream.seek(0)
            reader = _open(stream, labels=False)
            first = next(reader, None)
        narrow = getattr(reader, "_format_version", _WIDE) < _WIDE
    chunk = first
    while chunk is not None:
        for cells in chunk.to_dict("records"):
            yield (
                {_text(str(k)): _text(v) for k, v in cells.items()} if narrow else {str(k): v for k, v in cells.items()}
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            chunk = next(reader, None)


def _text(value: Any) -> Any:
    """Files of Stata 13 and before do not tell their encoding, and pandas reads them as Latin-1."""
    if not isinstance(value, str) or value.isascii():
        return value
    try:
        return decode(value.encode("latin-1"), "a cell")
    except UnicodeEncodeError:
        return value


def _open(stream: IO[bytes], labels: bool) -> Any:
    from pandas.io.stata import StataReader

    class Reader(StataReader):
        """pandas holds all long strings at once; here only their places are held."""

        def _read_strls(self) -> None:
            if not isinstance(getattr(self, "GSO", None), _LongStrings):
                version, order, start = self._format_version, self._byteorder, self._seek_strls  # type: ignore[attr-defined]
                self.GSO = _LongStrings(stream, version, order, start, self._encoding)  # type: ignore[attr-defined]

    return Reader(stream, convert_categoricals=labels, chunksize=_ROWS).__enter__()


class _LongStrings:
    """The long strings (strL) of a Stata file by their key, each read when it is asked for."""

    def __init__(self, stream: IO[bytes], version: int, order: str, start: int, encoding: str) -> None:
        self._stream, self._encoding = stream, encoding
        self._places: dict[str, tuple[int, int, int]] = {}
        stream.seek(start)
        head = struct.Struct(f"{order}QBL" if version == 117 else f"{order}12sBL")
        while stream.read(3) == b"GSO":
            key, kind, length = head.unpack(stream.read(head.size))
            if version != 117:
                key = _key(key, 2 if version == 118 else 3, order)
            self._places[str(key)] = (stream.tell(), length, kind)
            stream.seek(length, 1)

    def __len__(self) -> int:
        return len(self._places) + 1

    def __getitem__(self, key: str) -> str | bytes:
        if key == "0":
            return ""
        place, length, kind = self._places[key]
        self._stream.seek(place)
        data = self._stream.read(length)
        return data[:-1].decode(self._encoding) if kind == 130 else data


def _key(buffer: bytes, size: int, order: str) -> int:
    """The variable and the observation in one number, as the cells have them."""
    little = order == "<"
    packed = buffer[:size] + buffer[4 : 12 - size] if little else buffer[4 - size : 4] + buffer[4 + size :]
    key: int = struct.unpack(f"{order}Q", packed)[0]
    return key
