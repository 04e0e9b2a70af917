"""The report's text as HTML can hold it, character by character, so that offsets stay what they are."""

from __future__ import annotations

import re

# Control characters, halves of surrogate pairs and noncharacters: HTML drops them, changes them or calls them errors.
_NOT_HTML = re.compile("[\x00-\x08\x0b\r\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def shown(text: str) -> str:
    """``text`` with a blank or U+FFFD for each character that no page can hold; its length is the same.

    >>> shown("增\\x00长\\r\\n")
    '增\ufffd长 \\n'
    """
    return _NOT_HTML.sub(lambda found: " " if found[0].isspace() else "\ufffd", text)
