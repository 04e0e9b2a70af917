"""Compile hand labels written as text into gold JSON with character offsets (used by build_corpus.py).

A gold file holds windows of a report, as they stand there, each sentence or paragraph followed by its labels:

    = WINDOW                       starts one; "» ..." lines are its sentences or paragraphs, without gaps
    H kind | number or - | title
    Q text | value | value_max or - | unit | indicators | bound | measure | direction or - | status | end or - | flags
    S text | kinds | true, false or - | flags
    P text | names | construction or programme | stage or - | target or achievement | flags

Alternatives are parted by ";", flags are "annual" and "optional"; the end is the year of period_end. Labels of one
letter stand in order of appearance within their » line; "text@2" means the second occurrence after the label before.
A mistake is a SourceError with file and line.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
Record = dict[str, Any]

LEGAL: dict[str, set[str]] = {
    "H kind": {"part", "area", "subsection", "glossary"},
    "bound": {"=", ">=", ">", "<=", "<", "~", "range"},
    "measure": {"growth", "change", "level"},
    "direction": {"up", "down", "-"},
    "Q status": {"target", "achievement", "reference"},
    "S kind": {"numeric", "abbreviation", "phrase", "model", "plan", "name", "figure", "quotation"},
    "is_slogan": {"true", "false", "-"},
    "P kind": {"construction", "programme"},
    "stage": {"planned", "start", "ongoing", "complete", "-"},
    "P status": {"target", "achievement"},
    "flags": {"annual", "optional"},
    "verdict": {"met", "missed", "not_reported"},
}
FIELDS = {"H": 3, "Q": 11, "S": 4, "P": 6}
TABLES = {"H": "headings", "Q": "quantities", "S": "slogans", "P": "projects"}
TSV = {
    "panel": ["doc", "indicator_id", "value", "value_max", "unit_base", "bound"],
    "outcomes": ["doc", "indicator_id", "value", "bound", "verdict", "target_value", "target_bound"],
}
HAN = "[一二三四五六七八九十]+"
MARKER = re.compile(
    rf"(?:——|--|[（(](?:{HAN}|[0-9０-９]+)[）)]|第?{HAN}(?:、|，|,|是|要)|[0-9０-９]+[.．、]|[①-⑳])\s*$"
)
NUMERAL = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


class SourceError(Exception):
    """What is wrong with a source file, with its name and line."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path.relative_to(ROOT)}:{line}: {why}")


