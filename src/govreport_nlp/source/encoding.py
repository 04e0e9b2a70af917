"""Decoding that is right or refused: no replacement characters, no wrong guess between GB18030 and Big5."""

from __future__ import annotations

import codecs
import functools
import re
from typing import NamedTuple

from govreport_nlp.errors import EncodingError, LimitError
from govreport_nlp.rules import SHIPPED, Rule, Ruleset

MAX_TEXT = 64 * 1024 * 1024
"""The most bytes of text that are decoded at all."""

# A byte order mark settles the encoding. UTF-32 before UTF-16: its mark begins with the same bytes.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_TRIED = ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_TRIED_LABEL = "UTF-8, GB18030, Big5, UTF-16"
_LABELS = {"cp950": "Big5", "big5hkscs": "Big5"}
_SAFE_UTF8 = 40  # so many characters beyond ASCII are not well-formed UTF-8 by chance
_PLAUSIBLE = 0.5
_WINDOW = 240
_WINDOW_PLAUSIBLE = 0.3
_BEYOND = re.compile(r"[^\x00-\x7f]+")
_REMEDY = "open it in an editor that shows it rightly and save it as UTF-8"


class CommonCharacters(Rule, frozen=True, kw_only=True):
    """Characters that make up most of any Chinese text; white space is no part of the list."""

    characters: str


class _Trial(NamedTuple):
    """What one encoding makes of the bytes: the text up to the first bad byte, which is None where there is none."""

    encoding: str
    text: str
    bad: int | None
    score: float


def decode(data: bytes, name: str, rules: Ruleset = SHIPPED) -> str:
    """The text of ``data`` in the encoding that fits. Raises ``EncodingError`` with the offset of the first bad byte.

    >>> decode("政府工作报告".encode("gb18030"), "a.txt")
    '政府工作报告'
    """
    if len(data) > MAX_TEXT:
        raise too_long(name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name, len(mark))
    common = _common(rules)
    zeros = data.count(0)
    if zeros * 5 > len(data):  # mostly ASCII in two bytes a character
        even = data[::2].count(0)
        if max(even, zeros - even) > 0.9 * zeros:
            return _strict(data, "utf-16-be" if 2 * even > zeros else "utf-16-le", name, 0)
    first = _try(data, "utf-8", common)
    if first.bad is None:
        beyond = len(data) - len(first.text)
        if not beyond or beyond > 2 * _SAFE_UTF8 or first.score >= _PLAUSIBLE:
            return first.text
    trials = [first]
    for encoding in _TRIED:
        trial = _try(data, encoding, common)
        trials.append(trial)
        if trial.bad is None and trial.score > 0.9:
            break
    whole = [t for t in trials if t.bad is None]
    best = max(whole, key=lambda t: t.score, default=None)
    if best is not None and best.score >= _PLAUSIBLE:
        _refuse_torn(best, common, name)
        return best.text
    if first.bad is None:
        return first.text
    raise _refusal(data, trials, name)


def decode_as(data: bytes, encoding: str) -> str | None:
    """The text if ``data`` is wholly in ``encoding``, else None (also where the encoding has no such name)."""
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def plausibility(text: str, rules: Ruleset = SHIPPED) -> float:
    """The share of common Chinese characters and punctuation among the characters beyond ASCII (1.0 without any)."""
    return _share(text, _common(rules))


@functools.lru_cache(maxsize=8)
def common_characters(rules: Ruleset = SHIPPED) -> frozenset[str]:
    """All characters of rules/common_characters.toml, with the punctuation and figures of Chinese print."""
    listed = "".join(rule.characters for rule in rules.load("common_characters.toml", CommonCharacters))
    signs = [chr(c) for a, b in ((0x3000, 0x3018), (0xFF01, 0xFF5F), (0x2010, 0x2027)) for c in range(a, b)]
    return frozenset("".join(listed.split())).union(signs, "\u00a0·×‰℃\u200b\ufeff")


@functools.lru_cache(maxsize=8)
def _common(rules: Ruleset) -> re.Pattern[str]:
    """Runs of common characters beyond ASCII."""
    return re.compile(f"[{''.join(re.escape(c) for c in sorted(common_characters(rules)) if not c.isascii())}]+")


def too_long(name: str) -> LimitError:
    size = MAX_TEXT // 1024 // 1024
    return LimitError(name, f"the text is larger than {size} MiB", "a report is far shorter, so check the file")


def _share(text: str, common: re.Pattern[str]) -> float:
    beyond = sum(map(len, _BEYOND.findall(text)))
    if not beyond:
        return 1.0
    return sum(map(len, common.findall(text))) / beyond


def _try(data: bytes, encoding: str, common: re.Pattern[str]) -> _Trial:
    try:
        text, bad = data.decode(encoding), None
    except UnicodeDecodeError as error:
        bad = error.start
        text = data[:bad].decode(encoding, "ignore")
    return _Trial(encoding, text, bad, _share(text[:8000], common))


def _strict(data: bytes, encoding: str, name: str, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _bad_byte(data, encoding, error.start, skipped, name) from error


def _refuse_torn(trial: _Trial, common: re.Pattern[str], name: str) -> None:
    """A lost byte shifts all that follows it: some stretch then reads as nonsense though every byte decodes."""
    text = trial.text
    for start in range(0, len(text), _WINDOW):
        window = text[start : start + _WINDOW]
        beyond = len(window) - len(window.encode("ascii", "ignore"))
        if beyond > 60 and _share(window, common) < _WINDOW_PLAUSIBLE:
            offset = len(text[:start].encode(trial.encoding, "ignore"))
            label = _LABELS.get(trial.encoding, trial.encoding.upper())
            raise EncodingError(name, f"as {label} the text is garbled from about byte {offset} on", _REMEDY)


def _refusal(data: bytes, trials: list[_Trial], name: str) -> EncodingError:
    """The trial that read most before it broke off tells where the damage is."""
    broken = [t for t in trials if t.bad is not None and t.score >= _PLAUSIBLE and len(t.text) > 1]
    if broken:
        best = max(broken, key=lambda t: (t.bad or 0) * t.score)
        return _bad_byte(data, best.encoding, best.bad or 0, 0, name)
    offset = trials[0].bad or 0
    return EncodingError(
        name, f"byte {offset} and what follows fit no encoding that is known here ({_TRIED_LABEL})", _REMEDY
    )


def _bad_byte(data: bytes, encoding: str, bad: int, skipped: int, name: str) -> EncodingError:
    label, offset = _LABELS.get(encoding, encoding.upper()), bad + skipped
    if len(data) - bad < 4 and _starts_character(data[bad:], encoding):
        problem = f"the {label} text breaks off in the middle of a character at byte {offset}"
        return EncodingError(name, problem, "get the file again, it is cut short")
    return EncodingError(name, f"byte {offset} ({data[bad]:#04x}) is not valid {label}", _REMEDY)


def _starts_character(tail: bytes, encoding: str) -> bool:
    """Whether ``tail`` is the beginning of a character: bad only because it ends."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        return decoder.decode(tail) == ""
    except UnicodeDecodeError:
        return False
