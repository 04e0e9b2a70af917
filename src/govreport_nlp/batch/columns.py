"""Which column of a data set holds the reports, and which ones say of each report what it is."""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Literal

from govreport_nlp.batch.row import Row
from govreport_nlp.errors import FormatError, NotAReportError
from govreport_nlp.rules import Rule, Ruleset
from govreport_nlp.source import plausible
from govreport_nlp.structure import regions

Field = Literal[
    "region", "province", "prefecture", "county", "adcode", "year", "title", "session", "speaker", "date", "source"
]

# A cell with so many characters, or with lines, is more than a sentence or a title.
_LONG, _LINES, _LINES_LONG = 300, 3, 60
_SAMPLE = 3000
_MISSING = frozenset({"", ".", "na", "n/a", "nan", "nat", "null", "none", "<na>"})
_SIGNS = re.compile(r"[\s_\-./]+")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:\.0*)?年?度?")
_CODE = re.compile(r"([1-9][0-9]{5})(?:0{6})?(?:\.0*)?")
_DATE = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[ T].*)?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEVELS = ("national", "province", "prefecture", "county", "town")
# Columns that the library's own tables begin with: their sentences are no reports.
_OWN = frozenset({"report_id", "file"})


class ColumnRule(Rule, frozen=True, kw_only=True):
    """Names of columns that tell one thing of a report; see rules/dataset_columns.toml."""

    field: Field
    words: tuple[str, ...]
    others: tuple[str, ...] = ()


@functools.lru_cache(maxsize=8)
def _fields(rules: Ruleset) -> tuple[dict[str, Field], frozenset[str]]:
    entries = rules.load("dataset_columns.toml", ColumnRule)
    return {word: r.field for r in entries for word in r.words}, frozenset(o for r in entries for o in r.others)


def field_of(column: str, rules: Ruleset) -> Field | None:
    """What a column of this name tells of a report, None where that is not known.

    >>> from govreport_nlp.rules import SHIPPED
    >>> field_of("Report Year", SHIPPED), field_of("省份", SHIPPED), field_of("gdp", SHIPPED)
    ('year', 'province', None)
    """
    return _fields(rules)[0].get(_SIGNS.sub("", unicodedata.normalize("NFKC", column)).casefold())


def text_column(sample: Sequence[Row], wanted: str | None, file: str, rules: Ruleset) -> str:
    """The column with the reports: the ``wanted`` one, else the only one whose cells read like reports.

    Raises ``FormatError``, which names the columns, where there is no such column or more than one, and
    ``NotAReportError`` where none of the columns of a table holds reports.
    """
    columns = list(dict.fromkeys(column for row in sample for column in row.cells))
    named = ", ".join(columns[:30]) + (f" and {len(columns) - 30} more" if len(columns) > 30 else "")
    if wanted is not None:
        if wanted in columns:
            return wanted
        raise FormatError(file, f"it has no column {wanted!r}", f"name one of its columns: {named}")
    found = [] if set(columns) >= _OWN else [c for c in columns if _holds_reports(c, sample, rules)]
    if len(found) == 1:
        return found[0]
    remedy = "name the one to read with --text-column (text_column= in Python)"
    if found:
        raise FormatError(file, f"more than one of its columns read like reports: {', '.join(found)}", remedy)
    if columns:
        raise NotAReportError(file, f"none of its columns reads like reports; they are {named}", remedy)
    raise FormatError(file, "it has no rows", remedy)


def _holds_reports(column: str, sample: Sequence[Row], rules: Ruleset) -> bool:
    cells = [cell for row in sample if isinstance(cell := row.cells.get(column), str) and not is_missing(cell)]
    read = sum(_reads_like_report(cell, rules) for cell in cells)
    return bool(cells) and 2 * read >= len(cells)


def _reads_like_report(cell: str, rules: Ruleset) -> bool:
    text = cell.strip()
    lines = sum(1 for line in text[:_SAMPLE].splitlines() if line.strip())
    enough = len(text) >= _LONG or (len(text) >= _LINES_LONG and lines >= _LINES)
    return enough and plausible.score(text[:_SAMPLE], rules) >= 1.0


def is_missing(cell: Any) -> bool:
    """Whether a cell is empty.

    >>> [is_missing(cell) for cell in (None, float("nan"), " ", "NA", 0)]
    [True, True, True, True, False]
    """
    if isinstance(cell, str):
        return cell.strip().casefold() in _MISSING
    return cell is None or str(cell).casefold() in _MISSING


def meta_of(cells: dict[str, Any], rules: Ruleset) -> dict[str, Any]:
    """What the cells of a row say of its report, as ``govreport_nlp.read`` takes it.

    The most exact of the places named is the report's own region, the others say where it lies. Of two columns for
    one thing the first counts. Raises ``ValueError`` for a cell that is no year, code or date.

    >>> from govreport_nlp.rules import SHIPPED
    >>> meta_of({"年份": "2024年", "省份": "岚江省", "城市": "泽阳市", "gdp": 5.5}, SHIPPED)
    {'year': 2024, 'province': '岚江省', 'region': '泽阳市'}
    """
    found: dict[str, Any] = {}
    for column, cell in cells.items():
        field = field_of(column, rules)
        if field is None or field in found or is_missing(cell):
            continue
        value = _value(field, cell, column, rules)
        if value is not None:
            found[field] = value
    return _placed(found, rules)


def _value(field: Field, cell: Any, column: str, rules: Ruleset) -> str | int | None:
    if field == "date" and isinstance(cell, datetime.date):
        return cell.isoformat()[:10]
    if field == "year" and isinstance(cell, datetime.date):
        return cell.year
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    if field == "year":
        return int(_matched(_YEAR, text, column, "year")[1])
    if field == "adcode":
        return _matched(_CODE, text, column, "code of six digits")[1]
    if field == "date":
        y, m, d = map(int, _matched(_DATE, text, column, "date").groups())
        try:
            return datetime.date(y, m, d).isoformat()
        except ValueError:
            raise ValueError(f"its column {column!r} holds {text[:40]!r}, which is no date") from None
    if field in ("region", "province", "prefecture", "county") and (not _HAN.search(text) or text in _fields(rules)[1]):
        return None
    return text


def _matched(pattern: re.Pattern[str], text: str, column: str, what: str) -> re.Match[str]:
    match = pattern.fullmatch(text)
    if match is None:
        raise ValueError(f"its column {column!r} holds {text[:40]!r}, which is no {what}")
    return match


def _placed(found: dict[str, Any], rules: Ruleset) -> dict[str, Any]:
    """``found`` with the most exact place as the region; a column of cities may hold counties, so they are no hint."""
    own = next((f for f in ("county", "prefecture") if f in found), None)
    if "region" in found and (own is None or _depth(found["region"], rules) >= _depth(found[own], rules)):
        return found
    if own is None:
        return found
    above = found.get("region")
    placed = {**{f: v for f, v in found.items() if f not in (own, "region")}, "region": found[own]}
    if above is not None and "province" not in placed and _depth(above, rules) == _LEVELS.index("province"):
        placed["province"] = above
    return placed


def _depth(name: str, rules: Ruleset) -> int:
    """How deep in the state a place of this name is; that of one that cannot be told apart is taken as deepest."""
    level = regions.resolve([name], None, (), "", rules).level or regions.take_apart(name, rules).level
    return _LEVELS.index(level) if level else len(_LEVELS)
