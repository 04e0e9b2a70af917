"""tests/golden/structure.txt: texts and the sections expected of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.structure.trees import document, drawn

FILE = Path(__file__).resolve().parents[1] / "golden" / "structure.txt"


def cases() -> list[object]:
    """The cases of the file: paragraphs of a title and two blocks, each ended by a line with one point."""
    lines = FILE.read_text(encoding="utf-8").split("\n")
    points = [i for i, line in enumerate(lines) if line == "."]
    found = []
    for first, second, third in zip(points[::3], points[1::3], points[2::3], strict=True):
        text, expected = "\n".join(lines[first + 1 : second]), "\n".join(lines[second + 1 : third])
        found.append(pytest.param(text, expected, id=lines[first - 1]))
    return found


@pytest.mark.parametrize(("text", "expected"), cases())
def test_sections_are_as_expected(text: str, expected: str) -> None:
    assert drawn(document(text)) == expected
