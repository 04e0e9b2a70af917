"""Whether a text reads like a work report at all, so that a novel or a log file is not turned into empty tables."""

from __future__ import annotations

import functools
import re

from ahocorasick_rs import AhoCorasick, MatchKind

from govreport_nlp.rules import SHIPPED, Rule, Ruleset
from govreport_nlp.source.characters import exchange
from govreport_nlp.source.document import Source

# Measured: any 800 characters of 23 reports from 1954 to 2025 score 4.5 and more but for one passage on foreign
# affairs (1.9), whole reports 6 and more; 315 pages of a Chinese programming manual score 3.1 and less.
_ENOUGH = 3.5
_ENOUGH_SHORT = 2.0
_SHORT = 300
_SAMPLE = 3000
_CHINESE_SHARE = 0.3
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_GAPS = re.compile(r"[\s\x00-\x1f\u00ad\u200b-\u200f\u2060\ufeff]+")
_SPREAD = 0.25
_INK = re.compile(r"[^\s\x00-\x1f]+")


class Evidence(Rule, frozen=True, kw_only=True):
    """Words that speak for a report; see rules/report_words.toml."""

    words: tuple[str, ...]
    weight: float


@functools.lru_cache(maxsize=8)
def _evidence(rules: Ruleset) -> tuple[AhoCorasick, tuple[float, ...]]:
    weights = {word: rule.weight for rule in rules.load("report_words.toml", Evidence) for word in rule.words}
    return AhoCorasick(list(weights), matchkind=MatchKind.LeftmostLongest), tuple(weights.values())


def looks_like_report(source: Source, rules: Ruleset = SHIPPED) -> bool:
    """Whether what is no boilerplate is Chinese and speaks as governments do.

    >>> looks_like_report(Source("加快推进水利建设，全县粮食增产。", "txt", "a.txt"))
    True
    """
    sample = _sample(source)
    if score(sample, rules) >= 1.0:
        return True
    # Set with spaces or invisible signs between all characters, no word stands in it until they are gone.
    close = _GAPS.sub("", sample)
    return len(sample) - len(close) > _SPREAD * len(sample) and score(close, rules) >= 1.0


def score(text: str, rules: Ruleset = SHIPPED) -> float:
    """How much evidence there is, as a multiple of what is enough."""
    text = exchange(text, rules)
    chinese = _count(_CHINESE, text)
    if not chinese or (chinese < _CHINESE_SHARE * len(text) and chinese < _CHINESE_SHARE * _count(_INK, text)):
        return 0.0
    words, weights = _evidence(rules)
    found = sum(weights[word] for word, _, _ in words.find_matches_as_indexes(text))
    return 100 * found / chinese / (_ENOUGH if chinese >= _SHORT else _ENOUGH_SHORT)


def _count(runs: re.Pattern[str], text: str) -> int:
    """How many characters of ``text`` the ``runs`` hold."""
    return sum(map(len, runs.findall(text)))


def _sample(source: Source) -> str:
    """The beginning of the text without its boilerplate."""
    parts, done, length = [], 0, 0
    for start, end in (*source.boilerplate, (len(source.text), len(source.text))):
        parts.append(source.text[done : min(start, done + _SAMPLE - length)])
        length += len(parts[-1])
        done = end
        if length >= _SAMPLE:
            break
    return "".join(parts)
