"""Word lists to count: shipped ones, CSV and YAML files, and what a caller passes."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import NamedTuple, TypeAlias

from govreport_nlp.errors import InputNotFoundError, RuleError
from govreport_nlp.rules import SHIPPED, Rule, Ruleset
from govreport_nlp.source import characters, encoding

Lists: TypeAlias = "str | os.PathLike[str] | Mapping[str, Iterable[str]] | Iterable[str] | WordLists"

_DIRECTORY = "attention"
_YAML = (".yaml", ".yml")
_CSV = (".csv", ".txt")


class WordListRule(Rule, frozen=True, kw_only=True):
    """A shipped word list; ``source`` cites whose it is, ``note`` says how it was chosen."""

    words: tuple[str, ...]


class WordLists(NamedTuple):
    """Named lists of words, and where each is from."""

    lists: dict[str, tuple[str, ...]]
    sources: dict[str, str]


def shipped(rules: Ruleset = SHIPPED) -> dict[str, tuple[WordListRule, ...]]:
    """The shipped dictionaries by name, each with its lists.

    >>> "environment" in shipped()
    True
    """
    directory = resources.files("govreport_nlp.rules").joinpath(_DIRECTORY)
    names = sorted(file.name.removesuffix(".toml") for file in directory.iterdir() if file.name.endswith(".toml"))
    return {name: rules.load(f"{_DIRECTORY}/{name}.toml", WordListRule) for name in names}


def word_lists(where: Lists, rules: Ruleset = SHIPPED) -> WordLists:
    """The lists of ``where``: the name of a shipped dictionary, a CSV or YAML file, or words already in hand.

    A CSV file has the columns ``list`` and ``word``, or one word a line and is then one list with the file's name.
    A YAML file maps names to lists of words, or is one list. Words are read as the text is: full-width letters and
    Traditional forms as their usual ones, without spaces. Raises ``RuleError`` where a file is none of these,
    ``InputNotFoundError`` where there is none, ``ValueError`` where no words are given.

    >>> word_lists(["绿色", "低碳"]).lists
    {'words': ('绿色', '低碳')}
    >>> list(word_lists("environment").lists)
    ['environment']
    """
    if isinstance(where, WordLists):
        return where
    if isinstance(where, (str, os.PathLike)):
        name = os.fspath(where)
        known = shipped(rules)
        if name in known:
            found = known[name]
            return _checked(name, {r.id: list(r.words) for r in found}, {r.id: r.source for r in found}, rules)
        return _file(name, ", ".join(known), rules)
    named = where if isinstance(where, Mapping) else {"words": where}
    return _checked("", {name: list(words) for name, words in named.items()}, dict.fromkeys(named, ""), rules)


def together(several: Iterable[Lists], rules: Ruleset = SHIPPED) -> WordLists:
    """Several dictionaries as one. Raises ``RuleError`` where two have a list of the same name."""
    lists: dict[str, tuple[str, ...]] = {}
    sources: dict[str, str] = {}
    for where in several:
        found = word_lists(where, rules)
        if twice := sorted(lists.keys() & found.lists.keys()):
            raise RuleError(str(where), f"there is a list {twice[0]!r} already", "give every list a name of its own")
        lists.update(found.lists)
        sources.update(found.sources)
    return WordLists(lists, sources)


def _file(name: str, known: str, rules: Ruleset) -> WordLists:
    path = Path(name)
    ending = path.suffix.lower()
    if ending not in (*_YAML, *_CSV):
        raise RuleError(name, "it is no word list", f"give a .csv or .yaml file, or one of the shipped lists: {known}")
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputNotFoundError(name, f"it cannot be read ({reason})", "check the path") from error
    text = encoding.decode(data, name, rules).removeprefix("\ufeff")
    lists = _of_yaml(name, text, path.stem) if ending in _YAML else _of_csv(name, text, path.stem)
    return _checked(name, lists, dict.fromkeys(lists, name), rules)


def _of_csv(name: str, text: str, stem: str) -> dict[str, list[str]]:
    try:
        rows = [(n, row) for n, row in enumerate(csv.reader(text.splitlines()), 1) if any(c.strip() for c in row)]
    except csv.Error as error:
        raise RuleError(name, f"it is no CSV file ({error})", "write one word a line") from error
    head = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    lists: dict[str, list[str]] = {}
    if "word" in head:
        for number, row in rows[1:]:
            if len(row) != len(head):
                raise RuleError(name, f"line {number} has {len(row)} cells", f"write {len(head)}")
            cells = dict(zip(head, row, strict=True))
            lists.setdefault(cells.get("list", stem).strip(), []).append(cells["word"])
        return lists
    for number, row in rows:
        if len(row) != 1:
            raise RuleError(name, f"line {number} has {len(row)} cells", "begin the file with the line list,word")
        lists.setdefault(stem, []).append(row[0])
    return lists


def _of_yaml(name: str, text: str, stem: str) -> dict[str, list[str]]:
    import yaml

    try:
        # BaseLoader leaves every scalar a text: a word such as 5e3 or "on" is no number and no truth value.
        data = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise RuleError(name, f"it is not valid YAML ({problem})", "correct the line named") from error
    named = data if isinstance(data, dict) else {stem: data}
    for key, words in named.items():
        if not isinstance(key, str) or not isinstance(words, list) or not all(isinstance(w, str) for w in words):
            raise RuleError(
                name, f"{key!r} is no list of words", "write a name, a colon, and below it one - word a line"
            )
    return named


def _checked(name: str, lists: dict[str, list[str]], sources: dict[str, str], rules: Ruleset) -> WordLists:
    """The lists with their words as the text is read, each once."""
    made: dict[str, tuple[str, ...]] = {}
    for key, words in lists.items():
        plain = tuple(dict.fromkeys("".join(characters.exchange(word, rules).split()) for word in words))
        problem = "an empty word" if "" in plain else "" if plain else "no words"
        if problem and name:
            raise RuleError(name, f"the list {key!r} has {problem}", "write at least one word, and none that is empty")
        if problem:
            raise ValueError(f"the list {key!r} has {problem}")
        made[key] = plain
    if not made:
        if name:
            raise RuleError(name, "it has no words", "write one word a line")
        raise ValueError("no word list is given")
    return WordLists(made, sources)
