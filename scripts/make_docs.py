#!/usr/bin/env python3
"""Write what is made from the code: docs/tables.md, the list of rule files in docs/rules.md, the READMEs' figures.

make_docs.py            writes them
make_docs.py --check    writes nothing; exit status 1 where one of them is not current
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from govreport_nlp.tables import ERRORS, TABLES, Column, Table

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- made by scripts/make_docs.py from here -->\n", "<!-- to here -->\n"
RULES = ROOT / "src" / "govreport_nlp" / "rules"
# Keys that every rule entry has; docs/rules.md explains them once.
COMMON = ("id", "examples", "counterexamples", "note", "source")

_TABLES_HEAD = """# The tables

One row a record. `report.to_frame("targets")` gives a table of one report, `Corpus("dir/").to_frame("targets")` of
many, and `govreport-nlp run` writes each as a CSV file: UTF-8 with a byte order mark (spreadsheets show Chinese
intact), numbers plain, true and false as TRUE and FALSE, missing values empty. Text that a spreadsheet would run as a
formula (it begins with `=`, `+`, `-` or `@`) has an apostrophe before it there. `start` and `end` count characters of
`report.text`; for plain text that is the decoded file itself, with newlines as `\\n`. [outputs.md](outputs.md) tells of
the other formats: workbooks, Parquet, DuckDB, Stata, JSON lines.

This page is made from the declarations in `src/govreport_nlp/tables/columns.py` by `scripts/make_docs.py`.
"""


def tables_page() -> str:
    """docs/tables.md."""
    made = [*TABLES.values(), ERRORS]
    listed = "".join(f"- [`{table.name}`](#{table.name}) {table.zh}: {table.row}\n" for table in made)
    return "\n".join([_TABLES_HEAD, listed, *map(_table, made)])


def between_marks(page: str, made: str) -> str:
    """The page with ``made`` between its two marks. Raises ``ValueError`` where it has lost them."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("the page has lost the marks around what is made")
    return before + BEGIN + "\n" + made + "\n" + END + after


def rule_files() -> str:
    """The list of rule files."""
    files = sorted(file for file in RULES.rglob("*") if file.suffix in (".toml", ".csv"))
    return "\n".join(_rule_file(file.relative_to(RULES).as_posix(), file.read_text(encoding="utf-8")) for file in files)


def accuracy_table(floors: dict[str, Any]) -> str:
    """The floors of benchmarks/floors.json as a table."""
    sets = (("corpus", "invented"), ("dev", "real"))
    heads = [f"{name}, {what}" for _, name in sets for what in ("found", "all right")]
    lines = ["| table | " + " | ".join(heads) + " |", "|---|" + "---|" * len(heads)]
    for table in floors["corpus"]["floors"]:
        cells = [f"{floors[key]['floors'][table][metric]:.3f}" for key, _ in sets for metric in ("f1", "record_f1")]
        lines.append(f"| {table} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _table(table: Table) -> str:
    head = f"## {table.name}\n\n{table.zh}. A row is {table.row}.\n\n"
    return head + "| column | 中文 | type | meaning |\n|---|---|---|---|\n" + "".join(map(_column, table.columns))


def _column(column: Column) -> str:
    values = ", ".join(f"`{value}`" for value in column.values)
    meaning = " ".join(
        part
        for part in (
            column.description,
            column.unit and f"Unit: {column.unit}.",
            values and f"One of {values}.",
        )
        if part
    )
    return f"| `{column.name}` | {column.zh} | {column.dtype} | {meaning.replace('|', '&#124;')} |\n"


def _rule_file(name: str, text: str) -> str:
    """A rule file's own explanation, its number of entries and the keys that these use."""
    comment = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        comment.append(line.removeprefix("#").removeprefix(" "))
    entries = tomllib.loads(text).get("rule", []) if name.endswith(".toml") else list(csv.DictReader(text.splitlines()))
    keys = {key: None for entry in entries for key in entry if key not in COMMON}
    own = ", ".join(f"`{key}`" for key in keys) or "none"
    block = "```text\n" + "\n".join(comment) + "\n```\n\n" if comment else ""
    return f"### {name}\n\n{block}{len(entries)} entries; keys of their own: {own}.\n"


def pages() -> dict[Path, str]:
    """Every page that is made, as it should be."""
    rules, readmes = ROOT / "docs" / "rules.md", (ROOT / "README.md", ROOT / "README.zh-CN.md")
    figures = accuracy_table(json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8")))
    made = {page: between_marks(page.read_text(encoding="utf-8"), figures) for page in readmes}
    made[rules] = between_marks(rules.read_text(encoding="utf-8"), rule_files())
    made[ROOT / "docs" / "tables.md"] = tables_page()
    return made


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is not current")
    options = parser.parse_args(arguments)
    stale = {
        page: text for page, text in pages().items() if not page.exists() or page.read_text(encoding="utf-8") != text
    }
    for page, text in stale.items():
        if options.check:
            print(f"{page.relative_to(ROOT)} is not current: run scripts/make_docs.py", file=sys.stderr)
        else:
            page.write_text(text, encoding="utf-8", newline="\n")
    return int(options.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