def fold(text: str) -> str:
    """Half-width digits and letters, no spaces: what a value is compared with."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("·", ".")


def choice(path: Path, line: int, legal: str, text: str) -> Any:
    """One value or a list of alternatives, each checked; "-" is None."""
    values = [v.strip() for v in text.split(";")]
    for value in values:
        if value not in LEGAL[legal]:
            raise SourceError(path, line, f"{legal} is {value!r}; it may be {', '.join(sorted(LEGAL[legal]))}")
    real = [None if v == "-" else v == "true" if legal == "is_slogan" else v for v in values]
    return real[0] if len(real) == 1 else real


def number(path: Path, line: int, text: str) -> float | int | None:
    """A number, whole where it is whole; "-" is None."""
    try:
        return None if text == "-" else int(text) if re.fullmatch(r"-?\d+", text) else float(text)
    except ValueError:
        raise SourceError(path, line, f"{text!r} is no number") from None


def several(text: str) -> list[str]:
    return [part.strip() for part in re.split("[;；]", text) if part.strip()]


def check_value(path: Path, line: int, text: str, record: Record) -> None:
    """Arabic digits in the text must be the value, and what follows them the unit."""
    folded = fold(text)
    digits = list(NUMERAL.finditer(folded))
    if not digits or "/" in folded[: digits[-1].start()]:
        return
    for match, key in zip(digits, ("value", "value_max"), strict=False):
        values = record[key] if isinstance(record[key], list) else [record[key]]
        if float(match[0].replace(",", "")) not in values:
            raise SourceError(path, line, f"{key} {record[key]} contradicts {text!r}")
    if len(digits) == 1 and record["value_max"] is not None:
        raise SourceError(path, line, f"value_max {record['value_max']}, but {text!r} has one number")
    rest = folded[digits[-1].end() :].strip("余多来几")
    units = record["unit"] if isinstance(record["unit"], list) else [record["unit"]]
    if rest.replace("多", "") not in {fold(u) for u in units}:
        raise SourceError(path, line, f"unit {record['unit']} contradicts {text!r}")


def label(path: Path, line: int, letter: str, parts: list[str]) -> Record:
    """The record of one label line, its span still to be found."""

    def pick(legal: str, i: int) -> Any:
        return choice(path, line, legal, parts[i])

    if letter == "H":
        return {"kind": pick("H kind", 0), "number": number(path, line, parts[1]), "title": parts[2]}
    flags = set(parts[-1].replace(",", " ").replace(";", " ").split())
    if flags - LEGAL["flags"]:
        raise SourceError(path, line, f"flags {' '.join(flags)!r}; they may be annual and optional")
    text = parts[0].split("@")[0]
    if letter == "Q":
        values, units, ends = ([number(path, line, v) for v in several(parts[1])], several(parts[3]), several(parts[9]))
        if None in values or not (values and units and ends and parts[4]):
            raise SourceError(path, line, "a quantity needs value, unit, indicator and period_end (or -)")
        if any(not re.fullmatch(r"(19|20)\d\d|-", end) for end in ends):
            raise SourceError(path, line, f"period_end is {parts[9]!r}; it may be a year or -")
        years = [number(path, line, end) for end in ends]
        record = {
            "text": text,
            "value": values[0] if len(values) == 1 else values,
            "value_max": number(path, line, parts[2]),
            "unit": units[0] if len(units) == 1 else units,
            "bound": pick("bound", 5),
            "measure": pick("measure", 6),
            "direction": pick("direction", 7),
            "status": pick("Q status", 8),
            "period_end": years[0] if len(years) == 1 else years,
            "annual_average": "annual" in flags,
            "indicator": several(parts[4]),
        }
        if (record["measure"] == "level") != (record["direction"] is None) and not isinstance(record["measure"], list):
            raise SourceError(path, line, f"measure {parts[6]} with direction {parts[7]}")
        if (record["bound"] == "range") != (record["value_max"] is not None):
            raise SourceError(path, line, f"bound {parts[5]} with value_max {parts[2]}")
        check_value(path, line, text, record)
    elif letter == "S":
        kinds = pick("S kind", 1)
        record = {
            "text": text,
            "kind": kinds if isinstance(kinds, list) else [kinds],
            "is_slogan": pick("is_slogan", 2),
        }
    else:
        record = {
            "text": text,
            "name": several(parts[1]),
            "kind": pick("P kind", 2),
            "stage": pick("stage", 3),
            "status": pick("P status", 4),
        }
    return record | ({"optional": True} if "optional" in flags else {})


def occurrence(letter: str, line: str, text: str, start: int) -> int:
    """Where a label's text next stands: a number whole, a slogan inside quotation marks; -1 when nowhere."""
    while (at := line.find(text, start)) >= 0:
        before, after = line[at - 1 : at], line[at + len(text) : at + len(text) + 1]
        cut = letter == "Q" and text[0].isdigit() and re.match(r"[\d.．·]", before)
        if not cut and (letter != "S" or (before in set("“‘「『\"'＂") and after in set("”’」』\"'＂"))):
            return at
        start = at + 1
    return -1


