"""Patterns of what touches a place from before, tried only where the character there can end them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

# What a pattern may hold besides the characters that it matches, if these are to be told by looking at it.
_PLAIN = re.compile(r"(?:\(\?:|[^\\.^$*+{}<=!\-])*")
_LAST_CLASS = re.compile(r"\[([^\\^\-\[\]]+)\]\Z")


class Touching(NamedTuple):
    """A pattern for the end of a text; ``closing`` are the characters that may come last, None where any may."""

    pattern: re.Pattern[str]
    closing: frozenset[str] | None

    @classmethod
    def of(cls, pattern: str) -> Touching:
        """``pattern`` at the end of a text.

        >>> [Touching.of("总投资(?:约|近)?").can_end(last) for last in "资近路"]
        [True, True, False]
        >>> [Touching.of("位居[^，]{0,6}(?:第|前)").can_end(last) for last in "前路"]
        [True, False]
        """
        compiled = re.compile(f"(?:{pattern})$")
        return cls(compiled, None if compiled.search("") else _closing(pattern))

    def can_end(self, last: str) -> bool:
        """Whether a text whose last character is ``last`` can end with the pattern."""
        return self.closing is None or last in self.closing


class ByClosing(Generic[T]):
    """Rules by the character that stands before a place: those whose pattern it may close, or that have none."""

    __slots__ = ("_behind", "elsewhere")

    def __init__(self, rules: Iterable[tuple[Touching | None, T]]) -> None:
        known = list(rules)
        closing = {c for touching, _ in known if touching is not None for c in touching.closing or ()}
        self._behind = {c: tuple(r for t, r in known if t is None or t.can_end(c)) for c in closing}
        self.elsewhere = tuple(r for t, r in known if t is None or t.closing is None)

    def behind(self, last: str) -> tuple[T, ...]:
        """The rules to be tried behind ``last``, in their order."""
        return self._behind.get(last, self.elsewhere)


def _closing(pattern: str) -> frozenset[str] | None:
    """At least the characters that can end a match: all of the last class or group, else of the whole pattern.

    A newline is one of them, since $ stands before the last one too.
    """
    last = _LAST_CLASS.search(pattern)
    if last and not _splits(pattern[: last.start()]):
        return frozenset(last[1] + "\n")
    for part in (_last_group(pattern), pattern):
        if part and _PLAIN.fullmatch(part):
            return frozenset(part + "\n")
    return None


def _last_group(pattern: str) -> str:
    """What stands in the group that every match ends with, if there is one: "第|前" in "位居(?:第|前)"."""
    depth = 0
    for at in range(len(pattern) - 1, -1, -1):
        depth += (pattern[at] == ")") - (pattern[at] == "(")
        if not depth:
            break
    opens = pattern.startswith("(?:", at) and at > 0
    return pattern[at + 3 : -1] if opens and not _splits(pattern[:at]) else ""


def _splits(beginning: str) -> bool:
    """Whether a pattern that begins so has alternatives outside all groups, or a group that goes on."""
    depth = 0
    for char in beginning:
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            return True
    return depth != 0
