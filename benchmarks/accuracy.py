#!/usr/bin/env python3
"""Score the library on labelled reports and fail where a figure has sunk below its floor.

    accuracy.py                   scores corpus/ (and ../shared/gold/dev where it is), compares with floors.json
    accuracy.py --raise-floors    also raises each floor to the figure reached
    accuracy.py --set corpus      one set alone

A floor only rises. floors.json also pins the labels that it was measured on: when these change, the figures mean
something else, and the floors have to be set anew by --raise-floors, which then says which ones went down.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pages
from govreport_nlp import read
from scoring import SURE, Tally, score

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
METRICS = ("f1", "record_f1")
_LINES = "lines"  # the table of what was kept of pages
Figures = dict[str, dict[str, float]]


class GoldSet(NamedTuple):
    """Labelled documents: ``gold`` holds a JSON file for each, ``documents`` the files that they name.

    Of ``pages`` every line is labelled instead (benchmarks/pages.py).
    """

    name: str
    gold: Path
    documents: Path
    pages: bool = False


class Measured(NamedTuple):
    """The figures of a set, of each of its documents, and the hash of its labels."""

    total: dict[str, Tally]
    documents: dict[str, Figures]
    pin: str


class Verdict(NamedTuple):
    """Why the gate is shut (nothing: it is open), and what is worth telling beside."""

    failures: list[str]
    notes: list[str]


SETS = (
    GoldSet("corpus", ROOT / "corpus" / "gold", ROOT / "corpus"),
    GoldSet("pages", ROOT / "tests" / "source" / "pages", ROOT / "tests" / "source" / "pages", pages=True),
    GoldSet("dev", ROOT.parent / "shared" / "gold" / "dev", ROOT.parent / "shared" / "gold" / "dev"),
)


def measure(labelled: GoldSet) -> Measured:
    """Read and score every labelled document. Raises ``ValueError`` where a document is not the one labelled."""
    total: dict[str, Tally] = {}
    documents = {}
    for name in pages.names(labelled.documents) if labelled.pages else ():
        tally = pages.score(labelled.documents / name)
        documents[name] = figures({_LINES: tally})
        total.setdefault(_LINES, Tally()).add(tally)
    for path in () if labelled.pages else _labels(labelled):
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = labelled.documents / gold["doc"]
        if hashlib.sha256(document.read_bytes()).hexdigest() != gold.get("sha256"):
            raise ValueError(f"{document}: this is not the file that {path.name} labels")
        found = score(gold, json.loads(read(document).to_json()))
        documents[gold["doc"]] = figures(found)
        for table, tally in found.items():
            total.setdefault(table, Tally()).add(tally)
    return Measured(total, documents, pin(labelled))


def figures(tallies: dict[str, Tally]) -> Figures:
    """The figures that floors are kept for, rounded down: a floor must hold on every machine."""
    return {
        table: {name: math.floor(getattr(tally, name) * 1000 + 1e-6) / 1000 for name in _metrics(table)}
        for table, tally in tallies.items()
    }


def _metrics(table: str) -> tuple[str, ...]:
    """The figures of a table; those of quantities are also held to what their confidence says."""
    if table == _LINES:
        return ("precision", "recall")
    return (*METRICS, "reliability") if table == "quantities" else METRICS


def pin(labelled: GoldSet) -> str:
    """The hash of all labels of a set."""
    digest = hashlib.sha256()
    for path in _labels(labelled):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def judge(measured: Measured, floors: dict[str, Any]) -> Verdict:
    """Compare with the floors of the set (empty: it has none yet)."""
    if not floors:
        return Verdict([], ["it has no floors yet; --raise-floors sets them"])
    if measured.pin != floors["pin"]:
        return Verdict(["the labels are not those that the floors were set on; --raise-floors sets them anew"], [])
    reached = figures(measured.total)
    failures = [
        f"{table} {name} is {reached.get(table, {}).get(name, 0.0):.3f}, below its floor {floor:.3f}"
        for table, wanted in floors["floors"].items()
        for name, floor in wanted.items()
        if reached.get(table, {}).get(name, 0.0) < floor
    ]
    return Verdict(failures, list(_moves(measured.documents, floors["documents"])))


def raised(measured: Measured, floors: dict[str, Any]) -> dict[str, Any]:
    """The floors after this measurement: never lower, unless the labels are others."""
    reached = figures(measured.total)
    if floors and floors["pin"] == measured.pin:
        for table, wanted in floors["floors"].items():
            reached[table] |= {name: max(floor, reached[table][name]) for name, floor in wanted.items()}
    return {"pin": measured.pin, "floors": reached, "documents": measured.documents}


def _moves(now: dict[str, Figures], before: dict[str, Figures]) -> Iterator[str]:
    """Each document's figures that are others than when the floors were last raised."""
    for document, tables in now.items():
        for table, values in tables.items():
            for name, value in values.items():
                old = before.get(document, {}).get(table, {}).get(name)
                if old is not None and old != value:
                    yield f"{'gained' if value > old else 'lost  '} {document}: {table} {name} {old:.3f} -> {value:.3f}"


