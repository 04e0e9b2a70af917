"""The lines of the view, each without the space around it."""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(r"\S(?:[^\n]*\S)?")


class Paragraph(NamedTuple):
    """A non-empty line of the view: ``view.text[start:end]``."""

    start: int
    end: int


def split(text: str) -> list[Paragraph]:
    """The non-empty lines of ``text`` in order.

    >>> split("各位代表：\\n\\n 现在报告工作。")
    [Paragraph(start=0, end=5), Paragraph(start=8, end=15)]
    """
    return [Paragraph(m.start(), m.end()) for m in _LINE.finditer(text)]
