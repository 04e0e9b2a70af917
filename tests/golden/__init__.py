"""Reads the fixtures: a title, a line with only a point, the input, a point, the expected text, a point."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent


def cases(name: str) -> list[tuple[str, str, str]]:
    """(title, input, expected) of every case of a fixture file. ``\\uXXXX`` becomes that character."""
    blocks = (HERE / name).read_text(encoding="utf-8").split("\n.\n")
    found = []
    for i in range(0, len(blocks) - 2, 3):
        title = blocks[i].strip().splitlines()[-1]
        found.append((title, _shown(blocks[i + 1]), _shown(blocks[i + 2])))
    return found


def _shown(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m.group(1), 16)), text)
