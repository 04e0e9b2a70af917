"""What every reader of a data set yields: its rows in order, one at a time."""

from __future__ import annotations

from typing import Any, NamedTuple


class Row(NamedTuple):
    """The ``number`` of a row, from 1, and its cells by the name of their column; or what is its ``problem``."""

    number: int
    cells: dict[str, Any]
    problem: str = ""
