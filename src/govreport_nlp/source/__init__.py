"""From bytes to text: one reader a format, encodings, boilerplate, and the folded view."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from govreport_nlp.source.document import Source, View


def read(file: str | os.PathLike[str] | bytes | IO[bytes]) -> Source:
    if isinstance(file, bytes):
        data, name = file, "<bytes>"
    elif hasattr(file, "read"):
        data, name = file.read(), getattr(file, "name", "<file>")
    else:
        data, name = Path(file).read_bytes(), str(file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return from_text(text.replace("\r\n", "\n").replace("\r", "\n"), name)


def from_text(text: str, name: str = "<text>") -> Source:
    return Source(text=text, format="txt", name=name)


def fold(source: Source) -> View:
    return View(source.text, source.text)
