"""Regular expressions out of rule files, with the shorthands that the files use."""

from __future__ import annotations

import re
from collections.abc import Mapping

from govreport_nlp.errors import RuleError

SPACE = r"[ \t\u3000\xa0]{0,4}"
"""What {sp} stands for: optional space."""


def filled(pattern: str, shorthands: Mapping[str, str]) -> str:
    """``pattern`` with each shorthand written out.

    >>> filled("第{cn}、{sp}", {"{cn}": "[一二三]"})
    '第[一二三]、[ \\\\t\\\\u3000\\\\xa0]{0,4}'
    """
    for name, written_out in {"{sp}": SPACE, **shorthands}.items():
        pattern = pattern.replace(name, written_out)
    return pattern


def compiled(file: str, rule: str, pattern: str, shorthands: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """The pattern of the entry ``rule`` of a rule file. Raises ``RuleError`` where it is no regular expression."""
    try:
        return re.compile(filled(pattern, shorthands or {}))
    except re.error as error:
        problem = f"entry {rule}: the pattern is no regular expression ({error})"
        raise RuleError(f"rules/{file}", problem, "correct the pattern") from error
