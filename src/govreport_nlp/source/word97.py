"""Word .doc and Kingsoft .wps: by LibreOffice where it is installed, else the text stream as it stands in the file.

LibreOffice gives all that a .docx gives. The text stream has the words, the bold runs set directly, notes and text
boxes; numbers that Word counts itself are not in it.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from govreport_nlp.errors import FormatError, GovReportError
from govreport_nlp.rules import Ruleset
from govreport_nlp.source import docx, word97_stream
from govreport_nlp.source.document import Source

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECONDS = 120
_SAVE = "open it in a word processor and save it as .docx"
_OTHERS = (
    ("EncryptedPackage", "this document is encrypted", "save it without a password"),
    (
        "Workbook",
        "this is a spreadsheet",
        "save the report's text as .docx or .txt, or a sheet with one report a row as .xlsx or .csv",
    ),
    (
        "Book",
        "this is a spreadsheet",
        "save the report's text as .docx or .txt, or a sheet with one report a row as .xlsx or .csv",
    ),
    ("PowerPoint Document", "this is a presentation", "save the report's text as .docx or .txt"),
)


def matches(data: bytes) -> bool:
    """Any compound file: what is no document among them is refused with its own sentence."""
    return data.startswith(_MAGIC)


def read(data: bytes, name: str, rules: Ruleset) -> Source:
    """Raises ``FormatError`` for a broken, encrypted or other compound file."""
    word, table = _streams(data, name)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is not None:
        converted = _converted(program, data)
        if converted is not None:
            try:
                return docx.read(converted, name, rules)._replace(format="doc")
            except GovReportError:
                pass  # the stream itself may still be read
    return word97_stream.read(word, table, name, rules)


def _streams(data: bytes, name: str) -> tuple[bytes, bytes]:
    """The stream with the text and the one with its tables (empty before Word 97)."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            for stream, problem, remedy in _OTHERS:
                if ole.exists(stream):
                    raise FormatError(name, problem, remedy)
            if not ole.exists("WordDocument"):
                raise FormatError(name, "this compound file holds no document", _SAVE)
            word = ole.openstream("WordDocument").read()
            table_name = word97_stream.table_name(word, name)
            table = ole.openstream(table_name).read() if table_name and ole.exists(table_name) else b""
    except (OSError, ValueError, IndexError, TypeError, AttributeError, KeyError) as error:
        # What olefile raises for damaged files is not only its own error.
        raise FormatError(name, "this .doc is broken: its streams cannot be read", _SAVE) from error
    return word, table


def _converted(program: str, data: bytes) -> bytes | None:
    """The document as .docx, or None where the program fails or takes too long."""
    with tempfile.TemporaryDirectory(prefix="govreport") as folder:
        source = Path(folder) / "report.doc"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, timeout=_SECONDS, capture_output=True, check=True, stdin=subprocess.DEVNULL)
            return (Path(folder) / "report.docx").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None
