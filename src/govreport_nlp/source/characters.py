"""Characters that mean the same: one for one, from rules/characters.toml and rules/traditional.toml."""

from __future__ import annotations

import functools
import re

import msgspec

from govreport_nlp.errors import RuleError
from govreport_nlp.rules import SHIPPED, Rule, Ruleset

_FILES = ("characters.toml", "traditional.toml")
_FEW = 48  # up to so many different characters, single replacements are faster than a table


class Exchange(Rule, frozen=True, kw_only=True):
    """``from`` and ``to`` run in step: the n-th character of one becomes the n-th of the other."""

    before: str = msgspec.field(name="from")
    after: str = msgspec.field(name="to")

    def pairs(self) -> dict[str, str]:
        before, after = "".join(self.before.split()), "".join(self.after.split())
        if len(before) != len(after):
            problem = f"entry {self.id}: 'from' has {len(before)} characters, 'to' has {len(after)}"
            raise RuleError("characters.toml", problem, "give every character its counterpart")
        return dict(zip(before, after, strict=True))


@functools.lru_cache(maxsize=8)
def table(rules: Ruleset = SHIPPED) -> dict[str, str]:
    """Every character that is exchanged, with what it becomes in the end (radical → traditional → simplified)."""
    merged: dict[str, str] = {}
    for name in _FILES:
        for rule in rules.load(name, Exchange):
            merged.update(rule.pairs())
    return {old: merged.get(new, new) for old, new in merged.items()}


@functools.lru_cache(maxsize=8)
def _exchanged(rules: Ruleset) -> re.Pattern[str]:
    """Any character that is exchanged: one search for all of them is faster than to look each character up."""
    return re.compile(f"[{''.join(map(re.escape, table(rules)))}]")


def exchange(text: str, rules: Ruleset = SHIPPED) -> str:
    """``text`` with each character exchanged for its usual form; the length stays.

    >>> exchange("關於１９８５年")
    '关于1985年'
    """
    found = set(_exchanged(rules).findall(text))
    if not found:
        return text
    forms = table(rules)
    if len(found) <= _FEW:
        for char in found:
            text = text.replace(char, forms[char])
        return text
    # Every character of the text is in the table: str.translate is slow where it finds nothing.
    return text.translate({ord(char): forms.get(char, char) for char in set(text)})
