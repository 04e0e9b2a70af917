"""Marked examples: 〔 〕 shows the span that a rule reads."""

from __future__ import annotations


def unmark(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the spans that they showed.

    >>> unmark("增长〔5%〕左右")
    ('增长5%左右', [(2, 4)])
    """
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    opened = -1
    for char in text:
        if char == "〔":
            opened = len(plain)
        elif char == "〕":
            spans.append((opened, len(plain)))
        else:
            plain.append(char)
    return "".join(plain), spans
