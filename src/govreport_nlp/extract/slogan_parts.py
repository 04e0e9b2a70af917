"""The parts of a slogan, from an explanation that lists exactly as many as the term counts."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from govreport_nlp.extract.slogan_count import counts
from govreport_nlp.extract.slogan_lexicon import key
from govreport_nlp.extract.slogan_words import classes, either
from govreport_nlp.model import SloganKind
from govreport_nlp.rules.loader import Ruleset

_NESTED = re.compile("（[^（）]*）|[(][^()]*[)]|“[^“”]*”|《[^《》]*》")
# Each with what its items must not hold: a list by 、 has no commas in its items.
_SEPARATORS = (
    (re.compile("[；;]"), None),
    (re.compile("[，,]"), re.compile("[；;]")),
    (re.compile("、"), re.compile("[，,；;]")),
    (re.compile("[、，,]"), re.compile("[；;]")),
)
_TRIM = " \t\n。；;，,、：:"
_LONGEST_ITEM = 60


class _Words(NamedTuple):
    list_end: re.Pattern[str]
    joint: re.Pattern[str]
    no_item: re.Pattern[str]


def itemize(explanation: str, term: str, kind: SloganKind, rules: Ruleset) -> tuple[str, ...]:
    """The items of ``explanation`` if they are as many as ``term`` counts, else nothing.

    Clipped words have one item a character, each with that character in it.

    >>> from govreport_nlp.rules import SHIPPED
    >>> itemize("资金、资产和资源", "三资", "numeric", SHIPPED)
    ('资金', '资产', '资源')
    """
    plain = key(term)
    clipped = plain if kind == "abbreviation" and 3 <= len(plain) <= 8 else ""
    wanted = counts(plain, rules) if kind == "numeric" else (len(clipped),) if clipped else ()
    if not wanted:
        return ()
    words = _words(rules)
    body = words.list_end.sub("", explanation.strip(_TRIM)).strip(_TRIM)
    for separator, excluded in _SEPARATORS:
        items = _split(body, separator)
        for listed in (items, _last_parted(items, words.joint)):
            if len(listed) in wanted and _fit(listed, clipped, excluded, words.no_item):
                return tuple(listed)
    return ()


def _split(body: str, separator: re.Pattern[str]) -> list[str]:
    """The pieces of ``body`` between separators that stand outside brackets and quotes."""
    masked = _NESTED.sub(lambda m: "·" * len(m[0]), body)
    pieces, start = [], 0
    for match in separator.finditer(masked):
        pieces.append(body[start : match.start()].strip(_TRIM))
        start = match.end()
    return [*pieces, body[start:].strip(_TRIM)]


def _last_parted(items: list[str], joint: re.Pattern[str]) -> list[str]:
    """The items with the last one parted at its 和."""
    return [*items[:-1], *(part.strip(_TRIM) for part in joint.split(items[-1], maxsplit=1))]


def _fit(items: list[str], clipped: str, excluded: re.Pattern[str] | None, no_item: re.Pattern[str]) -> bool:
    """Whether the items can be parts, each with its character of the ``clipped`` words."""
    for item in items:
        if not 0 < len(item) <= _LONGEST_ITEM or no_item.match(item):
            return False
        if excluded is not None and excluded.search(_NESTED.sub("", item)):
            return False
    return not clipped or all(char in item for char, item in zip(clipped, items, strict=True))


@functools.cache
def _words(rules: Ruleset) -> _Words:
    known = classes(rules)
    return _Words(
        re.compile(f"{either(known['list_end'])}$"),
        re.compile(either(known["list_joint"])),
        re.compile(either(known["no_item"])),
    )