def compile_gold(path: Path, text: str, lint: bool) -> Record:
    """The windows and records of NAME.gold.txt, with offsets into the report's text."""
    gold: Record = {"windows": []} | {table: [] for table in TABLES.values()}
    end, line, at, cursor, fresh = 0, "", -1, dict.fromkeys(TABLES, 0), False
    for n, raw in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        row = raw.strip(" \t")
        if not row or row.startswith("#"):
            continue
        if row.startswith("="):
            fresh = True
        elif row.startswith("»"):
            line = row[1:].strip(" \t").replace("**", "")
            if not fresh and not gold["windows"]:
                raise SourceError(path, n, "a » line before the first '= WINDOW'")
            if not line or (at := text.find(line, end)) < 0:
                why = "stands before the » line above it" if line and line in text else "is not in the report"
                raise SourceError(path, n, f"{line[:40]!r} {why}")
            if not fresh and text[end:at].strip():
                raise SourceError(path, n, f"not consecutive: {text[end:at].strip()[:40]!r} stands before it")
            if fresh:
                gold["windows"].append([at, at])
            end = gold["windows"][-1][1] = at + len(line)
            fresh, cursor = False, dict.fromkeys(TABLES, 0)
        elif row[0] in TABLES and row[1:2] == " " and at >= 0 and not fresh:
            letter, parts = row[0], [p.strip() for p in row[2:].split("|")]
            if len(parts) == FIELDS[letter] - 1 and letter != "H":
                parts.append("")
            if len(parts) != FIELDS[letter]:
                raise SourceError(path, n, f"{len(parts)} fields, {letter} has {FIELDS[letter]}")
            record = label(path, n, letter, parts)
            wanted, _, nth = (parts[2] if letter == "H" else parts[0]).partition("@")
            where = cursor[letter]
            for _ in range(int(nth or 1)):
                found = occurrence(letter, line, wanted, where) if wanted else -1
                if found < 0:
                    raise SourceError(
                        path, n, f"{wanted!r} does not occur after position {cursor[letter]} of {line[:40]!r}"
                    )
                where = found + 1 if letter == "S" else found + len(wanted)
            cursor[letter] = where
            marker = MARKER.search(line[:found]) if letter == "H" else None
            span = {"start": at + (marker.start() if marker else found), "end": at + found + len(wanted)}
            gold[TABLES[letter]].append(span | record)
        else:
            raise SourceError(path, n, f"no line of the format: {row[:40]!r}")
    if lint:
        lint_gold(path, text, gold)
    return gold


def lint_gold(path: Path, text: str, gold: Record) -> None:
    """Print what in the windows may want a label: a person decides."""
    quoted, numeral = r"(?<=[“‘])[^“”‘’]+(?=[”’])", r"[\d０-９]+(?:[.．·][\d０-９]+)?(?![\d年月日])[^\d\s，。；、]{1,3}"
    for table, pattern in (("slogans", quoted), ("quantities", numeral)):
        for a, b in gold["windows"]:
            for match in re.finditer(pattern, text[a:b]):
                if not any(r["start"] < a + match.end() and a + match.start() < r["end"] for r in gold[table]):
                    around = text[a + match.start() - 12 : a + match.end() + 4]
                    print(f"lint: {path.name}: no label in {table}: …{around!r}")


def check_tsv(kind: str, path: Path, file: str) -> list[str]:
    """The rows of NAME.panel.tsv or NAME.outcomes.tsv, checked."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    if not lines or lines[0].split("\t") != TSV[kind]:
        raise SourceError(path, 1, f"the header is not {' '.join(TSV[kind])!r}, tab separated")
    for n, line in enumerate(lines[1:], 2):
        cells = dict(zip(TSV[kind], line.split("\t"), strict=False))
        numbers = [cells.get(k) or "-" for k in ("value", "value_max", "target_value")]
        bounds = [b for k in ("bound", "target_bound") if cells.get(k) for b in cells[k].split("|")]
        if len(line.split("\t")) != len(TSV[kind]) or cells["doc"] != file:
            raise SourceError(path, n, f"needs {len(TSV[kind])} cells, the first {file!r}")
        if any(b not in LEGAL["bound"] for b in bounds) or any(
            number(path, n, v) is None and v != "-" for v in numbers
        ):
            raise SourceError(path, n, "a bound or number is not legal")
        if kind == "outcomes" and (
            cells["verdict"] not in LEGAL["verdict"] or (cells["verdict"] == "not_reported") != (cells["value"] == "")
        ):
            raise SourceError(path, n, f"verdict {cells['verdict']!r} with value {cells['value']!r}")
    return [line for line in lines[1:] if line]
