"""How long a report is: its body, its characters, and its words as jieba cuts them."""

from __future__ import annotations

import functools
import importlib
import logging
import re
import warnings
from collections.abc import Sequence
from types import ModuleType
from typing import Any

# White space between Chinese characters is layout (a broken line, a spaced title), no boundary of words.
_LAYOUT = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


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
    """How many words jieba cuts ``text`` into; a token without a letter, digit or Chinese character is none.

    >>> n_tokens("新建学校3所。")
    4
    """
    cut = _tokenizer().cut(_LAYOUT.sub("", text))
    return sum(any(map(str.isalnum, token)) for token in cut)


def tokenizer_name() -> str:
    """The tokenizer with its version, as the column ``tokenizer`` names it."""
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
