"""The one loader of rule files: strict about keys, duplicates and proof."""

from __future__ import annotations

import csv
import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any, Protocol, TypeVar, get_origin

import msgspec

from govreport_nlp.errors import RuleError


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every rule entry has: a name, proof, and where needed the reason and the source.

    ``examples`` are texts that the rule must read as it says, ``counterexamples`` texts that it must leave
    alone; the suite proves both. 〔 〕 marks the span meant.
    """

    id: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()
    note: str = ""
    source: str = ""


R = TypeVar("R", bound=Rule)
T = TypeVar("T", bound=msgspec.Struct)


class RuleFile(Protocol):
    """A file that may hold rules: a ``pathlib.Path``, or what behaves like one."""

    def is_file(self) -> bool: ...
    def read_text(self, encoding: str) -> str: ...


class RuleDirectory(Protocol):
    """Where rule files are looked for by name: a ``pathlib.Path``, or what behaves like one."""

    def __truediv__(self, name: str, /) -> RuleFile: ...


@dataclass(frozen=True)
class Ruleset:
    """The shipped rules and, after them, a user's own directories (paths) of files of the same names."""

    directories: tuple[RuleDirectory, ...] = ()

    def load(self, name: str, kind: type[R]) -> tuple[R, ...]:
        """All entries of the rule file ``name`` as ``kind``: a user's entry replaces the shipped one of that id."""
        return _load(self, name, kind)

    def table(self, name: str, kind: type[T]) -> tuple[T, ...]:
        """All rows of the CSV file ``name`` as ``kind``: facts, which need no examples; a user's rows come after."""
        return _table(self, name, kind)


SHIPPED = Ruleset()


@functools.cache
def _load(ruleset: Ruleset, name: str, kind: type[R]) -> tuple[R, ...]:
    merged: dict[str, R] = {}
    shipped = resources.files("govreport_nlp.rules").joinpath(name)
    if shipped.is_file():
        merged.update(_parse(f"rules/{name}", shipped.read_text(encoding="utf-8"), kind))
    for directory in ruleset.directories:
        path = directory / name
        if path.is_file():
            merged.update(_parse(str(path), path.read_text(encoding="utf-8"), kind))
    return tuple(merged.values())


@functools.cache
def _table(ruleset: Ruleset, name: str, kind: type[T]) -> tuple[T, ...]:
    rows: list[T] = []
    own = (directory / name for directory in ruleset.directories)
    shipped = resources.files("govreport_nlp.rules").joinpath(name)
    for label, file in ((f"rules/{name}", shipped), *((str(path), path) for path in own)):
        if file.is_file():
            rows += _rows(label, file.read_text(encoding="utf-8"), kind)
    return tuple(rows)


def _rows(label: str, text: str, kind: type[T]) -> list[T]:
    header, *lines = list(csv.reader(text.splitlines())) or [[]]
    columns = list(kind.__struct_fields__)
    if header != columns:
        raise RuleError(label, "its columns are not those of the table", f"begin with the line {','.join(columns)}")
    for number, cells in enumerate(lines, 2):
        if len(cells) != len(columns):
            raise RuleError(label, f"line {number} has {len(cells)} cells", f"write {len(columns)}")
    lists = [get_origin(field.type) is tuple for field in msgspec.structs.fields(kind)]
    plain = [
        {c: cell.split("|") if many else cell for c, cell, many in zip(columns, cells, lists, strict=True) if cell}
        for cells in lines
    ]
    try:
        return msgspec.convert(plain, list[kind], strict=False)  # type: ignore[valid-type]
    except msgspec.ValidationError as error:
        raise RuleError(label, f"a row does not fit: {error}", "correct the row ($[0] is the first)") from error


def _parse(label: str, text: str, kind: type[R]) -> dict[str, R]:
    entries = _csv_entries(text) if label.endswith(".csv") else _toml_entries(label, text)
    rules: dict[str, R] = {}
    for number, entry in enumerate(entries, 1):
        where = f"entry {number} ({entry.get('id', 'without id')})"
        try:
            rule = msgspec.convert(entry, kind, strict=not label.endswith(".csv"))
        except msgspec.ValidationError as error:
            raise RuleError(label, f"{where}: {error}", "correct the entry; docs/rules.md lists the keys") from error
        if rule.id in rules:
            raise RuleError(label, f"{where}: the id is used twice", "give every entry an id of its own")
        if not rule.examples:
            raise RuleError(label, f"{where}: it has no example", "add a text that the rule reads")
        rules[rule.id] = rule
    return rules


def _toml_entries(label: str, text: str) -> list[dict[str, Any]]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(label, f"it is not valid TOML ({error})", "correct the line named") from error
    unknown = set(data) - {"rule"}
    if unknown:
        raise RuleError(label, f"unknown key {sorted(unknown)[0]!r}", "write every entry as [[rule]]")
    return list(data.get("rule", []))


def _csv_entries(text: str) -> list[dict[str, Any]]:
    """A row an entry; cells of list columns (plural names) are split at ``|``, empty cells left to their default."""
    return [
        {k: v.split("|") if k.endswith("s") and k != "class" else v for k, v in row.items() if v}
        for row in csv.DictReader(text.splitlines())
    ]
