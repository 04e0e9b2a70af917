"""The word classes of rules/slogan_words.toml, as patterns and as sets; made once a ruleset."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from govreport_nlp.errors import RuleError
from govreport_nlp.rules.loader import Rule, Ruleset

FILE = "slogan_words.toml"


class WordClass(Rule, frozen=True, kw_only=True):
    """Words of one class, which patterns of slogan_kinds.toml name as ``{id}``."""

    words: tuple[str, ...]


@functools.cache
def classes(rules: Ruleset) -> dict[str, tuple[str, ...]]:
    """The words of every class, the longest first.

    >>> from govreport_nlp.rules import SHIPPED
    >>> "行动" in classes(SHIPPED)["model_head"]
    True
    """
    return {c.id: tuple(sorted(c.words, key=len, reverse=True)) for c in rules.load(FILE, WordClass)}


def either(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first.

    >>> either(["和", "以及"])
    '(?:以及|和)'
    """
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def ending(words: Iterable[str]) -> str:
    """A pattern of no width that holds where any of ``words`` ends.

    >>> bool(re.search(ending(["行动", "年"]) + "$", "建设年"))
    True
    """
    widths: dict[int, list[str]] = {}
    for word in words:
        widths.setdefault(len(word), []).append(re.escape(word))
    return "(?:" + "|".join(f"(?<={'|'.join(same)})" for _, same in sorted(widths.items())) + ")"


def expand(pattern: str, rules: Ruleset, where: str) -> str:
    """``pattern`` with every ``{name}`` replaced by its class, every ``{<name}`` by the place where its words end.

    Raises ``RuleError`` for a class that does not exist.
    """
    known = classes(rules)

    def words_of(match: re.Match[str]) -> str:
        if match[2] not in known:
            raise RuleError(where, f"{{{match[2]}}} is no class of {FILE}", "correct the name or add the class")
        return (ending if match[1] else either)(known[match[2]])

    return re.sub(r"\{(<?)([a-z_]+)\}", words_of, pattern)
