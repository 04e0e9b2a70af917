"""The folded view: one form for every digit, sign and space, no boilerplate, no broken lines, and the way back.

Three steps, each over the whole text at once: characters are exchanged one for one (``characters.py``), gaps are
found and decided (spaces here, line ends in ``wraps.py``), and what stands between two gaps is copied as a block
with its offsets.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable

from govreport_nlp.rules import SHIPPED, Ruleset
from govreport_nlp.source import characters, wraps
from govreport_nlp.source.document import Source, View

CUT = "\x00"
"""Stands in the exchanged text for what is boilerplate."""

# Runs of white space, of invisible characters, and of cut matter. A zero byte of the source is exchanged for \x01.
# White space is written out: a class of plain characters is searched for faster than one with \s in it.
_SPACE = r"\x09-\x0d\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
GAP = re.compile(
    rf"[{_SPACE}\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+"
)
_NO_SPACE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
)
_LINE_ENDS = str.maketrans(
    {"\x0b": "\n", "\x0c": "\n", "\x1c": "\n", "\x1d": "\n", "\x1e": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
)
_NAMED_SPACE = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#12288|#819[2-9]);?")
_WRITTEN_LINE_END = re.compile(r"\\(?:r\\n|n|r)(?![a-z])")
_LOST_SPACE = re.compile(r"\?{2,}")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_ODD_LINE_END = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DIGIT_RUN = re.compile(r"[0-9]+(?:\s[0-9]+)+")
_YEAR_AFTER = re.compile(r"\s?年")
_DIGITS = frozenset("0123456789")
_HALF = re.compile(
    r"[,;:!?](?:(?=[^\x00-\x7f])|(?<=[^\x00-\x7f][,;:!?])|(?<=[0-9%][,;:!?])(?=\n|\Z)"
    r"|(?<=[0-9%][,;:])(?=(?:19|20)[0-9]{2}年)|(?<=%[,;])(?=[0-9])|(?<=[0-9];)(?=[0-9]))"
)  # these patterns begin with a class, so that they are searched for fast
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_BRACKETS = re.compile(r"\(([^()\n]{0,80})\)")
_POINT = re.compile(r"[·‧∙・•。](?<=[0-9].)(?=[0-9])(?:(?<!。)|(?=[0-9]+(?:[%‰亿万元倍]|个[百千]分点)))")
_DASHES = re.compile(r"(?m)[-－—](?<=^.)(?:(?<=-)-+|(?<=－)－+|(?:(?<=—)[-－]{1,2}|(?<=[-－])[-－]?)—?(?=[0-9]{4}年))")

_base = array("i", range(1 << 16))


def fold(source: Source, rules: Ruleset = SHIPPED) -> View:
    """The text of ``source`` as the rules read it.

    >>> view = fold(Source("1 9 9 3 年，増长 １９·５ ％。", "txt", "a.txt"))
    >>> view.text
    '1993年，増长19.5%。'
    >>> view.original(6, 10)
    '増长 １９'
    """
    text = source.text
    flat = _blank_out(characters.exchange(_lines_only(text), rules), source.boilerplate)
    gaps = [m.span() for m in GAP.finditer(flat)]
    breaks = wraps.decide(flat, text, gaps, CUT, rules)
    bullet = wraps.patterns(rules).bullet.match
    parts: list[str] = []
    offsets = array("i")
    base = _offsets(len(text))
    run_end, run_closes = 0, False
    done = _item(flat, 0, bullet)
    for (start, end), line_break in zip(gaps, breaks, strict=True):
        if end <= done:
            continue  # within a bullet's own space
        keep = ""
        at = start
        if line_break is not None:
            keep, at = line_break
        elif start > 0 and end < len(flat):
            left, right = flat[start - 1], flat[end]
            if left in _DIGITS and right in _DIGITS:
                if start >= run_end:
                    run_end, run_closes = _digit_run(flat, start)
                keep = "" if run_closes else " "
            elif left < "\x80" and right < "\x80":
                keep = _between_ascii(flat, start, end, left, right)
            if keep:
                at = _first_space(flat, start, end)
                keep = " " if at >= 0 else ""
        item = _item(flat, end, bullet) if keep == "\n" or not start else end
        if item == end and keep and end - start == 1 and flat[start] == keep:
            continue
        parts.append(flat[done:start])
        offsets.extend(base[done:start])
        if keep:
            parts.append(keep)
            offsets.append(at)
        done = item
    parts.append(flat[done:])
    offsets.extend(base[done : len(flat)])
    folded = _punctuate("".join(parts))
    return View(folded, text, None if len(folded) == len(text) else offsets)


def _item(flat: str, at: int, bullet: Callable[[str, int], re.Match[str] | None]) -> int:
    """Where the words of a line that begins at ``at`` begin: behind its bullet, if it has one and words follow."""
    found = bullet(flat, at)
    return at if found is None or GAP.match(flat, found.end()) else found.end()


def _lines_only(text: str) -> str:
    """Every kind of line end as one newline, of the same length; a \\r before \\n is left to the gaps.

    A space that a web page left written out (&nbsp;) is one here too, and so are signs of an encoding's failure that
    stand for wide spaces (??); a line end that a data set left written out (\\r\\n) is one.
    """
    if "\\" in text:
        text = _WRITTEN_LINE_END.sub(lambda m: " " * (len(m.group()) - 1) + "\n", text)
    if "??" in text:
        text = _LOST_SPACE.sub(lambda m: " " * len(m.group()), text)
    if "&" in text:
        text = _NAMED_SPACE.sub(lambda m: " " * len(m.group()), text)
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)
    if _ODD_LINE_END.search(text):
        text = text.translate(_LINE_ENDS)
    return text


def _blank_out(flat: str, spans: tuple[tuple[int, int], ...]) -> str:
    if CUT in flat:
        flat = flat.replace(CUT, "\x01")
    if not spans:
        return flat
    parts, done = [], 0
    for start, end in spans:
        if end <= done:
            continue
        parts += [flat[done:start], CUT * (end - max(start, done))]
        done = end
    return "".join([*parts, flat[done:]])


def _offsets(length: int) -> array[int]:
    """0, 1, 2, … up to at least ``length``; grown when a longer text comes, so that slices of it are cheap."""
    global _base
    if len(_base) < length:
        _base = array("i", range(max(length, 2 * len(_base))))
    return _base


def _digit_run(flat: str, gap: int) -> tuple[int, bool]:
    """Whether the digit groups around ``gap`` are one number set with spaces, and where the run ends.

    "1 9 9 3", "3 000" and "20 24 年" are; "120 350", cells of a table, are not.
    """
    start = gap
    while start and flat[start - 1] in _DIGITS:
        start -= 1
    run = _DIGIT_RUN.match(flat, start)
    if run is None:
        return gap + 1, False
    groups = run.group().split()
    single = sum(len(g) == 1 for g in groups)
    thousands = len(groups[0]) <= 3 and groups[0] != "0" and all(len(g) == 3 for g in groups[1:])
    year = sum(map(len, groups)) == 4 and _YEAR_AFTER.match(flat, run.end()) is not None
    spread = single >= 2 and single >= len(groups) - 1 and max(map(len, groups)) <= 2
    return run.end(), "\t" not in run.group() and (single == len(groups) or thousands or year or spread)


def _between_ascii(flat: str, start: int, end: int, left: str, right: str) -> str:
    """What stays of a gap between two ASCII characters: one space between words, nothing in and at numbers."""
    if right in _DIGITS:
        if left == ".":
            return " " if _opens_line(flat, start) else ""
        return " " if left in "%,;!?" else ""
    if left in _DIGITS:
        return " " if right == "(" or (right in "+-" and "\t" in flat[start:end]) else ""
    return "" if right in ",;:!?%)." or left == "(" else " "


def _opens_line(flat: str, end: int) -> bool:
    """Whether only a number and a point stand between the line's beginning and ``end``: "1. 2024"."""
    line = flat.rfind("\n", 0, end) + 1
    head = flat[line:end].strip()
    return len(head) <= 3 and head[:-1].isdigit()


def _first_space(flat: str, start: int, end: int) -> int:
    """The offset of the first character of a gap that is white space, or -1."""
    for at in range(start, end):
        if flat[at].isspace():
            return at
    return -1


def _punctuate(text: str) -> str:
    """Half-width punctuation beside Chinese as full-width, odd decimal points as points, dashes that open a line."""
    if "(" in text:
        text = _BRACKETS.sub(_bracket, text)
    text = _HALF.sub(lambda m: _FULL[m.group()], text)
    text = _POINT.sub(".", text)
    return _DASHES.sub(lambda m: "—" * len(m.group()), text)


def _bracket(match: re.Match[str]) -> str:
    inside, text = match.group(1), match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if inside.isascii() and before.isascii() and after.isascii():
        return match.group()
    return f"（{inside}）"
