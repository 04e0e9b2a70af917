"""Where quoted expressions stand: quotation marks paired within a paragraph, mistyped and missing ones too.

Marks that are typed right are paired as brackets are. What is left over (``“双减“``, ``”双减”``) is paired with its
neighbour if what stands between could be an expression; a mark that finds no partner is passed over. Every step is
linear in the length of the text, however the marks run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Quote(NamedTuple):
    """A quoted expression: ``start`` and ``end`` of the inside, ``open`` and ``close`` of the whole with its marks."""

    start: int
    end: int
    open: int
    close: int


class _Mark(NamedTuple):
    at: int
    family: int
    role: str


_MARK = re.compile('[“”‘’「」『』"＂〝〞〟\n]')
# Marks of one family close each other; "=" may open or close.
_ROLES = {
    **dict.fromkeys("“〝", (0, "(")),
    **dict.fromkeys("”〞〟", (0, ")")),
    **dict.fromkeys('"＂', (0, "=")),
    "‘": (1, "("),
    "’": (1, ")"),
    "「": (2, "("),
    "」": (2, ")"),
    "『": (3, "("),
    "』": (3, ")"),
}
# What is typed right: each mark that opens is followed by one of its own that closes.
_PLAIN = frozenset(
    a + b
    for a, (family, opens) in _ROLES.items()
    for b, closes in _ROLES.items()
    if opens == "(" and closes == (family, ")")
)
_FAMILIES = 4
_SINGLE = 1
_WORD = re.compile(r"[^\W_]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WRONG_START = re.compile(r"\s*[，,、。；;：）)》！？]")
_CLAUSE_END = re.compile(r"[，,。；;！？]")
_MAX_REPAIRED = 30
_MAX_OUTER = 80
_MAX_DEPTH = 3
_PEEK = 8


def find(text: str) -> list[Quote]:
    """All quoted expressions of ``text`` in order, outer before inner; a nested quote is one of its own.

    >>> text = '推进“放管服”改革，落实"双减"'
    >>> [text[q.start:q.end] for q in find(text)]
    ['放管服', '双减']
    """
    quotes: list[Quote] = []
    for marks in _paragraphs(text):
        plain = _plain(text, marks)
        if plain is None:
            every = [_Mark(at, *_ROLES[text[at]]) for at in marks]
            plain = list(_shallow(text, sorted(_pairs(text, _oriented(every)))))
        quotes += plain
    return quotes


def _plain(text: str, marks: list[int]) -> list[Quote] | None:
    """The quotes of a paragraph where each mark that opens is followed by its own that closes; None elsewhere."""
    if len(marks) % 2:
        return None
    quotes = []
    for start, end in zip(marks[::2], marks[1::2], strict=True):
        if text[start] + text[end] not in _PLAIN or not _has_word(text, start, end):
            return None
        quotes.append(_without_space(text, start, end))
    return [quote for quote in quotes if quote.start < quote.end]


def _paragraphs(text: str) -> Iterator[list[int]]:
    """Where the marks of each paragraph stand that has any."""
    marks: list[int] = []
    for match in _MARK.finditer(text):
        at = match.start()
        if text[at] != "\n":
            marks.append(at)
        elif marks:
            yield marks
            marks = []
    if marks:
        yield marks


def _oriented(marks: list[_Mark]) -> list[_Mark]:
    """The marks of a paragraph, turned round where all double ones are typed the wrong way (”双减“)."""
    roles = "".join(mark.role for mark in marks if mark.family == 0)
    if roles and roles == ")(" * (len(roles) // 2):
        return [mark if mark.family else mark._replace(role="()"[mark.role == "("]) for mark in marks]
    return marks


def _pairs(text: str, marks: list[_Mark]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    open_: list[list[int]] = [[] for _ in range(_FAMILIES)]
    holds_own: list[list[bool]] = [[] for _ in range(_FAMILIES)]
    stray: list[tuple[int, int]] = []
    odd = [sum(m.family == f and m.role == "=" for m in marks) % 2 == 1 for f in range(_FAMILIES)]
    for at, family, role in marks:
        own = open_[family]
        closes = role == ")"
        if role == "=" and own:
            closes = _is_sound(text, own[-1], at, strict=odd[family])
            if not closes:
                stray.append((own.pop(), family))
                holds_own[family].pop()
        if not closes:
            own.append(at)
            holds_own[family].append(False)
            continue
        if not own:
            stray.append((at, family))
            continue
        start = own.pop()
        nested = holds_own[family].pop()
        for other in range(_FAMILIES):
            while open_[other] and open_[other][-1] > start:
                stray.append((open_[other].pop(), other))
                holds_own[other].pop()
        if _has_word(text, start, at) and not (nested and at - start > _MAX_OUTER):
            pairs.append((start, at))
            if own:
                holds_own[family][-1] = True
        elif own and _could_be_quoted(text, own[-1], start, family):
            # “甲“、”乙”: both marks about the 、 are typed the wrong way.
            pairs.append((own[-1], start))
            own[-1] = at
            holds_own[family][-1] = False
        elif at > start + 1:
            stray += [(start, family), (at, family)]
    stray += [(at, family) for family in range(_FAMILIES) for at in open_[family]]
    return pairs + _repaired(text, sorted(stray))


def _repaired(text: str, stray: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbouring marks without a partner that enclose what could be an expression."""
    pairs: list[tuple[int, int]] = []
    i = 0
    while i + 1 < len(stray):
        (start, family), (end, other) = stray[i : i + 2]
        if family == other and _could_be_quoted(text, start, end, family):
            pairs.append((start, end))
            i += 1
        i += 1
    return pairs


def _could_be_quoted(text: str, start: int, end: int, family: int) -> bool:
    if not 1 < end - start <= _MAX_REPAIRED + 1:
        return False
    inside = text[start + 1 : end]
    return (
        _is_sound(text, start, end, strict=True)
        and not _MARK.search(inside)
        and (family != _SINGLE or _HAN.search(inside) is not None)
    )


def _is_sound(text: str, start: int, end: int, *, strict: bool) -> bool:
    """Whether the marks at ``start`` and ``end`` can enclose an expression, and not what stands between two of them."""
    if not _has_word(text, start, end) or _WRONG_START.match(text, start + 1, end):
        return False
    return not (strict and (end - start > _MAX_OUTER or _CLAUSE_END.search(text, start + 1, end)))


def _has_word(text: str, start: int, end: int) -> bool:
    return end - start > _PEEK + 1 or _WORD.search(text, start + 1, end) is not None


def _shallow(text: str, pairs: list[tuple[int, int]]) -> Iterator[Quote]:
    """The pairs as quotes; deeper nesting than anyone writes is passed over."""
    enclosing: list[int] = []
    for start, end in pairs:
        while enclosing and enclosing[-1] < start:
            enclosing.pop()
        if len(enclosing) < _MAX_DEPTH:
            quote = _without_space(text, start, end)
            if quote.start < quote.end:
                yield quote
        enclosing.append(end)


def _without_space(text: str, start: int, end: int) -> Quote:
    """The quote between the marks at ``start`` and ``end``, without the space at its edges."""
    a, b = start + 1, end
    if text[a].isspace() or text[b - 1].isspace():
        inside = text[a:b]
        a, b = a + len(inside) - len(inside.lstrip()), b - len(inside) + len(inside.rstrip())
    return Quote(a, b, start, end + 1)