def _labels(labelled: GoldSet) -> list[Path]:
    return sorted(labelled.gold.glob("*.lines" if labelled.pages else "*.json"))


def _print(total: dict[str, Tally], floors: dict[str, Any]) -> None:
    if _LINES in total:
        tally, wanted = total[_LINES], floors.get("floors", {}).get(_LINES, {})
        for name, lost in (
            ("precision", f"{tally.fp} lines around reports kept"),
            ("recall", f"{tally.fn} lines lost"),
        ):
            print(f"{name:<12}{getattr(tally, name):>6.3f}  floor {_cell(wanted.get(name))}   {lost}")
        return
    print(f"{'table':<12}{'n':>6}{'F1':>8}{'floor':>8}{'record':>8}{'floor':>8}   fields right, of those found")
    for table, tally in total.items():
        wanted = floors.get("floors", {}).get(table, {})
        cells = "".join(f"{getattr(tally, name):>8.3f}{_cell(wanted.get(name)):>8}" for name in METRICS)
        fields = "  ".join(f"{name} {right / asked:.3f}" for name, (right, asked) in tally.fields.items())
        print(f"{table:<12}{tally.tp + tally.fn:>6}{cells}   {fields}")
        if table == "quantities":
            floor = _cell(wanted.get("reliability"))
            print(f"    of {tally.sure} rows with confidence >= {SURE}, {tally.reliability:.3f} right (floor {floor})")


def _cell(floor: float | None) -> str:
    return "-" if floor is None else f"{floor:.3f}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise-floors", action="store_true", help="raise each floor to the figure reached")
    parser.add_argument("--set", choices=[labelled.name for labelled in SETS], help="score this set alone")
    parser.add_argument("--floors", type=Path, default=HERE / "floors.json", help="file of the floors")
    options = parser.parse_args(arguments)
    floors = json.loads(options.floors.read_text(encoding="utf-8")) if options.floors.exists() else {}
    failed = False
    for labelled in SETS:
        if options.set not in (None, labelled.name):
            continue
        if not _labels(labelled):
            print(f"== {labelled.name}: its labels are not here, left out\n")
            continue
        measured = measure(labelled)
        old = floors.get(labelled.name, {})
        print(f"== {labelled.name}: {len(measured.documents)} documents")
        _print(measured.total, old)
        verdict = judge(measured, old)
        anew = bool(old) and old["pin"] != measured.pin
        if options.raise_floors and (anew or not verdict.failures):
            floors[labelled.name] = raised(measured, old)
            verdict = Verdict([], _lowered(old, floors[labelled.name]) if anew else verdict.notes if old else [])
        for line in (*verdict.notes, *(f"FAILED {line}" for line in verdict.failures)):
            print(line)
        print()
        failed = failed or bool(verdict.failures)
    if options.raise_floors and not failed:
        text = json.dumps(floors, ensure_ascii=False, indent=1, sort_keys=True)
        options.floors.write_text(text + "\n", encoding="utf-8")
    return int(failed)


def _lowered(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [
        f"LOWERED with the labels: {table} {name} {floor:.3f} -> {new['floors'].get(table, {}).get(name, 0.0):.3f}"
        for table, wanted in old["floors"].items()
        for name, floor in wanted.items()
        if new["floors"].get(table, {}).get(name, 0.0) < floor
    ]


if __name__ == "__main__":
    sys.exit(main())
