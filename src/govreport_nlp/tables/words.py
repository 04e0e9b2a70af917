"""How long a report is: its body, its characters, and its words.

Two tokenizers cut words. rjieba, which is jieba's dictionary and model in Rust, counts the words of a report for the
table ``reports`` (``n_tokens``): it is twenty times as fast, and over 54 reports its 301,522 words stood against the
301,532 of jieba 0.42.1 (they part over hyphens between digits and letters, as in 5G-A). jieba itself cuts where words
of lists are made known to it (``tokenizer_with``), as ``attention`` does.
"""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import itertools
import logging
import re
import warnings
from collections.abc import Sequence
from types import ModuleType
from typing import Any

# White space between Chinese characters is layout (a broken line, a spaced title), no boundary of words.
_LAYOUT = re.compile(r"\s(?<=[\u4e00-\u9fff]\s)\s*+(?=[\u4e00-\u9fff])")


def body(text: str, boilerplate: Sequence[tuple[int, int]]) -> str:
    """``text`` without the spans that are not the report.

    >>> body("首页|各位代表：|打印", [(0, 3), (8, 11)])
    '各位代表：'
    """
    kept, end = [], 0
    for a, b in sorted(boilerplate):
        kept.append(text[end : max(a, end)])
        end = max(b, end)
    return "".join(kept) + text[end:]


def n_chars(text: str) -> int:
    """How many characters of ``text`` are not white space."""
    return len("".join(text.split()))


def n_tokens(text: str) -> int:
    """How many words rjieba cuts ``text`` into; a token without a letter, digit or Chinese character is none.

    >>> n_tokens("新建学校3所。")
    4
    """
    cut = _counter().cut(_LAYOUT.sub("", text))
    others = list(itertools.filterfalse(str.isalnum, cut))  # most of them a single mark
    return len(cut) - len(others) + sum(len(token) > 1 and any(map(str.isalnum, token)) for token in others)


@functools.cache
def tokenizer_name() -> str:
    """The tokenizer of ``n_tokens`` with its version, as the column ``tokenizer`` of the table ``reports`` names it."""
    return f"rjieba {importlib.metadata.version('rjieba')}"


def list_tokenizer_name() -> str:
    """The tokenizer of ``tokenizer_with`` with its version."""
    return f"jieba {_jieba().__version__}"


@functools.lru_cache(maxsize=8)
def tokenizer_with(listed: tuple[str, ...]) -> Any:
    """A fresh jieba tokenizer that knows the words of ``listed`` besides its own; no other tokenizer learns them.

    >>> list(tokenizer_with(("望朔快办",)).cut("用好望朔快办"))
    ['用', '好', '望朔快办']
    """
    plain, own = _tokenizer(), _jieba().Tokenizer()
    own.FREQ, own.total, own.initialized = dict(plain.FREQ), plain.total, True
    for word in sorted(listed, key=lambda word: (len(word), word)):  # the short first, so that the long prevail
        own.add_word(word)
    return own


@functools.cache
def _counter() -> Any:
    """A tokenizer of our own: words that the user adds to rjieba's global one must not change the counts."""
    import rjieba  # here: it loads its dictionary

    return rjieba.Jieba()


@functools.cache
def _jieba() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("jieba")


@functools.cache
def _tokenizer() -> Any:
    """A tokenizer of our own: words that the user adds to jieba's global one must not change the counts."""
    module = _jieba()
    log = logging.getLogger("jieba")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        tokenizer = module.Tokenizer()
        tokenizer.initialize()
    finally:
        log.setLevel(level)
    return tokenizer
